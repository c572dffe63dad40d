// Why nothing can be bid right now. The server judges; this spares an attempt that it would refuse for certain.
import type { Link, OwnPicture, PublicPicture } from '../../ebb'

export type Obstacle =
  | 'connecting'
  | 'lost'
  | 'signedOut'
  | 'refused'
  | 'disqualified'
  | 'notStarted'
  | 'paused'
  | 'closed'
  | 'noAttempts'
  | 'bottom' // nothing lower is possible

/** `now` by the server's clock, ms. Deadlines are half-open: at the end it is too late. */
export function obstacle(
  seen: PublicPicture | undefined,
  own: OwnPicture | undefined,
  link: Link,
  now: number,
): Obstacle | undefined {
  if (link.state === 'ended') return 'signedOut'
  if (link.state === 'refused' || link.state === 'lost') return link.state
  if (link.state === 'connecting' || link.state === 'stopped' || !seen || !own) return 'connecting'
  if (own.disqualified !== undefined) return 'disqualified'
  if (seen.state === 'SCHEDULED') return 'notStarted'
  if (seen.state === 'PAUSED') return 'paused'
  const isLive = seen.state === 'RUNNING' || seen.state === 'EXTENDED'
  if (!isLive || now >= Date.parse(seen.ends_at)) return 'closed'
  if (own.attempts_left === 0) return 'noAttempts'
  if (seen.format === 'reverse' && own.next_limit === undefined) return 'bottom'
  return undefined
}
