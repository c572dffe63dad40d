// What a purchaser types, and the way to a draft on the wire and back. Everything typed is text; an empty field is left
// out of the draft, so that the server's default fills it. Members are named as on the wire: a JSON pointer of the
// server is the address of a field (pointers.ts).
import { money } from '../../../ebb'
import type { Closing, Draft, DraftLot, DraftRules, Format, Inquiry, InquiryLimits, Rules, StepBand, Visibility } from '../../../ebb'
import { readCount, readFactor, readPercent, readSigned, shownPercent } from './numbers'
import { isBlank, secondsOf, spanOf, type Span } from './span'

export type Kept<Name extends keyof Rules> = NonNullable<Rules[Name]>
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
  step_kind: Kept<'step_kind'>
  decrement_share: string
  ladder: StepBand[] // as typed; the last is for all lower prices
  front_buffer: string
  back_buffer: string
  leader_waits: boolean
  ending: Kept<'ending'>
  extend_from: Kept<'extend_from'>
  extend_scope: Kept<'extend_scope'>
  trigger_rank: string
  extensions_max: string
  rank_by: Kept<'rank_by'>
  ties: Kept<'ties'>
  visibility: Visibility
  lead_from_bidders: string
  rounds: string
  eliminate: string
  first_pause_s: Span
  pause_s: Span
  turn_s: Span
  first_level: string
  last_level: string
  level_step: string
  sealed_for_s: Span
  best_bid_for_s: Span
  proxies: boolean
  surrogates: boolean
  signed_bids: boolean
  requotes: boolean
  release: Kept<'release'>
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
  coefficient: string
  addition: string
}
export interface DraftForm {
  title: string
  description: string
  lots: LotForm[]
  admitted: SupplierForm[]
  closing: Closing
  stagger_s: Span
  practice: boolean // of all lots
}
/** What bidders see unless a draft says otherwise. */
export const usualVisibility: Visibility = { lead: true, rank: true, colour: false, count: false, lead_after_bid: false }
// A draft that says what is seen need not say what is not.
const nothingSeen: Visibility = { lead: false, rank: false, colour: false, count: false, lead_after_bid: false }

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
    step_kind: rules.step_kind ?? 'fixed',
    decrement_share: shownPercent(rules.decrement_share),
    ladder: (rules.ladder ?? [{ decrement: '' }]).map(({ above = '0.00', decrement }) => ({ above, decrement })),
    front_buffer: rules.front_buffer ?? '',
    back_buffer: rules.back_buffer ?? '',
    leader_waits: rules.leader_waits ?? false,
    ending: rules.ending ?? 'window',
    extend_from: rules.extend_from ?? 'bid',
    extend_scope: rules.extend_scope ?? 'lot',
    trigger_rank: text(rules.trigger_rank),
    extensions_max: text(rules.extensions_max),
    rank_by: rules.rank_by ?? 'price',
    ties: rules.ties ?? 'earliest',
    visibility: rules.visibility ? { ...nothingSeen, ...rules.visibility } : { ...usualVisibility },
    lead_from_bidders: text(rules.lead_from_bidders),
    rounds: text(rules.rounds),
    eliminate: text(rules.eliminate),
    first_pause_s: spanOf(rules.first_pause_s),
    pause_s: spanOf(rules.pause_s),
    turn_s: spanOf(rules.turn_s),
    first_level: rules.first_level ?? '',
    last_level: rules.last_level ?? '',
    level_step: rules.level_step ?? '',
    sealed_for_s: spanOf(rules.sealed_for_s || undefined),
    best_bid_for_s: spanOf(rules.best_bid_for_s || undefined),
    proxies: rules.proxies ?? false,
    surrogates: rules.surrogates ?? false,
    signed_bids: rules.signed_bids ?? false,
    requotes: rules.requotes ?? true,
    release: rules.release ?? 'each',
  }
}

/** The platform's defaults of a format; what the format does not have is absent. */
export const usualRules = (format: Format, limits: InquiryLimits): Partial<Rules> => limits.defaults[format]

// The platform's defaults of the formats, as one may become the other. What follows from other fields, or means
// something else in another format, stays empty: the server fills it as long as nobody types it.
const ownOfFormat = ['rounds', 'first_pause_s', 'pause_s', 'turn_s', 'sealed_for_s', 'best_bid_for_s'] as const
function defaults(format: Format, limits: InquiryLimits): Partial<DraftRules> {
  const { reverse, sealed } = limits.defaults
  const rules: Partial<DraftRules> = { ...reverse, ...sealed, ...limits.defaults[format] }
  for (const name of ['ceiling', 'decrement', 'hard_cap_s', 'duration_s', ...ownOfFormat] as const) delete rules[name]
  return { ...rules, ...part('duration_s', defaultDuration(format, limits)) }
}
// Sealed: it follows from the ceiling.
function defaultDuration(format: Format, limits: InquiryLimits): number | undefined {
  return format === 'sealed' ? undefined : usualRules(format, limits).duration_s
}

