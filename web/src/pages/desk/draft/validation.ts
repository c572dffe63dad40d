// What is wrong with what is typed, by the JSON pointer of its field, with the limit in words. The server judges again
// and by the same limits; this only says it sooner. Limits are the server's (inquiry-limits).
import { money } from '../../../ebb'
import type { InquiryLimits } from '../../../ebb'
import { effective, levelCount } from './derived'
import { hasOneTaker, hasSealedBids, mayBeSigned, type DraftForm, type LotForm, type RulesForm } from './form'
import { hundredths, readCount, readSigned, tenThousandths } from './numbers'
import { isBlank, secondsOf, type Span } from './span'

/** A message of locales/…/desk.ts under `fault`, with what it names. */
export interface Fault {
  key: string
  named: Record<string, string | number>
}
export type Faults = Map<string, Fault>
/** Says a length of time in the reader's language. */
export type Words = (seconds: number) => string

/** Lengths the wire itself has (gateway/openapi.json). */
export const lengths = { title: 200, description: 4_000, category: 20 }
const quantityMax = 1_000_000_000
const placesMax = 255
const numberMax = 65_535
/** Of the engine. */
const roundsMax = 9
const levelsMax = 1_000
export const bandsMax = 8
const moneyMax = 10_000_000_000_000n // fen

/** Characters as the server counts them. */
const size = (value: string): number => [...value].length
/** Refused everywhere on the wire; the description may have lines. */
const hasControl = (value: string): boolean => /\p{Cc}/u.test(value)

// Falling, the last for all lower prices.
function isLadder(rules: RulesForm, ceiling: bigint | undefined): boolean {
  return rules.ladder.every(({ above, decrement }, at) => {
    const [from, step] = [money.readYuan(above), money.readYuan(decrement)]
    const before = at === 0 ? undefined : money.readYuan(rules.ladder[at - 1]!.above)
    if (from === undefined || step === undefined || step < 1n || (ceiling !== undefined && step > ceiling)) return false
    return at === rules.ladder.length - 1 ? from === 0n : from > 0n && (before === undefined || from < before)
  })
}

class Checker {
  readonly faults: Faults = new Map()
  constructor(
    private readonly limits: InquiryLimits,
    private readonly words: Words,
  ) {}

  draft(form: DraftForm): void {
    this.text('/title', form.title, lengths.title)
    if (hasControl(form.description.replaceAll('\n', ''))) this.add('/description', 'control')
    if (size(form.description) > lengths.description) this.add('/description', 'tooLong', { max: lengths.description })
    if (form.lots.length === 0) this.add('/lots', 'noLot')
    if (form.lots.length > this.limits.lots_max) this.add('/lots', 'tooMany', { max: this.limits.lots_max })
    form.lots.forEach((lot, at) => this.lot(`/lots/${at}`, lot))
    if (form.admitted.length > this.limits.bidders_max) this.add('/admitted', 'tooMany', { max: this.limits.bidders_max })
    if (form.closing === 'staggered') this.stagger(form)
    form.admitted.forEach(({ deduction, coefficient, addition }, at) => {
      const value = hundredths(deduction)
      if (deduction.trim() !== '' && (value === undefined || value >= 10_000)) this.add(`/admitted/${at}/deduction`, 'deduction')
      if (coefficient.trim() !== '' && tenThousandths(coefficient) === undefined) this.add(`/admitted/${at}/coefficient`, 'coefficient')
      if (addition.trim() !== '' && readSigned(addition) === undefined) this.add(`/admitted/${at}/addition`, 'money')
    })
  }

  private lot(at: string, lot: LotForm): void {
    this.text(`${at}/title`, lot.title, lengths.title)
    if (size(lot.category.trim()) > lengths.category) this.add(`${at}/category`, 'tooLong', { max: lengths.category })
    this.count(`${at}/quantity`, lot.quantity, quantityMax)
    const [rules, to] = [lot.rules, `${at}/rules`]
    this.ceiling(`${to}/ceiling`, rules)
    if (!hasOneTaker(rules)) this.count(`${to}/min_bidders`, rules.min_bidders, this.limits.min_bidders_max)
    this.count(`${to}/attempts_max`, rules.attempts_max, this.limits.attempts_max)
    this.percent(`${to}/slip_below`, rules.slip_below)
    this.span(`${to}/confirm_for_s`, rules.confirm_for_s, this.limits.confirm_min_s, this.limits.confirm_max_s)
    this.span(`${to}/pause_s`, rules.pause_s, 0, undefined)
    this.count(`${to}/lead_from_bidders`, rules.lead_from_bidders, placesMax, 0)
    if (rules.signed_bids && mayBeSigned(rules)) this.signing(`${to}/signed_bids`, rules)
    switch (rules.format) {
      case 'reverse':
        return this.reverse(to, rules)
      case 'sealed':
        return this.sealed(to, rules)
      case 'rounds':
        return this.rounds(to, rules)
      default:
        return this.levels(to, rules)
    }
  }

