// Where the supplier stands, in one sentence. Pure: the same pictures always give the same answer.
import type { Link, OwnPicture, PublicPicture } from '../../ebb'

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
  | 'leading'
  | 'behind' // not the first, and never better placed with this bid
  | 'overtaken'
  | 'spent' // no attempts left, with a rank
  | 'spentUnplaced' // no attempts left, nothing valid
  | 'quoteOpen' // sealed, nothing quoted yet
  | 'quoted'
  | 'quoteSpent'
  | 'paused'
  | 'closing' // the end has passed, the server has not yet said so
  // after
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

export type Tone = 'calm' | 'good' | 'warn' | 'bad'

export interface Situation {
  kind: Kind
  tone: Tone
  rank?: number
  reason?: string
  paused_because?: PublicPicture['paused_because']
  at?: string // Moment: when it opens, until when to confirm
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
  leading: 'good',
  behind: 'warn',
  overtaken: 'warn',
  spent: 'warn',
  spentUnplaced: 'warn',
  quoteOpen: 'calm',
  quoted: 'calm',
  quoteSpent: 'warn',
  paused: 'warn',
  closing: 'calm',
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
      if (now >= Date.parse(seen.ends_at)) return { kind: 'closing' }
      return seen.format === 'sealed' ? ofQuoting(own) : ofBidding(own)
    default:
      return ofAward(seen, own)
  }
}

function ofBidding(own: OwnPicture): Untoned {
  const { rank } = own
  if (own.attempts_left === 0) return rank === undefined ? { kind: 'spentUnplaced' } : { kind: 'spent', rank }
  if (rank === undefined) return { kind: 'open' }
  if (rank === 1) return { kind: 'leading', rank }
  const entered = own.receipts.findLast((receipt) => receipt.outcome === 'accepted')?.rank
  return { kind: entered !== undefined && rank <= entered ? 'behind' : 'overtaken', rank }
}

// No rank before the close, whatever a picture might say.
function ofQuoting(own: OwnPicture): Untoned {
  const hasQuoted = own.receipts.some((receipt) => receipt.outcome === 'accepted')
  if (own.attempts_left === 0) return { kind: hasQuoted ? 'quoteSpent' : 'spentUnplaced' }
  return { kind: hasQuoted ? 'quoted' : 'quoteOpen' }
}

function ofAward(seen: PublicPicture, own: OwnPicture): Untoned {
  const winner = seen.result?.winner
  const isMine = winner?.alias === own.alias
  if (seen.state === 'ORDER_CONFIRMED' && isMine) return ranked('won', own)
  if (seen.state === 'AWARDED' && (own.award || isMine)) {
    const until = own.award?.until ?? winner?.confirm_until
    return until === undefined ? ranked('asked', own) : { ...ranked('asked', own), at: until }
  }
  if (own.rank === undefined) return { kind: 'absent' }
  // In a reverse auction the first is asked first: when it is no longer the winner, it said no or let the time pass.
  const hadTheWord = seen.format === 'reverse' && own.rank === 1 && seen.state !== 'SELECTING'
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
