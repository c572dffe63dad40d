// Whatever was caught, as a problem that can be shown.
import { ProblemError, type Problem } from '../ebb'
import { shown } from '../ebb/money'

function looksLikeProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'code' in value && 'title' in value
}

/** Undefined: this is no problem that a server or the client told, but a fault of the page. */
export function problemOf(caught: unknown): Problem | undefined {
  if (caught instanceof ProblemError) return caught.problem
  return looksLikeProblem(caught) ? caught : undefined
}

/** Server texts for two readers stand as "中文 / English". */
export function oneLanguage(both: string, language: string): string {
  const [zh, ...en] = both.split(' / ')
  return language === 'zh' || en.length === 0 ? zh! : en.join(' / ')
}

/** A figure of a problem for eyes: prices get their separators, all else stays as it was said. */
export function figure(value: string | number): string {
  return typeof value === 'string' && /^-?\d+\.\d{2}$/.test(value) ? shown(value) : String(value)
}
