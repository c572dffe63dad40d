// t() of one language without a page.
import { createI18n } from 'vue-i18n'
import type { Language } from '../../src/i18n'
import type { Say } from '../../src/text/span'

type Messages = Record<string, unknown>
const files = import.meta.glob<{ default: Messages }>('../../src/locales/*/*.ts', { eager: true })

/** All messages of a language, by area. */
export function messagesOf(language: Language): Record<string, Messages> {
  const mine = Object.entries(files).filter(([path]) => path.includes(`/locales/${language}/`))
  return Object.fromEntries(mine.map(([path, file]) => [path.split('/').at(-1)!.replace('.ts', ''), file.default]))
}

export function speaker(language: Language): Say {
  const i18n = createI18n({ legacy: false, locale: language, messages: { [language]: messagesOf(language) } as never })
  return i18n.global.t as unknown as Say // its own type is spelt out from all messages, and is too deep to compare
}
