// What a lead is worth, in exact figures.
import { fen } from '../../ebb/money'
import type { Money } from '../../ebb'

/** How much lower, in per cent with one decimal ("3.2"), cut off: never more than it is. "0.0" where it is not lower. */
export function cutInPercent(from: Money, to: Money): string {
  const [before, after] = [fen(from), fen(to)]
  if (before <= 0n || after >= before) return '0.0'
  const tenths = ((before - after) * 1000n) / before
  return `${tenths / 10n}.${tenths % 10n}`
}

/** Undefined: nobody leads. */
export function underCeiling(lead: Money | undefined, ceiling: Money): string | undefined {
  return lead === undefined ? undefined : cutInPercent(ceiling, lead)
}
