// The wire, as gateway/openapi.json and gateway/asyncapi.json say it. Money is a string of yuan, a moment RFC 3339 UTC.

export type Money = string // "98000.00"
export type Moment = string // "2026-11-22T09:30:00.000Z"

export type Role = 'administrator' | 'purchaser' | 'supplier' | 'regulator'
export type Format = 'reverse' | 'sealed' | 'rounds' | 'dutch' | 'japanese'
export type InquiryState = 'DRAFT' | 'PUBLISHED' | 'RUNNING' | 'CLOSED' | 'ABORTED'
export type LotState =
  | 'SCHEDULED'
  | 'RUNNING'
  | 'EXTENDED'
  | 'PAUSED'
  | 'SELECTING'
  | 'AWARDED'
  | 'WINNER_DECLINED'
  | 'ORDER_CONFIRMED'
  | 'FAILED_NO_BID'
  | 'FAILED_FEW'
  | 'ABORTED'
  | 'RESULT_PENDING'
  | 'PRACTICE_ENDED'

/** RFC 9457. `title` is Chinese. */
export interface Problem {
  type: string
  title: string
  title_en: string
  status: number
  code: string
  rule?: string
  basis?: string
  actual?: string | number
  limit?: string | number
  errors?: { pointer: string; detail: string }[]
}

// ---- People ----------------------------------------------------------------------------------------------------

export interface Org {
  id: string
  name: string
  kind: 'buyer' | 'supplier' | 'regulator' | 'platform'
  division: string
  state: 'ACTIVE' | 'SUSPENDED'
  uscc?: string
}
export interface Person {
  id: string
  /** Neither of these two of somebody who was erased. */
  login?: string
  display?: string
  role: Role
  org: string
  state: 'ACTIVE' | 'LOCKED' | 'DISABLED' | 'ERASED'
  erased_at?: string
}
export interface Me {
  person: Person & { login: string; display: string }
  org: Org
}
export interface Session {
  id: string
  user_agent: string
  opened_at: Moment
  expires_at: Moment
  current: boolean
}
/** The public half of a key that a supplier signs bids with. */
export interface SigningKey {
  id: string
  algorithm: 'ECDSA_P256' | 'SM2'
  fingerprint: string // SHA-256 of the key in DER
  added_at: Moment
  added_by?: { id: string; display?: string }
  revoked_at?: Moment
  revoked_by?: { id: string; display?: string }
}
export interface SigningKeys extends Page<SigningKey> {
  house: string // for whom bids are signed: SHA-256 of the log's key
}
export interface BidSignature {
  key: string // number of the signing key
  value: string // r and s, 128 hexadecimal digits
}
export interface Page<T> {
  items: T[]
  next?: string
}

// ---- Inquiries -------------------------------------------------------------------------------------------------

export interface StepBand {
  above: Money
  decrement: Money
}
export interface Visibility {
  lead: boolean
  rank: boolean
  colour: boolean
  count: boolean
  lead_after_bid: boolean
}
/** What a bid is judged by and when it ends. The later rules are left out where they are as in a plain auction. */
export interface BiddingRules {
  decrement?: Money
  step_basis?: 'own' | 'best'
  step_kind?: 'fixed' | 'percent' | 'multiple' | 'ladder'
  decrement_share?: string // per cent
  ladder?: StepBand[]
  front_buffer?: Money
  back_buffer?: Money
  leader_waits?: boolean
  trigger_window_s?: number
  extension_s?: number
  hard_cap_s?: number
  ending?: 'window' | 'quiet'
  extend_from?: 'bid' | 'end'
  extend_scope?: 'lot' | 'inquiry'
  trigger_rank?: number
  extensions_max?: number
  rank_by?: 'price' | 'evaluated'
  ties?: 'earliest' | 'equal_best' | 'equal_worst' | 'refused' | 'refused_at_lead'
  visibility?: Visibility
  lead_from_bidders?: number
  rounds?: number
  eliminate?: number
  first_pause_s?: number
  pause_s?: number
  turn_s?: number
  first_level?: Money
  last_level?: Money
  level_step?: Money
  sealed_for_s?: number
  best_bid_for_s?: number
  proxies?: boolean
  surrogates?: boolean
  signed_bids?: boolean
  requotes?: boolean
  practice?: boolean
  release?: 'each' | 'awards_together' | 'results_together'
}
export interface Rules extends BiddingRules {
  format: Format
  ceiling: Money
  duration_s?: number // not where levels follow each other
  min_bidders: number
  slip_below: string // per cent
  confirm_for_s: number
  attempts_max: number
  min_bidders_approved?: number
  // sealed
  band_over?: string // per cent
  band_places?: number
  choose_for_s?: number
}
export interface LotBrief {
  lot: string
  title: string
  format: Format
  ceiling: Money
  state?: LotState
  opens_at?: Moment
  closed_at?: Moment
  price?: Money // of the award
}
export type Side = 'public' | 'bidder' | 'supervision' | 'buyer'
export interface InquiryHead {
  id: string
  title: string
  state: InquiryState
  side: Side
  buyer: { org: string; name: string }
  division: string
  published_at?: Moment
  relaunch_of?: string
  relaunch_no?: number
  relaunched_as?: string
  practice?: boolean
  lots: LotBrief[]
}
export interface Lot {
  lot: string
  title: string
  category?: string
  quantity: number
  rules: Rules
  state?: LotState
  opens_at?: Moment
  closed_at?: Moment
  until?: Moment // to choose, or to answer the award
  reason?: string
  // the buyer's people and regulators in scope:
  disqualified?: string[]
  selectable?: string[]
  proposal?: { bidder: string; by: string; by_name?: string; reason: string }
  surrogate?: { bidder: string; by: string; reason: string; approved_by?: string }
  next_available?: boolean // after a decline: somebody is left to ask
  last_refusal?: string
}
export interface Inquiry extends Omit<InquiryHead, 'lots'> {
  description?: string
  lots: Lot[]
  admitted?: { org: string; name: string; deduction: string; coefficient?: string; addition?: Money }[]
  closing?: Closing
  stagger_s?: number
}
/** How the lots of an inquiry end: each by itself, one after the other, or so long after each other. */
export type Closing = 'parallel' | 'serial' | 'staggered'

