// The board of a regulator: one row for each lot that takes bids or is paused.
import type { Format, InquiryHead, LotBrief, LotState, Money, Moment, Stage } from '../../ebb'
import type { LotState as LiveLot } from '../../state/live'
import { areQuotesSealed, isLive } from '../auction/seen'
import { withBid, type Hint } from './hints'

export interface Row {
  inquiry: string
  lot: string
  title: string // the inquiry's
  lotTitle?: string // one of several
  buyer: string
  division: string
  format: Format
  stage?: Stage
  rounds?: number
  isSealed: boolean
  state: LotState
  ceiling: Money
  best?: Money
  endsAt?: Moment
  remaining_s?: number
  extensions: number
  bidders?: number // with a bid that counts; unknown for a sealed lot and before the stream speaks
  bids?: number
  areBidsCut: boolean // there were more than the stream still holds
}

const keptBids = 200 // a snapshot holds the newest

// A row stays the same object while nothing in it changed: of many rows only the few that did are drawn again.
const known = new WeakMap<LiveLot, { brief: LotBrief; row: Row | undefined }>()

export function rowsOf(heads: readonly InquiryHead[], live: (lot: string) => LiveLot | undefined): Row[] {
  return heads.flatMap((head) =>
    head.lots.flatMap((brief) => {
      const row = rowOf(head, brief, live(brief.lot))
      return row ? [row] : []
    }),
  )
}

function rowOf(head: InquiryHead, brief: LotBrief, live: LiveLot | undefined): Row | undefined {
  const kept = live && known.get(live)
  if (kept?.brief === brief) return kept.row
  const row = made(head, brief, live)
  if (live) known.set(live, { brief, row })
  return row
}
function made(head: InquiryHead, brief: LotBrief, live: LiveLot | undefined): Row | undefined {
  const seen = live?.public
  const state = seen?.state ?? brief.state
  if (state === undefined || !isLive(state)) return undefined
  const isSealed = areQuotesSealed({ format: brief.format, state, ...(seen?.stage && { stage: seen.stage }) })
  const supervision = isSealed ? undefined : live?.supervision
  const bids = supervision?.bids?.length ?? 0
  return {
    inquiry: head.id,
    lot: brief.lot,
    title: head.title,
    ...(head.lots.length > 1 ? { lotTitle: brief.title } : {}),
    buyer: head.buyer.name,
    division: head.division,
    format: brief.format,
    ...(seen?.stage ? { stage: seen.stage } : {}),
    ...(seen?.rounds === undefined ? {} : { rounds: seen.rounds }),
    isSealed,
    state,
    ceiling: brief.ceiling,
    ...(seen?.best === undefined || isSealed ? {} : { best: seen.best }),
    ...(seen ? { endsAt: seen.ends_at } : {}),
    ...(seen?.remaining_s === undefined ? {} : { remaining_s: seen.remaining_s }),
    extensions: seen?.extensions ?? 0,
    ...(supervision ? { bidders: withBid(supervision).length, bids } : {}),
    areBidsCut: bids >= keptBids,
  }
}

// ---- Filters, order, summary -----------------------------------------------------------------------------------

export type Sort = 'ends' | 'hints' | 'cut'
export interface Choice {
  division: string // and what lies below it; empty: all
  state: '' | 'RUNNING' | 'EXTENDED' | 'PAUSED'
}

/** The divisions that occur, each with the higher ones it belongs to (GB/T 2260: 330106 lies in 330100 and 330000). */
export function divisionsOf(heads: readonly InquiryHead[]): string[] {
  const found = new Set<string>()
  for (const { division } of heads) {
    found.add(division)
    if (division.length !== 6) continue
    found.add(`${division.slice(0, 4)}00`)
    found.add(`${division.slice(0, 2)}0000`)
  }
  return [...found].sort()
}
/** `of` is the same or a higher one. */
export function isInside(division: string, of: string): boolean {
  return division.startsWith(of.replace(/(00)+$/, ''))
}
export function chosen(rows: readonly Row[], { division, state }: Choice): Row[] {
  return rows.filter((row) => (!division || isInside(row.division, division)) && (!state || row.state === state))
}

export function sorted(rows: readonly Row[], by: Sort, hints: (lot: string) => number, cut: (row: Row) => number): Row[] {
  // A paused lot does not come nearer to its end.
  const end = (row: Row): number => (row.state === 'PAUSED' || row.endsAt === undefined ? Infinity : Date.parse(row.endsAt))
  const byEnd = (a: Row, b: Row): number => (end(a) === end(b) ? Number(a.inquiry) - Number(b.inquiry) : end(a) - end(b))
  const order = {
    ends: byEnd,
    hints: (a: Row, b: Row) => hints(b.lot) - hints(a.lot) || byEnd(a, b),
    cut: (a: Row, b: Row) => cut(b) - cut(a) || byEnd(a, b),
  }[by]
  return [...rows].sort(order)
}

export interface Summary {
  running: number // all that take bids
  paused: number
  extended: number
  soon: number // closing within five minutes
  hinted: number
}
const soonMs = 5 * 60_000

export function summaryOf(rows: readonly Row[], hints: (lot: string) => readonly Hint[], now: number): Summary {
  const going = rows.filter((row) => row.state !== 'PAUSED')
  return {
    running: going.length,
    paused: rows.length - going.length,
    extended: going.filter((row) => row.extensions > 0).length,
    soon: going.filter((row) => row.endsAt !== undefined && Date.parse(row.endsAt) - now <= soonMs).length,
    hinted: rows.filter((row) => hints(row.lot).length > 0).length,
  }
}
