// What is wrong with what is typed, by the JSON pointer of its field, with the limit in words. The server judges again
// and by the same limits; this only says it sooner. Limits are the server's (inquiry-limits).
import { money } from '../../../ebb'
import type { InquiryLimits } from '../../../ebb'
import { effective } from './derived'
import type { DraftForm, LotForm, RulesForm } from './form'
import { hundredths, readCount } from './numbers'
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
const moneyMax = 10_000_000_000_000n // fen

/** Characters as the server counts them. */
const size = (value: string): number => [...value].length
/** Refused everywhere on the wire; the description may have lines. */
const hasControl = (value: string): boolean => /\p{Cc}/u.test(value)

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
    form.admitted.forEach(({ deduction }, at) => {
      const value = hundredths(deduction)
      if (deduction.trim() !== '' && (value === undefined || value >= 10_000)) this.add(`/admitted/${at}/deduction`, 'deduction')
    })
  }

  private lot(at: string, lot: LotForm): void {
    this.text(`${at}/title`, lot.title, lengths.title)
    if (size(lot.category.trim()) > lengths.category) this.add(`${at}/category`, 'tooLong', { max: lengths.category })
    this.count(`${at}/quantity`, lot.quantity, quantityMax)
    const [rules, to] = [lot.rules, `${at}/rules`]
    this.ceiling(`${to}/ceiling`, rules)
    this.count(`${to}/min_bidders`, rules.min_bidders, this.limits.min_bidders_max)
    this.count(`${to}/attempts_max`, rules.attempts_max, this.limits.attempts_max)
    this.percent(`${to}/slip_below`, rules.slip_below)
    this.span(`${to}/confirm_for_s`, rules.confirm_for_s, this.limits.confirm_min_s, this.limits.confirm_max_s)
    if (rules.format === 'reverse') this.reverse(to, rules)
    else this.sealed(to, rules)
  }

  private reverse(to: string, rules: RulesForm): void {
    const { limits } = this
    this.span(`${to}/duration_s`, rules.duration_s, limits.duration_min_s, limits.duration_max_s)
    this.span(`${to}/trigger_window_s`, rules.trigger_window_s, 0, limits.extension_max_s)
    const now = effective(rules, limits)
    if (now.trigger !== 0) this.span(`${to}/extension_s`, rules.extension_s, limits.extension_min_s, limits.extension_max_s)
    this.span(`${to}/hard_cap_s`, rules.hard_cap_s, now.duration ?? 1, undefined)
    if (rules.decrement.trim() === '') return
    const step = money.readYuan(rules.decrement)
    if (step === undefined) this.add(`${to}/decrement`, 'money')
    else if (step < 1n) this.add(`${to}/decrement`, 'positive')
    else if (now.ceiling !== undefined && step > now.ceiling) {
      this.add(`${to}/decrement`, 'aboveCeiling', { max: money.shown(now.ceiling) })
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
  // From 1; empty is the default.
  private count(pointer: string, typed: string, max: number): void {
    if (typed.trim() === '') return
    const value = readCount(typed)
    if (value === undefined || value < 1 || value > max) this.add(pointer, 'count', { min: 1, max })
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
    return approved[at] || (readCount(lot.rules.min_bidders) ?? limits.defaults[lot.rules.format].min_bidders ?? 1)
  })
  return Math.max(0, ...needs)
}