  private stagger(form: DraftForm): void {
    if (isBlank(form.stagger_s)) this.add('/stagger_s', 'required')
    else this.span('/stagger_s', form.stagger_s, 1, undefined)
    // A stagger moves the end of a main time: levels and turns have none.
    if (form.lots.some((lot) => lot.rules.format !== 'reverse' && lot.rules.format !== 'sealed')) this.add('/closing', 'stagger')
  }
  private rounds(to: string, rules: RulesForm): void {
    this.span(`${to}/duration_s`, rules.duration_s, this.limits.duration_min_s, undefined)
    this.count(`${to}/rounds`, rules.rounds, roundsMax)
    this.span(`${to}/turn_s`, rules.turn_s, 1, undefined)
    this.span(`${to}/first_pause_s`, rules.first_pause_s, 0, undefined)
    this.step(to, rules)
  }
  private levels(to: string, rules: RulesForm): void {
    const isDutch = rules.format === 'dutch'
    this.level(`${to}/first_level`, rules.first_level, rules, isDutch)
    this.level(`${to}/last_level`, rules.last_level, rules, !isDutch)
    this.level(`${to}/level_step`, rules.level_step, rules, true)
    this.span(`${to}/turn_s`, rules.turn_s, 1, undefined)
    const now = effective(rules, this.limits)
    const { firstLevel: first, lastLevel: last } = now
    if (first !== undefined && last !== undefined && (isDutch ? first > last : first < last)) {
      this.add(`${to}/last_level`, isDutch ? 'levelsFall' : 'levelsRise')
    }
    const count = levelCount(now, rules.format)
    if (count !== undefined && count > levelsMax) this.add(`${to}/level_step`, 'tooManyLevels', { max: levelsMax })
    else if (count !== undefined && now.turn !== undefined && count * now.turn > this.limits.duration_max_s) {
      this.add(`${to}/turn_s`, 'levelsTooLong', { max: this.words(this.limits.duration_max_s), n: count })
    }
    if (!isDutch) return
    this.span(`${to}/sealed_for_s`, rules.sealed_for_s, 0, undefined)
    this.span(`${to}/best_bid_for_s`, rules.best_bid_for_s, 0, undefined)
    if (hasSealedBids(rules)) this.step(to, rules)
  }
  private level(pointer: string, typed: string, rules: RulesForm, isNeeded: boolean): void {
    if (typed.trim() !== '') this.amount(pointer, typed, effective(rules, this.limits).ceiling)
    else if (isNeeded) this.add(pointer, 'required')
  }
  private step(to: string, rules: RulesForm): void {
    const { ceiling } = effective(rules, this.limits)
    if (rules.decrement.trim() !== '') this.amount(`${to}/decrement`, rules.decrement, ceiling)
    if (rules.step_kind === 'percent') {
      const share = hundredths(rules.decrement_share)
      if (rules.decrement_share.trim() !== '' && (share === undefined || share < 1)) this.add(`${to}/decrement_share`, 'percent')
    }
    if (rules.step_kind === 'ladder' && !isLadder(rules, ceiling)) this.add(`${to}/ladder`, 'ladder')
  }
  private amount(pointer: string, typed: string, ceiling: bigint | undefined, least = 1n): void {
    const value = money.readYuan(typed)
    if (value === undefined) this.add(pointer, 'money')
    else if (value < least) this.add(pointer, 'positive')
    else if (ceiling !== undefined && value > ceiling) this.add(pointer, 'aboveCeiling', { max: money.shown(ceiling) })
  }

