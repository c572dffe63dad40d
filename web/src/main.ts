import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { i18n, language, speak } from './i18n'
import { router } from './router'
import { ebb } from './state/ebb'
import { useLive } from './state/live'
import { useSession } from './state/session'
import './styles/theme.css'
import './styles/print.css'

const app = createApp(App).use(createPinia()).use(i18n).use(router)
speak(language())
useLive()
void useSession().restore()
ebb.live.start()
app.mount('#app')
