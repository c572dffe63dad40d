// What a purchaser types, and the way to a draft on the wire and back. Everything typed is text; an empty field is left
// out of the draft, so that the server's default fills it. Members are named as on the wire: a JSON pointer of the
// server is the address of a field (pointers.ts).
import { money } from '../../../ebb'
import type { Draft, DraftLot, DraftRules, Format, Inquiry, InquiryLimits } from '../../../ebb'
import { readCount, readPercent, shownPercent } from './numbers'
import { isBlank, secondsOf, spanOf, type Span } from './span'

export interface RulesForm {
  format: Format
  ceiling: string
  duration_s: Span
  decrement: string
  step_basis: 'own' | 'best'
  trigger_window_s: Span
  extension_s: Span
  hard_cap_s: Span
  band_over: string
  band_places: string
  choose_for_s: Span
  min_bidders: string
  slip_below: string
  confirm_for_s: Span
  attempts_max: string
}
export interface LotForm {
  id: number // the page's own, for its list
  title: string
  category: string
  quantity: string
  rules: RulesForm
}
export interface SupplierForm {
  org: string
  name: string
  deduction: string
}
export interface DraftForm {
  title: string
  description: string
  lots: LotForm[]
  admitted: SupplierForm[]
}

let lastId = 0
const nextId = (): number => ++lastId

const text = (value: number | undefined): string => (value === undefined ? '' : String(value))

function rulesForm(rules: Partial<DraftRules>, format: Format): RulesForm {
  return {
    format,
    ceiling: rules.ceiling ?? '',
    duration_s: spanOf(rules.duration_s),
    decrement: rules.decrement ?? '',
    step_basis: rules.step_basis ?? 'own',
    trigger_window_s: spanOf(rules.trigger_window_s),
    extension_s: spanOf(rules.extension_s),
    hard_cap_s: spanOf(rules.hard_cap_s),
    band_over: shownPercent(rules.band_over),
    band_places: text(rules.band_places),
    choose_for_s: spanOf(rules.choose_for_s),
    min_bidders: text(rules.min_bidders),
    slip_below: shownPercent(rules.slip_below),
    confirm_for_s: spanOf(rules.confirm_for_s),
    attempts_max: text(rules.attempts_max),
  }
}

// The platform's defaults of both formats, as one may become the other. What follows from other fields stays empty: it
// is computed as long as nobody types it.
function defaults(format: Format, limits: InquiryLimits): Partial<DraftRules> {
  const { reverse, sealed } = limits.defaults
  const rules: Partial<DraftRules> = { ...reverse, ...sealed, ...limits.defaults[format] }
  for (const name of ['ceiling', 'decrement', 'hard_cap_s', 'duration_s'] as const) delete rules[name]
  return { ...rules, ...part('duration_s', defaultDuration(format, limits)) }
}
// Sealed: it follows from the ceiling.
function defaultDuration(format: Format, limits: InquiryLimits): number | undefined {
  return format === 'reverse' ? limits.defaults.reverse.duration_s : undefined
}

export function newLot(format: Format, limits: InquiryLimits): LotForm {
  return { id: nextId(), title: '', category: '', quantity: '1', rules: rulesForm(defaults(format, limits), format) }
}
export function copyOfLot(lot: LotForm): LotForm {
  return { ...(JSON.parse(JSON.stringify(lot)) as LotForm), id: nextId() } // a reactive lot cannot be structuredClone'd
}
export function emptyForm(limits: InquiryLimits): DraftForm {
  return { title: '', description: '', lots: [newLot('reverse', limits)], admitted: [] }
}

/** The other format keeps what means the same in both; the window does not. */
export function inFormat(rules: RulesForm, format: Format, limits: InquiryLimits): RulesForm {
  return rules.format === format ? rules : { ...rules, format, duration_s: spanOf(defaultDuration(format, limits)) }
}

/** Of a draft of the server's, or of what a template keeps. `nameOf` knows suppliers the draft only numbers. */
export function formOf(draft: Draft | Inquiry, limits: InquiryLimits, nameOf: (org: string) => string = () => ''): DraftForm {
  return {
    title: draft.title,
    description: draft.description ?? '',
    lots: draft.lots.map((lot) => ({
      id: nextId(),
      title: lot.title,
      category: lot.category ?? '',
      quantity: text(lot.quantity ?? 1),
      rules: rulesForm({ ...defaults(lot.rules.format, limits), ...lot.rules }, lot.rules.format),
    })),
    admitted: (draft.admitted ?? []).map((one: { org: string; name?: string; deduction?: string }) => ({
      org: one.org,
      name: one.name ?? nameOf(one.org),
      deduction: shownPercent(one.deduction ?? '0'),
    })),
  }
}

// ---- To the wire ---------------------------------------------------------------------------------------------------

// Only what is typed and means something; validate() has spoken about the rest.
function given<T>(value: T | undefined): value is T {
  return value !== undefined
}
function sum(typed: string): string | undefined {
  const value = money.readYuan(typed)
  return value === undefined ? undefined : money.wire(value)
}
function part<K extends string, V>(name: K, value: V | undefined): Partial<Record<K, V>> {
  return given(value) ? ({ [name]: value } as Record<K, V>) : {}
}
function length<K extends string>(name: K, span: Span): Partial<Record<K, number>> {
  return part(name, isBlank(span) ? undefined : secondsOf(span))
}

function draftRules(rules: RulesForm): DraftRules {
  const both = {
    format: rules.format,
    ceiling: sum(rules.ceiling) ?? rules.ceiling,
    ...length('duration_s', rules.duration_s),
    ...part('min_bidders', readCount(rules.min_bidders)),
    ...part('slip_below', readPercent(rules.slip_below)),
    ...length('confirm_for_s', rules.confirm_for_s),
    ...part('attempts_max', readCount(rules.attempts_max)),
  }
  if (rules.format === 'sealed') {
    return {
      ...both,
      ...part('band_over', readPercent(rules.band_over)),
      ...part('band_places', readCount(rules.band_places)),
      ...length('choose_for_s', rules.choose_for_s),
    }
  }
  return {
    ...both,
    ...part('decrement', sum(rules.decrement)),
    step_basis: rules.step_basis,
    ...length('trigger_window_s', rules.trigger_window_s),
    ...length('extension_s', rules.extension_s),
    ...length('hard_cap_s', rules.hard_cap_s),
  }
}
function draftLot(lot: LotForm): DraftLot {
  return {
    title: lot.title.trim(),
    ...part('category', lot.category.trim() || undefined),
    ...part('quantity', readCount(lot.quantity)),
    rules: draftRules(lot.rules),
  }
}
export function draftOf(form: DraftForm): Draft {
  return {
    title: form.title.trim(),
    ...part('description', form.description.trim() || undefined),
    lots: form.lots.map(draftLot),
    admitted: form.admitted.map(({ org, deduction }) => ({ org, ...part('deduction', readPercent(deduction)) })),
  }
}