export function newLot(format: Format, limits: InquiryLimits): LotForm {
  return { id: nextId(), title: '', category: '', quantity: '1', rules: rulesForm(defaults(format, limits), format) }
}
export function copyOfLot(lot: LotForm): LotForm {
  return { ...(JSON.parse(JSON.stringify(lot)) as LotForm), id: nextId() } // a reactive lot cannot be structuredClone'd
}
export function emptyForm(limits: InquiryLimits): DraftForm {
  return { title: '', description: '', lots: [newLot('reverse', limits)], admitted: [], closing: 'parallel', stagger_s: spanOf(undefined), practice: false }
}

/** The other format keeps what means the same in both; the window does not. */
export function inFormat(rules: RulesForm, format: Format, limits: InquiryLimits): RulesForm {
  if (rules.format === format) return rules
  const empty = rulesForm({}, format)
  const own = Object.fromEntries(ownOfFormat.map((name) => [name, empty[name]])) as Pick<RulesForm, (typeof ownOfFormat)[number]>
  // Where bids are hidden a tie cannot be refused without giving the other away.
  const ties = format !== 'reverse' && rules.ties.startsWith('refused') ? 'earliest' : rules.ties
  return { ...rules, ...own, format, ties, duration_s: spanOf(defaultDuration(format, limits)), min_bidders: text(limits.defaults[format].min_bidders) }
}

// A published lot reads as it runs: in a staggered inquiry each so much longer than the one before.
function unstaggered(rules: Partial<DraftRules>, later: number): Partial<DraftRules> {
  const less = (seconds: number | undefined): number | undefined => (seconds === undefined ? undefined : seconds - later)
  return { ...rules, ...part('duration_s', less(rules.duration_s)), ...part('hard_cap_s', less(rules.hard_cap_s)) }
}

