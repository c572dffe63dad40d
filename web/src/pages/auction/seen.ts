// What anybody sees of a lot: the live stream where there is one, otherwise what the inquiry said when it was asked.
import type { BiddingRules, Format, LeadPoint, Lot, LotState, Money, Moment, PublicPicture, Stage } from '../../ebb'
import { isVerifying } from '../../parts/states'

export interface SeenLot {
  lot: string
  title: string
  format: Format
  ceiling: Money
  state?: LotState // none: not published
  opensAt?: Moment
  endsAt?: Moment // known from the stream only
  closedAt?: Moment
  extensions: number
  because?: PublicPicture['extended_because'] // the last extension
  best?: Money
  stage?: Stage
  rules: BiddingRules
  leads: LeadPoint[]
  remaining_s?: number // while paused
  reason?: string // of a pause, of an abort
  paused_because?: PublicPicture['paused_because']
  until?: Moment // to choose, or to confirm
  winner?: { alias: string; name: string; price: Money }
}

export function seenLot(lot: Lot, live: PublicPicture | undefined): SeenLot {
  const state = live?.state ?? lot.state
  const result = live?.result
  // The request may be a moment behind the stream: a time that belongs to another state is not repeated.
  const isFresh = live === undefined || lot.state === live.state
  const until = result?.winner?.confirm_until ?? result?.choose_until ?? (isFresh ? lot.until : undefined)
  const reason = live?.reason ?? (isFresh ? lot.reason : undefined)
  return {
    lot: lot.lot,
    title: lot.title,
    format: lot.rules.format,
    ceiling: lot.rules.ceiling,
    extensions: live?.extensions ?? 0,
    leads: live?.leads ?? [],
    rules: lot.rules,
    ...given('state', state),
    ...given('opensAt', live?.opens_at ?? lot.opens_at),
    ...given('endsAt', live?.ends_at),
    ...given('closedAt', result?.closed_at ?? lot.closed_at),
    ...given('because', live?.extended_because),
    ...given('best', live?.best),
    ...given('stage', live?.stage),
    ...given('remaining_s', live?.remaining_s),
    ...given('reason', reason),
    ...given('paused_because', live?.paused_because),
    ...given('until', until),
    ...given('winner', result?.winner),
  }
}

function given<Name extends string, Value>(name: Name, value: Value | undefined): { [name in Name]?: Value } {
  return (value === undefined ? {} : { [name]: value }) as { [name in Name]?: Value }
}

export function isLive(state: LotState | undefined): boolean {
  return state === 'RUNNING' || state === 'EXTENDED' || state === 'PAUSED'
}
/** No bid is taken any more; there is a result and a history, or a reason why not. */
export function isOver(state: LotState | undefined): boolean {
  return state !== undefined && state !== 'SCHEDULED' && !isLive(state)
}

export interface Sentence {
  key: string // under auction.say
  named: Record<string, string | number>
}

/** The state in a sentence. `text` says moments and spans as people read them. */
export function sentence(
  seen: SeenLot,
  minBidders: number,
  now: number, // ms, server's clock
  text: { moment: (at: Moment) => string; span: (seconds: number) => string; held: (seen: SeenLot) => string | undefined; stage: (seen: SeenLot) => string | undefined },
): Sentence {
  const named: Sentence['named'] = {
    count: seen.extensions,
    few: minBidders,
    reason: text.held(seen) ?? '',
    opens: seen.opensAt ? text.moment(seen.opensAt) : '',
    until: seen.until ? text.moment(seen.until) : '',
    left: seen.remaining_s === undefined ? '' : text.span(seen.remaining_s),
    name: seen.winner?.name ?? '',
    stage: text.stage(seen) ?? '',
  }
  return { key: keyOf(seen, now), named }
}

function keyOf(seen: SeenLot, now: number): string {
  const { state } = seen
  if (state === undefined) return 'draft'
  if (state === 'RUNNING' || state === 'EXTENDED') {
    if (seen.endsAt !== undefined && Date.parse(seen.endsAt) <= now) return seen.stage ? 'turning' : 'closing'
    return running(seen)
  }
  if (state === 'PAUSED') return seen.remaining_s === undefined ? 'pausedSome' : 'paused'
  if (state === 'AWARDED') return seen.winner ? 'awarded' : 'awardedSome'
  if (isVerifying({ ...seen.rules, state })) return 'verifying'
  if (state === 'ORDER_CONFIRMED') return seen.winner ? 'confirmed' : 'confirmedSome'
  return { SCHEDULED: 'scheduled', SELECTING: 'selecting', WINNER_DECLINED: 'declined', FAILED_NO_BID: 'noBid', FAILED_FEW: 'few', ABORTED: 'aborted', RESULT_PENDING: 'pending', PRACTICE_ENDED: 'practice' }[state]
}

function running(seen: SeenLot): string {
  const kind = seen.stage?.kind
  switch (seen.format) {
    case 'sealed':
      return seen.extensions > 0 ? 'sealedAgain' : 'sealed'
    case 'rounds':
      return areQuotesSealed(seen) ? 'first' : 'turns'
    case 'dutch':
      return kind === undefined || kind === 'level' ? 'dutch' : 'dutchSealed'
    case 'japanese':
      return 'japanese'
    case 'reverse':
      return seen.extensions > 0 ? 'extended' : 'running'
  }
}
/** Nobody sees a price yet: all of a sealed inquiry, and the first quotes before turns. */
export function areQuotesSealed(seen: Pick<SeenLot, 'format' | 'stage' | 'state'>): boolean {
  if (!isLive(seen.state)) return false
  return seen.format === 'sealed' || (seen.format === 'rounds' && (seen.stage?.kind ?? 'bidding') === 'bidding')
}
