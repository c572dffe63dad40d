// A list of inquiries, newest first, that is read page by page while the auctions in it move on.
import { isFormat } from '../../parts/formats'
import type { Format, InquiryHead, LotState, Page } from '../../ebb'

export type Phase = 'running' | 'coming' | 'closed'

/** The states that the server knows a phase by. */
export const statesOf: Record<Phase, string> = { running: 'RUNNING', coming: 'PUBLISHED', closed: 'CLOSED,ABORTED' }

export interface List {
  items: InquiryHead[]
  next?: string // the page behind this id; none: all is here
}

/** A first page that was read again: it is the truth down to where it ends, older pages stay as they were. */
export function refreshed(list: List, page: Page<InquiryHead>): List {
  const end = page.next === undefined ? undefined : Number(page.next)
  const older = end === undefined ? [] : list.items.filter((item) => Number(item.id) < end)
  // Older pages had been read: what comes behind them is still what comes next.
  const isDeeper = end !== undefined && list.items.length > 0 && (list.next === undefined ? older.length > 0 : Number(list.next) < end)
  const next = isDeeper ? list.next : page.next
  return { items: [...page.items, ...older], ...(next === undefined ? {} : { next }) }
}

/** One more page behind what is here. */
export function continued(list: List, page: Page<InquiryHead>): List {
  const known = new Set(list.items.map((item) => item.id))
  const items = [...list.items, ...page.items.filter((item) => !known.has(item.id))]
  return { items, ...(page.next === undefined ? {} : { next: page.next }) }
}

/** Which list an inquiry belongs to, from its lots' states; as the server decides it. Undefined: not published. */
export function phaseOf(states: (LotState | undefined)[]): Phase | undefined {
  if (states.some((state) => state === 'RUNNING' || state === 'EXTENDED' || state === 'PAUSED')) return 'running'
  if (states.some((state) => state === 'SCHEDULED')) return 'coming'
  return states.every((state) => state === undefined) ? undefined : 'closed'
}

// ---- Filters, as the address says them -------------------------------------------------------------------------

export interface Filters {
  show?: Phase // one list alone, whole
  q: string
  format?: Format
  mine: boolean
}
type Query = Record<string, unknown>

export function filtersOf(query: Query): Filters {
  const { show, q, format, mine } = query
  return {
    ...(show === 'running' || show === 'coming' || show === 'closed' ? { show } : {}),
    q: typeof q === 'string' ? q : '',
    ...(isFormat(format) ? { format } : {}),
    mine: mine === '1',
  }
}
export function queryOf(filters: Filters): Record<string, string> {
  return {
    ...(filters.show ? { show: filters.show } : {}),
    ...(filters.q ? { q: filters.q } : {}),
    ...(filters.format ? { format: filters.format } : {}),
    ...(filters.mine ? { mine: '1' } : {}),
  }
}

const searchBytesMax = 100 // the server refuses more

/** What was typed, as far as the server searches for it. */
export function searchable(typed: string): string {
  let text = ''
  let bytes = 0
  for (const character of typed.trim()) {
    bytes += new TextEncoder().encode(character).length
    if (bytes > searchBytesMax) break
    text += character
  }
  return text
}
