// Counts, percentages, factors and signed amounts as people type them.
import { money } from '../../../ebb'

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

const factorMax = 100_000 // ten-thousandths
const factorMin = 1_000
/** Ten-thousandths of a factor, a tenth to ten. Undefined: something else. */
export function tenThousandths(typed: string): number | undefined {
  const found = /^([0-9]{1,2})(?:\.([0-9]{1,4}))?$/.exec(typed.normalize('NFKC').trim())
  if (!found) return undefined
  const value = Number(found[1]) * 10_000 + Number((found[2] ?? '').padEnd(4, '0'))
  return value >= factorMin && value <= factorMax ? value : undefined
}
/** "1.0500", as the wire wants it. */
export function readFactor(typed: string): string | undefined {
  const value = tenThousandths(typed)
  return value === undefined ? undefined : `${Math.floor(value / 10_000)}.${String(value % 10_000).padStart(4, '0')}`
}
/** An amount that may be below zero. */
export function readSigned(typed: string): string | undefined {
  const plain = typed.normalize('NFKC').trim()
  const isNegative = /^[-−]/.test(plain)
  const value = money.readYuan(isNegative ? plain.slice(1) : plain)
  return value === undefined ? undefined : money.wire(isNegative ? -value : value)
}
