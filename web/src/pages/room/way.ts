// How a bid is made at this moment, and what a bidder may know while it is. Read off the rules and the stage: pure.
import type { OwnBid, OwnPicture, PublicPicture, Stage } from '../../ebb'

export type Way =
  | 'open' // prices are seen: one tap at the next price, or a lower one
  | 'quote' // hidden for a time: a price of one's own, typed
  | 'level' // the price that is asked, and no other

export function wayOf(seen: Pick<PublicPicture, 'format' | 'stage'>): Way {
  if (seen.format === 'reverse') return 'open'
  const kind = seen.stage?.kind ?? 'level'
  const hasLevels = seen.format === 'dutch' || seen.format === 'japanese'
  return hasLevels && kind === 'level' ? 'level' : 'quote'
}

/** No price and no rank is known to anybody but its bidder. */
export function areBidsSecret(seen: Pick<PublicPicture, 'format' | 'stage' | 'result'>): boolean {
  if (seen.result) return false
  return seen.format === 'sealed' || (seen.format === 'rounds' && (seen.stage?.kind ?? 'bidding') === 'bidding')
}

/** This stage belongs to one bidder, or all but one. */
export function isOutOfTurn(stage: Stage | undefined, own: OwnPicture): boolean {
  if (stage?.kind === 'turn' || stage?.kind === 'best_bid') return stage.alias !== own.alias
  return stage?.kind === 'sealed_bids' && isTaker(own)
}
export function isOwnTurn(stage: Stage | undefined, own: OwnPicture): boolean {
  return (stage?.kind === 'turn' || stage?.kind === 'best_bid') && stage.alias === own.alias
}
/** While sealed bids come in, only who took the level has a bid that is known. */
export function isTaker(own: OwnPicture): boolean {
  return own.best_own !== undefined
}

/**
 * The next price follows from a lead that the rules hide, so the server does not tell it: any price may be tried.
 */
export function isLimitSecret(seen: PublicPicture, own: OwnPicture): boolean {
  const ties = seen.ties === 'refused' || seen.ties === 'refused_at_lead'
  const needsLead = seen.step_basis === 'best' || seen.front_buffer !== undefined || seen.back_buffer !== undefined || ties || (seen.stage?.round ?? 1) > 1
  return seen.format === 'reverse' && needsLead && leadOf(seen, own) === undefined
}
export function leadOf(seen: PublicPicture, own: OwnPicture): string | undefined {
  return seen.best ?? own.lead
}
/** The rules keep the lead, or the rank, from bidders while bids come in. */
export const isLeadHidden = (seen: PublicPicture): boolean => seen.visibility?.lead === false
export const isRankHidden = (seen: PublicPicture): boolean => seen.visibility?.rank === false

/** How long a hidden stage is, by the rules. */
function lengthOf(seen: PublicPicture): number | undefined {
  switch (seen.stage?.kind) {
    case 'turn':
      return seen.turn_s
    case 'sealed_bids':
      return seen.sealed_for_s
    case 'best_bid':
      return seen.best_bid_for_s
    default:
      return undefined
  }
}
/** What this bidder bid in the hidden stage under way, newest first in `bids`. `taken`: keys that were withdrawn. */
export function bidOfStage(seen: PublicPicture, bids: OwnBid[], taken: (key: string) => boolean = () => false): OwnBid | undefined {
  const length = lengthOf(seen)
  if (length === undefined) return undefined
  const from = Date.parse(seen.stage!.ends_at) - length * 1_000
  const last = bids.find((bid) => bid.state === 'accepted' && bid.voided === undefined)
  return last && last.at >= from && !taken(last.key) ? last : undefined
}
