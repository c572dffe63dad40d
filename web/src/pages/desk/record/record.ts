// What a printed record is made of.
import type { HistoryEntry, Lot, LotState, Moment, Page, PublicPicture, Result } from '../../../ebb'
import { isBeforeClose } from '../console/acts'

/** Everything there is of a lot, however many pages. */
export async function wholeHistory(
  page: (after?: string) => Promise<Page<HistoryEntry>>,
  onCount: (count: number) => void = () => {},
): Promise<HistoryEntry[]> {
  const all: HistoryEntry[] = []
  let after: string | undefined
  do {
    const { items, next } = await page(after)
    all.push(...items)
    onCount(all.length)
    after = next
  } while (after !== undefined)
  return all
}

/** A record tells results: a lot that still runs has none, and of an aborted one the server keeps none. */
export const hasResult = (state: LotState | undefined): boolean => state !== undefined && state !== 'ABORTED' && !isBeforeClose(state)

export interface Happening {
  key: 'published' | 'opened' | 'extended' | 'closed' | 'aborted' | 'awarded' | 'confirmed'
  at?: Moment
  named: Record<string, string | number>
}
/** The course of a lot as far as it is public, in order. */
export function course(published: Moment | undefined, lot: Lot, picture?: PublicPicture, result?: Result): Happening[] {
  const happened: Happening[] = []
  const add = (key: Happening['key'], at: Moment | undefined, named: Happening['named'] = {}): void => {
    happened.push({ key, ...(at === undefined ? {} : { at }), named })
  }
  if (published) add('published', published)
  // Of an aborted lot only what was seen of it says whether it ever opened.
  const begun = lot.state !== undefined && lot.state !== 'SCHEDULED' && (lot.state !== 'ABORTED' || (picture?.leads?.length ?? 0) > 0)
  if (begun && lot.opens_at) add('opened', lot.opens_at)
  if (picture && picture.extensions > 0) add('extended', undefined, { count: picture.extensions })
  if (lot.closed_at && lot.state !== 'ABORTED') add('closed', lot.closed_at)
  if (lot.state === 'ABORTED') add('aborted', lot.closed_at, { reason: lot.reason ?? '' })
  if (result?.winner) add(result.winner.confirmed ? 'confirmed' : 'awarded', undefined, { name: result.winner.name })
  return happened
}
