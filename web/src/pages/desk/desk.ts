// The purchaser's desk: which tab an inquiry stands under, and what waits for somebody.
import type { Inquiry, InquiryHead, LotState, Moment } from '../../ebb'
import { hasEnded, isLive, mayAskNext, mayRelaunch, placeOf } from './console/acts'

export const tabs = ['draft', 'published', 'running', 'decide', 'ended'] as const
export type Tab = (typeof tabs)[number]

const waiting: LotState[] = ['SELECTING', 'AWARDED', 'WINNER_DECLINED']

/** An inquiry of many lots may run and wait for a decision at once: it stands under both. */
export function tabsOf(head: InquiryHead): Tab[] {
  if (head.state === 'DRAFT') return ['draft']
  const states = head.lots.map((lot) => lot.state)
  const found: Tab[] = []
  if (head.state === 'PUBLISHED') found.push('published')
  if (states.some((state) => state !== undefined && isLive(state))) found.push('running')
  const isDeciding = states.some((state) => state !== undefined && waiting.includes(state))
  // A declined award of an inquiry that was relaunched is history.
  if (isDeciding && !(head.relaunched_as && states.every((state) => state && (hasEnded(state) || state === 'WINNER_DECLINED')))) {
    found.push('decide')
  }
  return found.length > 0 ? found : ['ended']
}

export function inTabs(heads: InquiryHead[]): Record<Tab, InquiryHead[]> {
  const all: Record<Tab, InquiryHead[]> = { draft: [], published: [], running: [], decide: [], ended: [] }
  for (const head of heads) for (const tab of tabsOf(head)) all[tab].push(head)
  return all
}

// ---- What needs me -------------------------------------------------------------------------------------------------

export type NeedKind = 'choose' | 'approve' | 'approvalOfOther' | 'askNext' | 'relaunch' | 'paused'
export interface Need {
  kind: NeedKind
  inquiry: string
  title: string // of the inquiry
  lot?: string // its title; none: the whole inquiry
  place?: number // of the lot
  until?: Moment
}

const order: NeedKind[] = ['paused', 'approve', 'choose', 'askNext', 'relaunch', 'approvalOfOther']
const remindOfFailureMs = 14 * 86_400_000 // after that nobody means to relaunch

/** Which inquiries must be read whole before needs() can speak. */
export function mayNeed(head: InquiryHead): boolean {
  if (head.state === 'DRAFT') return false
  const states = head.lots.map((lot) => lot.state ?? 'SCHEDULED')
  return states.some((state) => state === 'PAUSED' || state === 'SELECTING' || (!head.relaunched_as && mayHaveFailed(state)))
}
const mayHaveFailed = (state: LotState): boolean => ['FAILED_FEW', 'FAILED_NO_BID', 'WINNER_DECLINED'].includes(state)

/** Most urgent first. `me` is a person's id, `now` ms by the server's clock. */
export function needs(inquiries: Inquiry[], me: string, now: number): Need[] {
  const found: Need[] = []
  for (const inquiry of inquiries) {
    const of = { inquiry: inquiry.id, title: inquiry.title }
    for (const lot of inquiry.lots) {
      const until = lot.until === undefined ? {} : { until: lot.until }
      const add = (kind: NeedKind): unknown => found.push({ kind, ...of, lot: lot.title, place: placeOf(lot.lot), ...until })
      if (lot.state === 'PAUSED') add('paused')
      if (lot.state === 'SELECTING') {
        if (!lot.proposal) add('choose')
        else add(lot.proposal.by === me ? 'approvalOfOther' : 'approve')
      }
      if (!inquiry.relaunched_as && mayAskNext(lot)) add('askNext')
    }
    const closed = Math.max(...inquiry.lots.map((lot) => (lot.closed_at ? Date.parse(lot.closed_at) : 0)))
    // Whoever may still be asked comes first.
    const isDue = inquiry.state === 'CLOSED' && mayRelaunch(inquiry) && !inquiry.lots.some((lot) => mayAskNext(lot))
    if (isDue && now - closed < remindOfFailureMs) found.push({ kind: 'relaunch', ...of })
  }
  const ends = (need: Need): number => (need.until ? Date.parse(need.until) : Number.POSITIVE_INFINITY)
  return found.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || (ends(a) < ends(b) ? -1 : ends(a) > ends(b) ? 1 : 0))
}
