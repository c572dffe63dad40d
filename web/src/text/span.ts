// A duration in words: "5 分钟", "1 h 30 min". Nothing is rounded away: the rules are said with it.
export type Say = (key: string, named: Record<string, unknown>) => string

const units = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
] as const

/** Whole seconds, from 0. */
export function words(seconds: number, t: Say): string {
  let rest = Math.max(0, Math.round(seconds))
  const said: string[] = []
  for (const [unit, size] of units) {
    const n = Math.floor(rest / size)
    rest -= n * size
    if (n > 0) said.push(t(`words.span.${unit}`, { n }))
  }
  return said.length === 0 ? t('words.span.s', { n: 0 }) : said.reduce((a, b) => t('words.span.join', { a, b }))
}
