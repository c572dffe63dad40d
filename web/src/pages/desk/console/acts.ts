// What a purchaser may do to a lot in its state (rules.md §4.3, §4.4). The server judges; this decides what is offered.
import type { Format, Inquiry, Lot, LotState, ResultStanding } from '../../../ebb'

export const isLive = (state: LotState): boolean => ['RUNNING', 'EXTENDED', 'PAUSED'].includes(state)
export const isBeforeClose = (state: LotState | undefined): boolean => state !== undefined && (state === 'SCHEDULED' || isLive(state))
/** Nothing can happen to it any more. A declined award may still go to the next. */
export const hasEnded = (state: LotState): boolean => ['ORDER_CONFIRMED', 'FAILED_NO_BID', 'FAILED_FEW', 'ABORTED', 'PRACTICE_ENDED'].includes(state)

export type Hold = 'pause' | 'resume' | 'abort'
export const holds: Hold[] = ['pause', 'resume', 'abort']
export function mayHold(hold: Hold, state: LotState | undefined): boolean {
  if (state === undefined) return false
  if (hold === 'pause') return state === 'RUNNING' || state === 'EXTENDED'
  if (hold === 'resume') return state === 'PAUSED'
  return !hasEnded(state)
}
/** "12-3" is at place 3. */
export const placeOf = (lot: string): number => Number(lot.split('-')[1])

/** After a decline: is anybody left to ask? */
export function mayAskNext(lot: Lot): boolean {
  return lot.state === 'WINNER_DECLINED' && lot.next_available === true
}

// How often an inquiry may be relaunched (rules.md §12a gaps 12).
const relaunches: Record<Format, number> = { reverse: 1, sealed: 2, rounds: 1, dutch: 1, japanese: 1 }
export function mayRelaunch(inquiry: Inquiry): boolean {
  if (inquiry.relaunched_as || inquiry.state === 'DRAFT') return false
  return inquiry.lots.some((lot) => {
    const failed = lot.state === 'FAILED_NO_BID' || lot.state === 'FAILED_FEW' || (lot.state === 'WINNER_DECLINED' && !lot.next_available)
    return failed && (inquiry.relaunch_no ?? 0) < relaunches[lot.rules.format]
  })
}

/** The lots as REST said them, in the states the stream says by now. */
export function withStates(lots: Lot[], live: (lot: string) => LotState | undefined): Lot[] {
  return lots.map((lot) => {
    const state = live(lot.lot)
    return state === undefined || state === lot.state ? lot : { ...lot, state }
  })
}

// ---- Choosing ------------------------------------------------------------------------------------------------------

export interface Option {
  standing: ResultStanding & { bidder: string }
  /** Chosen at once, without a reason and a second person. */
  isFree: boolean
}
/** The quotes that may be chosen, best first: the server's list and no other. */
export function optionsOf(lot: Lot, standings: ResultStanding[]): Option[] {
  const isFew = standings.length < lot.rules.min_bidders
  return (lot.selectable ?? []).flatMap((bidder, at) => {
    const standing = standings.find((one) => one.bidder === bidder)
    return standing ? [{ standing: { ...standing, bidder }, isFree: at === 0 && !isFew }] : []
  })
}
/** Characters of a reason, as the server counts them. */
export const characters = (reason: string): number => [...reason].length
