// Counts and percentages as people type them.

/** A whole number from 0 on, at most ten digits. Undefined: empty, or something else. */
export function readCount(typed: string): number | undefined {
  const plain = typed.normalize('NFKC').trim()
  return /^[0-9]{1,10}$/.test(plain) ? Number(plain) : undefined
}

/** Hundredths of a per cent, 0 to 10,000. Undefined: not a percentage with at most two decimals. */
export function hundredths(typed: string): number | undefined {
  const found = /^([0-9]{1,3})(?:\.([0-9]{1,2}))?%?$/.exec(typed.normalize('NFKC').trim())
  if (!found) return undefined
  const value = Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0'))
  return value <= 10_000 ? value : undefined
}
/** "10.00", as the wire wants it. */
export function readPercent(typed: string): string | undefined {
  const value = hundredths(typed)
  return value === undefined ? undefined : `${Math.floor(value / 100)}.${String(value % 100).padStart(2, '0')}`
}
/** "10" of "10.00", "2.5" of "2.50". */
export function shownPercent(percent: string | undefined): string {
  return percent === undefined ? '' : percent.replace(/\.([0-9]*?)0*$/, (_, rest: string) => (rest ? `.${rest}` : ''))
}