  // Only the supplier itself can sign: nobody else bids for it, and no round ends before its signatures are verified.
  private signing(pointer: string, rules: RulesForm): void {
    if (rules.surrogates || (rules.format === 'reverse' && rules.proxies)) this.add(pointer, 'signedByOthers')
    else if (rules.format === 'reverse' && (readCount(rules.rounds) ?? 1) > 1) this.add(pointer, 'signedRounds')
  }
  private reverse(to: string, rules: RulesForm): void {
    const { limits } = this
    this.span(`${to}/duration_s`, rules.duration_s, limits.duration_min_s, limits.duration_max_s)
    this.span(`${to}/trigger_window_s`, rules.trigger_window_s, 0, limits.extension_max_s)
    const now = effective(rules, limits)
    if (now.trigger !== 0 || rules.ending === 'quiet') this.span(`${to}/extension_s`, rules.extension_s, limits.extension_min_s, limits.extension_max_s)
    this.span(`${to}/hard_cap_s`, rules.hard_cap_s, now.duration ?? 1, undefined)
    this.step(to, rules)
    this.count(`${to}/rounds`, rules.rounds, roundsMax)
    this.count(`${to}/eliminate`, rules.eliminate, numberMax, 0)
    this.count(`${to}/trigger_rank`, rules.trigger_rank, numberMax, 0)
    this.count(`${to}/extensions_max`, rules.extensions_max, numberMax, 0)
    for (const name of ['front_buffer', 'back_buffer'] as const) {
      if (rules[name].trim() !== '') this.amount(`${to}/${name}`, rules[name], now.ceiling, 0n)
    }
  }
  private sealed(to: string, rules: RulesForm): void {
    this.span(`${to}/duration_s`, rules.duration_s, this.limits.quoting_min_s, undefined)
    this.percent(`${to}/band_over`, rules.band_over)
    this.count(`${to}/band_places`, rules.band_places, placesMax)
    this.span(`${to}/choose_for_s`, rules.choose_for_s, 1, undefined)
  }

  private text(pointer: string, value: string, max: number): void {
    const length = size(value.trim())
    if (length === 0) this.add(pointer, 'required')
    else if (length > max) this.add(pointer, 'tooLong', { max })
  }
  private ceiling(pointer: string, rules: RulesForm): void {
    const value = money.readYuan(rules.ceiling)
    if (rules.ceiling.trim() === '') this.add(pointer, 'required')
    else if (value === undefined) this.add(pointer, 'money')
    else if (value < 1n) this.add(pointer, 'positive')
    else if (value > moneyMax) this.add(pointer, 'tooHigh', { max: money.shown(moneyMax) })
  }
  // Empty is the default.
  private count(pointer: string, typed: string, max: number, min = 1): void {
    if (typed.trim() === '') return
    const value = readCount(typed)
    if (value === undefined || value < min || value > max) this.add(pointer, 'count', { min, max })
  }
  private percent(pointer: string, typed: string): void {
    if (typed.trim() !== '' && hundredths(typed) === undefined) this.add(pointer, 'percent')
  }
  private span(pointer: string, span: Span, min: number, max: number | undefined): void {
    if (isBlank(span)) return
    const value = secondsOf(span)
    if (value === undefined) this.add(pointer, 'whole')
    else if (value < min) this.add(pointer, 'tooShort', { min: this.words(min) })
    else if (max !== undefined && value > max) this.add(pointer, 'tooLongSpan', { max: this.words(max) })
  }
  private add(pointer: string, key: string, named: Fault['named'] = {}): void {
    this.faults.set(pointer, { key: `desk.fault.${key}`, named })
  }
}

/** Everything that would keep the draft from being saved. */
export function validate(form: DraftForm, limits: InquiryLimits, words: Words): Faults {
  const checker = new Checker(limits, words)
  checker.draft(form)
  return checker.faults
}

/** Suppliers the strictest lot needs. `approved`: by lot, where a relaunch may do with fewer and an approval. */
export function suppliersNeeded(form: DraftForm, limits: InquiryLimits, approved: (number | undefined)[] = []): number {
  const needs = form.lots.map((lot, at) => {
    if (hasOneTaker(lot.rules)) return 1
    return approved[at] || (readCount(lot.rules.min_bidders) ?? limits.defaults[lot.rules.format].min_bidders ?? 1)
  })
  return Math.max(0, ...needs)
}