/** Of a draft of the server's, or of what a template keeps. `nameOf` knows suppliers the draft only numbers. */
export function formOf(draft: Draft | Inquiry, limits: InquiryLimits, nameOf: (org: string) => string = () => ''): DraftForm {
  return {
    title: draft.title,
    description: draft.description ?? '',
    lots: draft.lots.map((lot, place) => ({
      id: nextId(),
      title: lot.title,
      category: lot.category ?? '',
      quantity: text(lot.quantity ?? 1),
      rules: rulesForm({ ...defaults(lot.rules.format, limits), ...unstaggered(lot.rules, 'state' in lot && lot.state !== undefined ? place * (draft.stagger_s ?? 0) : 0) }, lot.rules.format),
    })),
    admitted: (draft.admitted ?? []).map((one: { org: string; name?: string; deduction?: string; coefficient?: string; addition?: string }) => ({
      org: one.org,
      name: one.name ?? nameOf(one.org),
      deduction: shownPercent(one.deduction ?? '0'),
      coefficient: shownPercent(one.coefficient),
      addition: one.addition ?? '',
    })),
    closing: draft.closing ?? 'parallel',
    stagger_s: spanOf(draft.stagger_s),
    practice: draft.lots.some((lot) => lot.rules.practice === true),
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

// What is as the server would put it anyway is not said.
function unless<K extends string, V>(usual: NoInfer<V>, name: K, value: V): Partial<Record<K, V>> {
  return value === usual ? {} : ({ [name]: value } as Record<K, V>)
}

function step(rules: RulesForm): Partial<DraftRules> {
  return {
    ...part('decrement', sum(rules.decrement)),
    ...unless('fixed', 'step_kind', rules.step_kind),
    ...(rules.step_kind === 'percent' ? part('decrement_share', readPercent(rules.decrement_share)) : {}),
    ...(rules.step_kind === 'ladder'
      ? { ladder: rules.ladder.map(({ above, decrement }) => ({ above: sum(above) ?? '0.00', decrement: sum(decrement) ?? decrement })) }
      : {}),
  }
}
function reverse(rules: RulesForm): Partial<DraftRules> {
  return {
    ...step(rules),
    step_basis: rules.step_basis,
    ...length('trigger_window_s', rules.trigger_window_s),
    ...length('extension_s', rules.extension_s),
    ...length('hard_cap_s', rules.hard_cap_s),
    ...unless('window', 'ending', rules.ending),
    ...unless('bid', 'extend_from', rules.extend_from),
    ...unless('lot', 'extend_scope', rules.extend_scope),
    ...part('trigger_rank', readCount(rules.trigger_rank)),
    ...part('extensions_max', readCount(rules.extensions_max)),
    ...part('front_buffer', sum(rules.front_buffer)),
    ...part('back_buffer', sum(rules.back_buffer)),
    ...unless(false, 'leader_waits', rules.leader_waits),
    ...part('rounds', readCount(rules.rounds)),
    ...part('eliminate', readCount(rules.eliminate)),
    ...unless(false, 'proxies', rules.proxies),
  }
}
function levels(rules: RulesForm): Partial<DraftRules> {
  return {
    ...part('first_level', sum(rules.first_level)),
    ...part('last_level', sum(rules.last_level)),
    ...part('level_step', sum(rules.level_step)),
    ...length('turn_s', rules.turn_s),
    ...(hasSealedBids(rules) ? { ...length('sealed_for_s', rules.sealed_for_s), ...length('best_bid_for_s', rules.best_bid_for_s), ...step(rules) } : {}),
  }
}
function ofFormat(rules: RulesForm): Partial<DraftRules> {
  switch (rules.format) {
    case 'reverse':
      return reverse(rules)
    case 'sealed':
      return {
        ...part('band_over', readPercent(rules.band_over)),
        ...part('band_places', readCount(rules.band_places)),
        ...length('choose_for_s', rules.choose_for_s),
      }
    case 'rounds':
      return {
        ...step(rules),
        ...part('rounds', readCount(rules.rounds)),
        ...length('first_pause_s', rules.first_pause_s),
        ...length('turn_s', rules.turn_s),
      }
    default:
      return levels(rules)
  }
}
/** Dutch: the others may beat the taker. */
export function hasSealedBids(rules: RulesForm): boolean {
  return rules.format === 'dutch' && (secondsOf(rules.sealed_for_s) ?? 0) > 0
}
export const hasHiddenBids = (rules: RulesForm): boolean => rules.format === 'sealed' || rules.format === 'rounds' || hasSealedBids(rules)
/** Formats whose bids can bear signatures. */
export const mayBeSigned = (rules: RulesForm): boolean => rules.format === 'reverse' || rules.format === 'sealed'
export const hasLevels = (rules: RulesForm): boolean => rules.format === 'dutch' || rules.format === 'japanese'
/** One taker and nobody after: there is only ever one bidder. */
export const hasOneTaker = (rules: RulesForm): boolean => rules.format === 'dutch' && !hasSealedBids(rules)

function choices(rules: RulesForm): Partial<DraftRules> {
  const isUsual = JSON.stringify(rules.visibility) === JSON.stringify(usualVisibility)
  return {
    ...unless('price', 'rank_by', rules.rank_by),
    ...unless('earliest', 'ties', rules.ties),
    ...length('pause_s', rules.pause_s),
    ...(rules.format === 'sealed' ? {} : { ...(isUsual ? {} : { visibility: { ...rules.visibility } }), ...part('lead_from_bidders', readCount(rules.lead_from_bidders)) }),
    ...(hasHiddenBids(rules) ? unless(true, 'requotes', rules.requotes) : {}),
    ...unless(false, 'surrogates', rules.surrogates),
    ...(mayBeSigned(rules) ? unless(false, 'signed_bids', rules.signed_bids) : {}),
    ...unless('each', 'release', rules.release),
  }
}
export function draftRules(rules: RulesForm, practice: boolean): DraftRules {
  return {
    format: rules.format,
    ceiling: sum(rules.ceiling) ?? rules.ceiling,
    ...(hasLevels(rules) ? {} : length('duration_s', rules.duration_s)),
    ...(hasOneTaker(rules) ? {} : part('min_bidders', readCount(rules.min_bidders))),
    ...part('slip_below', readPercent(rules.slip_below)),
    ...length('confirm_for_s', rules.confirm_for_s),
    ...part('attempts_max', readCount(rules.attempts_max)),
    ...ofFormat(rules),
    ...choices(rules),
    ...unless(false, 'practice', practice),
  }
}
function draftLot(lot: LotForm, practice: boolean): DraftLot {
  return {
    title: lot.title.trim(),
    ...part('category', lot.category.trim() || undefined),
    ...part('quantity', readCount(lot.quantity)),
    rules: draftRules(lot.rules, practice),
  }
}
export function draftOf(form: DraftForm): Draft {
  return {
    title: form.title.trim(),
    ...part('description', form.description.trim() || undefined),
    lots: form.lots.map((lot) => draftLot(lot, form.practice)),
    admitted: form.admitted.map(({ org, deduction, coefficient, addition }) => ({
      org,
      ...part('deduction', readPercent(deduction)),
      ...part('coefficient', readFactor(coefficient)),
      ...part('addition', readSigned(addition)),
    })),
    ...unless('parallel', 'closing', form.closing),
    ...(form.closing === 'staggered' ? length('stagger_s', form.stagger_s) : {}),
  }
}
