// The page's names for what the server says and hears. The shapes are made from the documents beside the door (generated/,
// `npm run types`): what is wrong or loose here is mended there. Money is a string of yuan, a moment RFC 3339 UTC.
import type { components as LiveComponents } from './generated/live'
import type { components as RestComponents, operations } from './generated/rest'

type Rest = RestComponents['schemas']
type Live = LiveComponents['schemas']

// ---- Calls -----------------------------------------------------------------------------------------------------

export type Call = keyof operations
type Json<Content> = Content extends { content: { 'application/json': infer Value } } ? Value : never
/** What a call takes. */
export type Body<Name extends Call> = operations[Name] extends { requestBody?: infer Given } ? Json<NonNullable<Given>> : never
/** What it answers when all is well; nothing where there is nothing to say. */
export type Answer<Name extends Call> = operations[Name]['responses'] extends infer Responses
  ? Responses extends { 200: infer Done } | { 201: infer Done }
    ? Json<Done>
    : void
  : never
export type Query<Name extends Call> = NonNullable<operations[Name]['parameters']['query']>
export type InquiryQuery = Omit<Query<'listInquiries'>, 'state'> & { state?: string } // "RUNNING,PUBLISHED"

// ---- Words -----------------------------------------------------------------------------------------------------

export type Money = Live['money'] // "98000.00"
export type Moment = Live['moment'] // "2026-11-22T09:30:00.000Z"
export type Role = Person['role']
export type Format = Rules['format']
export type Side = InquiryHead['side']
export type InquiryState = InquiryHead['state']
export type LotState = Live['state']
/** RFC 9457. `title` is Chinese. */
export type Problem = Rest['Problem']
/** What a long list comes in. */
export interface Page<T> extends Pick<Rest['Inquiries'], 'next'> {
  items: T[]
}

// ---- People ----------------------------------------------------------------------------------------------------

export type Org = Rest['Org']
export type Person = Rest['Person']
export type Me = Rest['Me']
export type Session = Rest['Session']
/** The public half of a key that a supplier signs bids with. */
export type SigningKey = Rest['SigningKey']
/** With the key itself. */
export type WholeSigningKey = Rest['WholeSigningKey']
export type SigningKeys = Rest['SigningKeys']
export type BidSignature = NonNullable<Live['bid_message']['signature']>

// ---- Inquiries -------------------------------------------------------------------------------------------------

export type Rules = Rest['Rules']
/** What a bid is judged by and when it ends, as the rules and the live picture of a lot both say it. */
export type BiddingRules = Pick<Rules, Exclude<keyof Rules & keyof PublicPicture, 'format' | 'ceiling'>>
export type StepBand = NonNullable<Rules['ladder']>[number]
export type Visibility = NonNullable<Rules['visibility']>
export type LotBrief = Rest['LotBrief']
export type Lot = Rest['Lot']
export type InquiryHead = Rest['InquiryHead']
export type Inquiry = Rest['Inquiry']
/** How the lots of an inquiry end: each by itself, one after the other, or so long after each other. */
export type Closing = NonNullable<Inquiry['closing']>

export type Draft = Rest['Draft']
export type DraftLot = Draft['lots'][number]
export type DraftRules = DraftLot['rules']
export type Template = Rest['Template']
export type InquiryLimits = Rest['InquiryLimits']

export type ResultStanding = Rest['Standing']
export type Result = Rest['Result']
export type HistoryEntry = Rest['History']['items'][number]

// ---- The transparency log --------------------------------------------------------------------------------------

export type TreeHead = Rest['TreeHead']
export type Inclusion = Rest['Inclusion']
export type Consistency = Rest['Consistency']
export type LogEntry = Rest['LogEntry']

// ---- The live stream -------------------------------------------------------------------------------------------

/** What this end says, and what it hears. */
export type Outgoing = Live['listen_message']
export type Incoming = Live['tell_message']
export type Snapshot = Extract<Incoming, { type: 'snapshot' }>
export type Update = Extract<Incoming, { type: 'update' }>
export type StreamPosition = NonNullable<Live['subscribe_message']['resume']>[number]

/** As whom the server greets. */
export type You = NonNullable<Live['hello_message']['you']>
export type Receipt = Live['attempt']
export type LeadPoint = Live['lead']
export type Standing = Live['standing']
/** What a lot is in. */
export type Stage = Live['stage']
export type PublicPicture = Live['picture_public'] // the client carries `leads` on from update to update
export type OwnPicture = Live['picture_own']
export type BidLine = Live['bid_line']
export type BidderLine = Live['bidder_line']
export type SupervisionPicture = Live['picture_supervision']
