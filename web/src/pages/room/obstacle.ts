// Why nothing can be bid right now. The server judges; this spares an attempt that it would refuse for certain.
import type { Link, OwnPicture, PublicPicture } from '../../ebb'
import { isLimitSecret, isOutOfTurn, wayOf } from './way'

export type Obstacle =
  | 'connecting'
  | 'lost'
  | 'signedOut'
  | 'refused'
  | 'disqualified'
  | 'notStarted'
  | 'paused'
  | 'closed'
  | 'eliminated'
  | 'between' // two stages
  | 'turning' // the stage is over, the server has not yet said what follows
  | 'notYourTurn'
  | 'noAttempts'
  | 'unsigned' // bids must be signed, and nothing here can
  | 'proxy' // the server bids
  | 'quotedOnce'
  | 'isIn' // this level is accepted
  | 'leaderWaits'
  | 'bottom' // nothing lower is possible

/** `now` by the server's clock, ms. Deadlines are half-open: at the end it is too late. */
export function obstacle(
  seen: PublicPicture | undefined,
  own: OwnPicture | undefined,
  link: Link,
  now: number,
  hasQuoted = false, // in the hidden stage under way
  canSign = true,
): Obstacle | undefined {
  if (link.state === 'ended') return 'signedOut'
  if (link.state === 'refused' || link.state === 'lost') return link.state
  if (link.state === 'connecting' || link.state === 'stopped' || !seen || !own) return 'connecting'
  if (own.disqualified !== undefined) return 'disqualified'
  if (seen.state === 'SCHEDULED') return 'notStarted'
  if (seen.state === 'PAUSED') return 'paused'
  const isLive = seen.state === 'RUNNING' || seen.state === 'EXTENDED'
  if (!isLive) return 'closed'
  if (own.eliminated) return 'eliminated'
  if (now >= Date.parse(seen.ends_at)) return seen.stage ? 'turning' : 'closed'
  return ofStage(seen, own, hasQuoted) ?? (seen.signed_bids && !canSign ? 'unsigned' : undefined)
}

// In the order in which the server judges (engine/lot.cpp).
function ofStage(seen: PublicPicture, own: OwnPicture, hasQuoted: boolean): Obstacle | undefined {
  if (seen.stage?.kind === 'break') return 'between'
  if (isOutOfTurn(seen.stage, own)) return 'notYourTurn'
  if (own.attempts_left === 0) return 'noAttempts'
  if (own.proxy) return 'proxy'
  const way = wayOf(seen)
  const isTurn = seen.stage?.kind === 'turn' || seen.stage?.kind === 'best_bid'
  if (way === 'quote' && !isTurn && seen.requotes === false && hasQuoted) return 'quotedOnce'
  if (own.next_limit !== undefined) return undefined
  if (way === 'level') return seen.format === 'japanese' ? 'isIn' : 'bottom'
  if (way === 'quote') return isTurn ? 'bottom' : undefined
  if (seen.leader_waits && (own.rank === 1 || own.colour === 'green')) return 'leaderWaits'
  return isLimitSecret(seen, own) ? undefined : 'bottom'
}
