// Where the supplier stands, in one sentence. Pure: the same pictures always give the same answer.
import type { Link, Money, OwnPicture, PublicPicture } from '../../ebb'
import { isVerifying } from '../../parts/states'
import { isOwnTurn, isTaker } from './way'

export type Kind =
  // nothing reliable can be said of the lot
  | 'connecting'
  | 'lost'
  | 'ended'
  | 'refused'
  // before and during
  | 'disqualified'
  | 'scheduled'
  | 'open' // nothing bid yet
  | 'voided' // what was bid counts no more, and nothing else does
  | 'leading'
  | 'behind' // not the first, and never better placed with this bid
  | 'overtaken'
  | 'tied' // level with the lead; the rank is not told
  | 'notLeading' // neither is the rank
  | 'bidStands' // nothing is told but that the bid counts
  | 'eliminated'
  | 'between' // two stages
  | 'turning' // the stage is over, the server has not yet said what follows
  // turns
  | 'firstOpen' // nothing quoted yet
  | 'firstQuoted'
  | 'yourTurn'
  | 'otherTurn'
  // levels
  | 'levelAsked'
  | 'levelAccepted'
  | 'yourOrder' // dutch: I took the level, others may beat it
  | 'beatTaker'
  | 'beatenTaker' // a sealed bid of mine is in
  | 'bestBid' // mine to make
  | 'otherBestBid'
  | 'spent' // no attempts left, with a rank
  | 'spentUnplaced' // no attempts left, nothing valid
  | 'quoteOpen' // sealed, nothing quoted yet
  | 'quoted'
  | 'quoteSpent'
  | 'paused'
  | 'closing' // the end has passed, the server has not yet said so
  // after
  | 'pending' // other lots are awaited
  | 'verifying' // the last signatures are
  | 'practiceEnded'
  | 'selecting'
  | 'asked' // the award is mine to confirm
  | 'won'
  | 'standby' // somebody else is asked to confirm
  | 'declined'
  | 'winnerDeclined'
  | 'notWon'
  | 'absent' // closed, and I have no valid bid in it
  | 'failedNoBid'
  | 'failedFew'
  | 'aborted'

/** turn: it is on this supplier to act, now. */
export type Tone = 'calm' | 'good' | 'warn' | 'bad' | 'turn'

export interface Situation {
  kind: Kind
  tone: Tone
  rank?: number
  reason?: string
  paused_because?: PublicPicture['paused_because']
  at?: string // Moment: when it opens, until when to confirm
  round?: number
  alias?: string // whose turn it is
  price?: Money // asked, or to beat
  /** What must be said of the picture beside the sentence: it may lag; or it has just caught up. */
  doubt?: 'late' | 'resumed'
}

const resumedIsNewsForMs = 4_000

const tones: Record<Kind, Tone> = {
  connecting: 'calm',
  lost: 'bad',
  ended: 'bad',
  refused: 'bad',
  disqualified: 'bad',
  scheduled: 'calm',
  open: 'calm',
  voided: 'bad',
  leading: 'good',
  behind: 'warn',
  overtaken: 'warn',
  tied: 'warn',
  notLeading: 'warn',
  bidStands: 'calm',
  eliminated: 'bad',
  between: 'calm',
  turning: 'calm',
  firstOpen: 'calm',
  firstQuoted: 'calm',
  yourTurn: 'turn',
  otherTurn: 'calm',
  levelAsked: 'turn',
  levelAccepted: 'good',
  yourOrder: 'good',
  beatTaker: 'turn',
  beatenTaker: 'calm',
  bestBid: 'turn',
  otherBestBid: 'calm',
  spent: 'warn',
  spentUnplaced: 'warn',
  quoteOpen: 'calm',
  quoted: 'calm',
  quoteSpent: 'warn',
  paused: 'warn',
  closing: 'calm',
  pending: 'calm',
  verifying: 'calm',
  practiceEnded: 'calm',
  selecting: 'calm',
  asked: 'good',
  won: 'good',
  standby: 'calm',
  declined: 'calm',
  winnerDeclined: 'calm',
  notWon: 'calm',
  absent: 'calm',
  failedNoBid: 'calm',
  failedFew: 'calm',
  aborted: 'bad',
}

/** `now` by the server's clock, ms. */
export function situation(seen: PublicPicture | undefined, own: OwnPicture | undefined, link: Link, now: number): Situation {
  const broken = ofLink(link, seen !== undefined && own !== undefined)
  if (broken || !seen || !own) return toned({ kind: broken ?? 'connecting' })
  const found = toned(ofLot(seen, own, now))
  if (link.state === 'late') found.doubt = 'late'
  else if (link.resumedAt !== undefined && now - link.resumedAt < resumedIsNewsForMs) found.doubt = 'resumed'
  return found
}

function ofLink(link: Link, hasPictures: boolean): Kind | undefined {
  if (link.state === 'ended' || link.state === 'refused') return link.state
  if (link.state === 'lost') return 'lost'
  if (link.state === 'connecting' || link.state === 'stopped') return hasPictures ? 'lost' : 'connecting'
  return undefined
}

type Untoned = Omit<Situation, 'tone'>
const toned = (found: Untoned): Situation => ({ ...found, tone: tones[found.kind] })

