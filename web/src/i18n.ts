// Chinese first, English complete: every area has one file in each language with the same keys (a test compares them).
import { createI18n } from 'vue-i18n'

export type Language = 'zh' | 'en'
type Messages = Record<string, unknown>

const files = import.meta.glob<{ default: Messages }>('./locales/*/*.ts', { eager: true })

// "./locales/zh/hall.ts" -> messages.zh.hall
const messages: Record<Language, Messages> = { zh: {}, en: {} }
for (const [path, file] of Object.entries(files)) {
  const [, , language, name] = path.split('/')
  messages[language as Language][name!.replace('.ts', '')] = file.default
}

const remembered = 'ebb.language'
function first(): Language {
  try {
    return localStorage.getItem(remembered) === 'en' ? 'en' : 'zh'
  } catch {
    return 'zh'
  }
}

export const i18n = createI18n({
  legacy: false,
  locale: first(),
  fallbackLocale: 'zh',
  messages: messages as never,
  missingWarn: import.meta.env.DEV,
  fallbackWarn: import.meta.env.DEV,
})

export function speak(language: Language): void {
  i18n.global.locale.value = language
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  try {
    localStorage.setItem(remembered, language)
  } catch {
    // Storage forbidden: the choice holds until the page is left.
  }
}
export function language(): Language {
  return i18n.global.locale.value as Language
}
