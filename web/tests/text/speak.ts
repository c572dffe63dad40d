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
  const i18n: { global: unknown } = createI18n({ legacy: false, locale: language, messages: { [language]: messagesOf(language) } as never })
  return (i18n.global as { t: Say }).t // its own type spells out all messages, too deep to be compared
}