function ofLot(seen: PublicPicture, own: OwnPicture, now: number): Untoned {
  if (seen.state === 'ABORTED') return withReason('aborted', seen.reason)
  if (seen.state === 'FAILED_NO_BID') return { kind: 'failedNoBid' }
  if (seen.state === 'FAILED_FEW') return { kind: 'failedFew' }
  if (own.disqualified !== undefined) return withReason('disqualified', own.disqualified)
  switch (seen.state) {
    case 'SCHEDULED':
      return { kind: 'scheduled', at: seen.opens_at }
    case 'PAUSED':
      return { ...withReason('paused', seen.reason), ...(seen.paused_because && { paused_because: seen.paused_because }) }
    case 'RUNNING':
    case 'EXTENDED':
      if (own.eliminated) return { kind: 'eliminated' }
      if (now >= Date.parse(seen.ends_at)) return { kind: seen.stage ? 'turning' : 'closing' }
      return ofStage(seen, own)
    default:
      return ofAward(seen, own)
  }
}

function ofStage(seen: PublicPicture, own: OwnPicture): Untoned {
  const { stage } = seen
  const price = stage?.level === undefined ? {} : { price: stage.level }
  const isIn = own.best_own !== undefined && own.best_own === stage?.level
  switch (stage?.kind) {
    case 'break':
      return { kind: 'between', round: stage.round }
    case 'turn':
      if (isOwnTurn(stage, own)) return { kind: 'yourTurn', round: stage.round }
      return { ...ranked('otherTurn', own), round: stage.round, alias: stage.alias ?? '' }
    case 'level':
      return { kind: isIn ? 'levelAccepted' : 'levelAsked', ...price }
    case 'sealed_bids':
      if (isTaker(own)) return { kind: 'yourOrder', ...price }
      return { kind: hasQuoted(own) ? 'beatenTaker' : 'beatTaker', ...price }
    case 'best_bid':
      return isOwnTurn(stage, own) ? { kind: 'bestBid' } : { kind: 'otherBestBid', alias: stage.alias ?? '' }
    default:
      if (seen.format === 'rounds') return { kind: hasQuoted(own) ? 'firstQuoted' : 'firstOpen' }
      return seen.format === 'sealed' ? ofQuoting(own) : ofBidding(own)
  }
}

function ofBidding(own: OwnPicture): Untoned {
  const { rank } = own
  if (rank === undefined && own.best_own !== undefined && own.attempts_left > 0) {
    return { kind: own.colour === undefined ? 'bidStands' : ({ green: 'leading', yellow: 'tied', red: 'notLeading' } as const)[own.colour] }
  }
  if (own.attempts_left === 0) return rank === undefined ? { kind: 'spentUnplaced' } : { kind: 'spent', rank }
  if (rank === undefined) return { kind: own.voided ? 'voided' : 'open' }
  if (rank === 1) return { kind: 'leading', rank }
  const entered = own.receipts.findLast((receipt) => receipt.outcome === 'accepted')?.rank
  return { kind: entered !== undefined && rank <= entered ? 'behind' : 'overtaken', rank }
}

// No rank before the close, whatever a picture might say.
function ofQuoting(own: OwnPicture): Untoned {
  const isIn = hasQuoted(own)
  if (own.attempts_left === 0) return { kind: isIn ? 'quoteSpent' : 'spentUnplaced' }
  if (!isIn && own.voided) return { kind: 'voided' }
  return { kind: isIn ? 'quoted' : 'quoteOpen' }
}
// In the first hidden stage of the lot: whatever was accepted was accepted there.
function hasQuoted(own: OwnPicture): boolean {
  return own.receipts.some((receipt) => receipt.outcome === 'accepted' && !own.voided?.some(({ seq }) => seq === receipt.seq))
}

function ofAward(seen: PublicPicture, own: OwnPicture): Untoned {
  if (seen.state === 'RESULT_PENDING') return { kind: isVerifying(seen) ? 'verifying' : 'pending' }
  if (seen.state === 'PRACTICE_ENDED') return { kind: 'practiceEnded' }
  const winner = seen.result?.winner
  const isMine = winner?.alias === own.alias
  if (seen.state === 'ORDER_CONFIRMED' && isMine) return ranked('won', own)
  if (seen.state === 'AWARDED' && (own.award || isMine)) {
    const until = own.award?.until ?? winner?.confirm_until
    return until === undefined ? ranked('asked', own) : { ...ranked('asked', own), at: until }
  }
  if (own.rank === undefined) return { kind: 'absent' }
  // But for a sealed inquiry the first is asked first: when it is no longer the winner, it said no or let the time pass.
  const hadTheWord = seen.format !== 'sealed' && own.rank === 1 && seen.state !== 'SELECTING'
  if (hadTheWord && (seen.state === 'WINNER_DECLINED' || winner)) return ranked('declined', own)
  if (seen.state === 'SELECTING') return ranked('selecting', own)
  if (seen.state === 'WINNER_DECLINED') return ranked('winnerDeclined', own)
  return ranked(seen.state === 'AWARDED' ? 'standby' : 'notWon', own)
}

function ranked(kind: Kind, own: OwnPicture): Untoned {
  return own.rank === undefined ? { kind } : { kind, rank: own.rank }
}
function withReason(kind: Kind, reason: string | undefined): Untoned {
  return reason === undefined ? { kind } : { kind, reason }
}
