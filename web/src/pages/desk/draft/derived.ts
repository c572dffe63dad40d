// What the server puts where a field is left empty and the value follows from other fields (rules.md §4.3, §4.4). Shown
// beside the empty field, never sent.
import { money } from '../../../ebb'
import type { Rules } from '../../../ebb'
import type { RulesForm } from './form'
import { secondsOf } from './span'

const hour = 3_600
const largeInquiry = 10_000_000n // fen

/** max(0.5 % of the ceiling, 1.00), rounded up to the fen; never above the ceiling. */
export function derivedDecrement(ceiling: bigint): bigint {
  const share = (ceiling + 199n) / 200n
  const step = share > 100n ? share : 100n
  return step < ceiling ? step : ceiling
}
/** Sealed: three days for a large inquiry, one otherwise. */
export function derivedQuoting(ceiling: bigint): number {
  return (ceiling >= largeInquiry ? 72 : 24) * hour
}

/** What will hold: what is typed, else what the server will put. Undefined: cannot be said yet. */
export interface Effective {
  ceiling?: bigint | undefined
  decrement?: bigint | undefined
  duration?: number | undefined
  trigger?: number | undefined
  extension?: number | undefined
  cap?: number | undefined
  chooseFor?: number | undefined
  confirmFor?: number | undefined
}
export function effective(rules: RulesForm, defaults: Partial<Rules>): Effective {
  const ceiling = money.readYuan(rules.ceiling)
  const typed = secondsOf(rules.duration_s) ?? defaults.duration_s
  const duration = typed ?? (rules.format === 'sealed' && ceiling !== undefined ? derivedQuoting(ceiling) : undefined)
  return {
    ceiling,
    decrement: money.readYuan(rules.decrement) ?? (ceiling === undefined ? undefined : derivedDecrement(ceiling)),
    duration,
    trigger: secondsOf(rules.trigger_window_s) ?? defaults.trigger_window_s,
    extension: secondsOf(rules.extension_s) ?? defaults.extension_s,
    cap: secondsOf(rules.hard_cap_s) ?? (duration === undefined ? undefined : 2 * duration),
    chooseFor: secondsOf(rules.choose_for_s) ?? defaults.choose_for_s,
    confirmFor: secondsOf(rules.confirm_for_s) ?? defaults.confirm_for_s,
  }
}
