// What the server puts where a field is left empty (inquiry-limits: defaults, derived). Shown beside the empty field,
// never sent.
import { money } from '../../../ebb'
import type { InquiryLimits } from '../../../ebb'
import { usualRules, type RulesForm } from './form'
import { hundredths } from './numbers'
import { secondsOf } from './span'

/** A share of the ceiling, at least so much, rounded up to the fen; never above the ceiling. */
function derivedDecrement(ceiling: bigint, { derived }: InquiryLimits): bigint {
  const share = (ceiling * BigInt(hundredths(derived.decrement_of_ceiling) ?? 0) + 9_999n) / 10_000n
  const least = money.fen(derived.decrement_min)
  const step = share > least ? share : least
  return step < ceiling ? step : ceiling
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
  turn?: number | undefined
  firstLevel?: bigint | undefined
  lastLevel?: bigint | undefined
  levelStep?: bigint | undefined
}
export function effective(rules: RulesForm, limits: InquiryLimits): Effective {
  const defaults = usualRules(rules.format, limits)
  const ceiling = money.readYuan(rules.ceiling)
  const duration = secondsOf(rules.duration_s) ?? defaultDuration(rules, limits, ceiling)
  return {
    ceiling,
    decrement: money.readYuan(rules.decrement) ?? (rules.step_kind === 'percent' ? 1n : ceiling === undefined ? undefined : derivedDecrement(ceiling, limits)),
    duration,
    trigger: secondsOf(rules.trigger_window_s) ?? defaults.trigger_window_s,
    extension: secondsOf(rules.extension_s) ?? defaults.extension_s,
    cap: secondsOf(rules.hard_cap_s) ?? (duration === undefined ? undefined : limits.derived.hard_cap_durations * duration),
    chooseFor: secondsOf(rules.choose_for_s) ?? defaults.choose_for_s,
    confirmFor: secondsOf(rules.confirm_for_s) ?? defaults.confirm_for_s,
    turn: secondsOf(rules.turn_s) ?? defaults.turn_s,
    // A dutch price rises to the ceiling, a japanese one falls from it.
    firstLevel: money.readYuan(rules.first_level) ?? (rules.format === 'japanese' ? ceiling : undefined),
    lastLevel: money.readYuan(rules.last_level) ?? (rules.format === 'dutch' ? ceiling : undefined),
    levelStep: money.readYuan(rules.level_step),
  }
}
// A large inquiry may be quoted to for longer.
function defaultDuration({ format }: RulesForm, limits: InquiryLimits, ceiling: bigint | undefined): number | undefined {
  const { duration_s } = usualRules(format, limits)
  if (format !== 'sealed') return duration_s
  if (ceiling === undefined) return undefined
  return ceiling >= money.fen(limits.derived.large_ceiling) ? limits.derived.large_duration_s : duration_s
}

/** How many levels there will be; undefined: cannot be said yet. */
export function levelCount(now: Effective, format: RulesForm['format']): number | undefined {
  const { firstLevel, lastLevel, levelStep } = now
  if (firstLevel === undefined || lastLevel === undefined) return undefined
  const rises = format === 'dutch'
  const way = rises ? lastLevel - firstLevel : firstLevel - lastLevel
  if (way === 0n) return 1
  if (way < 0n || levelStep === undefined || levelStep < 1n) return undefined
  return Number(rises ? (way + levelStep - 1n) / levelStep : way / levelStep) + 1
}