export type DraftRules = Pick<Rules, 'format' | 'ceiling'> & Partial<Omit<Rules, 'min_bidders_approved'>>
export interface DraftLot {
  title: string
  category?: string
  quantity?: number
  rules: DraftRules
}
export interface Draft {
  title: string
  description?: string
  lots: DraftLot[]
  admitted?: { org: string; deduction?: string; coefficient?: string; addition?: Money }[]
  closing?: Closing
  stagger_s?: number
}
export interface Template {
  id: string
  name: string
  at: Moment
  draft: Draft
}
export interface InquiryLimits {
  notice_min_s: number
  duration_min_s: number
  duration_max_s: number
  extension_min_s: number
  extension_max_s: number
  quoting_min_s: number
  confirm_min_s: number
  confirm_max_s: number
  resume_floor_s: number
  min_bidders_max: number
  lots_max: number
  bidders_max: number
  attempts_max: number
  reason_characters_min: number
  defaults: Record<Format, Partial<Rules>>
  /** Defaults that follow from another field. */
  derived: {
    decrement_of_ceiling: string // per cent, rounded up to the fen
    decrement_min: Money
    hard_cap_durations: number
    large_ceiling: Money // sealed: from here on…
    large_duration_s: number // …that much time to quote
  }
}

export interface ResultStanding {
  rank: number
  alias: string
  bidder?: string
  name?: string
  own?: boolean
  price: Money
  evaluated: string
  seq: string
  at: Moment
  selectable: boolean
}
export interface Result {
  lot: string
  state: LotState
  closed_at?: Moment
  standings: ResultStanding[]
  winner?: { alias: string; bidder: string; name: string; price: Money; confirmed: boolean; reason?: string }
}
export interface HistoryEntry {
  seq: string
  at: Moment
  alias: string
  bidder?: string
  name?: string
  own?: boolean
  price: Money
  voided?: boolean
  reason?: string // why it was voided
}

// ---- The live stream -------------------------------------------------------------------------------------------

export interface Receipt {
  key: string
  outcome: 'accepted' | 'refused'
  seq: number
  at: Moment
  attempt: number
  rank?: number
  price?: Money // accepted bids where bids are open
  surrogate?: true // entered by the buyer's side
  leaf?: string // in the transparency log, 64 hexadecimal digits
  problem?: Problem
}
export interface LeadPoint {
  at: Moment
  price?: Money // none: the lead was taken away
}
export interface Standing {
  rank: number
  alias: string
  price: Money
  at: Moment
  selectable?: true
}
/** What a lot is in. */
export interface Stage {
  kind: 'bidding' | 'quiet' | 'break' | 'turn' | 'level' | 'sealed_bids' | 'best_bid'
  round: number // in a break the one to come
  turn?: number
  alias?: string // whose turn it is
  level?: Money // asked; of sealed bids and a best bid: to beat
  ends_at: Moment
}
export interface PublicPicture extends BiddingRules {
  title: string
  format: Format
  ceiling: Money
  opens_at: Moment
  state: LotState
  ends_at: Moment
  extensions: number
  extended_because?: 'late_bid' | 'too_few_quotes' | 'outage' | 'quiet_period' | 'other_lot'
  stage?: Stage
  remaining_s?: number
  reason?: string
  paused_because?: 'clock_step' // paused by nobody
  best?: Money
  leads?: LeadPoint[] // the client carries them on from update to update
  result?: {
    closed_at: Moment
    standings: Standing[]
    winner?: { alias: string; name: string; price: Money; confirm_until: Moment }
    choose_until?: Moment
  }
}
export interface OwnPicture {
  alias: string
  attempts_left: number
  receipts: Receipt[]
  rank?: number
  best_own?: Money
  next_limit?: Money
  lead?: Money // where the lead is shown only to who has bid
  colour?: 'green' | 'yellow' | 'red' // leads, equal to the lead, neither
  bidders?: number // with a valid bid
  eliminated?: boolean
  proxy?: { step: Money } // active; its limit is told to nobody
  voided?: { seq: number; reason: string }[] // own bids that count no more
  disqualified?: string
  award?: { price: Money; until: Moment }
}
export interface BidLine {
  seq: number
  at: Moment
  alias: string
  price: Money
  rank?: number
  automatic?: boolean
  surrogate?: boolean
  voided?: boolean // the bid of that seq counts no more: a line of its own
  reason?: string // why it was voided
}
export interface BidderLine {
  alias: string
  rank?: number
  price?: Money
  disqualified?: string
  eliminated?: boolean
}
export interface SupervisionPicture {
  bids?: BidLine[]
  bidders?: BidderLine[]
}
