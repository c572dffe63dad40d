// How a state looks: its tone says whether something is to be done or watched, the words say what.
import type { LotState, Rules } from '../ebb'

export type Tone = 'live' | 'good' | 'warn' | 'bad' | 'plain'

const lots: Record<string, Tone> = {
  SCHEDULED: 'plain',
  RUNNING: 'live',
  EXTENDED: 'warn',
  PAUSED: 'warn',
  SELECTING: 'live',
  AWARDED: 'good',
  WINNER_DECLINED: 'warn',
  ORDER_CONFIRMED: 'good',
  FAILED_NO_BID: 'bad',
  FAILED_FEW: 'bad',
  ABORTED: 'bad',
  RESULT_PENDING: 'plain',
  PRACTICE_ENDED: 'plain',
}
const inquiries: Record<string, Tone> = { DRAFT: 'plain', PUBLISHED: 'plain', RUNNING: 'live', CLOSED: 'plain', ABORTED: 'bad' }

/** A lot that waits for nothing but its last signatures: for a moment, or for as long as the server is behind. */
export function isVerifying(lot: Pick<Rules, 'signed_bids' | 'release'> & { state?: LotState }): boolean {
  return lot.state === 'RESULT_PENDING' && lot.signed_bids === true && (lot.release ?? 'each') === 'each'
}

export function toneOf(kind: 'lot' | 'inquiry', state: string): Tone {
  return (kind === 'lot' ? lots : inquiries)[state] ?? 'plain'
}
