// One stream of one lot ("12-1/public"): a picture and a place in it. Knows a repeat and a gap when it sees one.
import type { LeadPoint, Moment, Money, Snapshot, StreamPosition, Update } from './types'

export type Applied = 'applied' | 'repeat' | 'gap'

const lists = ['bids', 'receipts'] // hold new entries only, to be appended
const envelope = ['type', 'stream', 'offset', 'at']
/** Entries of a list that are kept: a page shows the newest, a screen does not grow without end. */
export const keptEntries = 1_000
const keptLeads = 256 // gateway/PROTOCOL.md

export class Stream {
  epoch = ''
  offset = -1
  picture: Record<string, unknown> = {}
  /** Of the newest update, by the server's clock; empty before the first. */
  at = ''

  constructor(readonly name: string) {}

  get isSet(): boolean {
    return this.offset >= 0
  }
  get position(): StreamPosition {
    return { stream: this.name, epoch: this.epoch, offset: this.offset }
  }

  replace(snapshot: Snapshot): void {
    this.epoch = snapshot.epoch
    this.offset = snapshot.offset
    this.picture = { ...snapshot.lot }
  }

  apply(update: Update): Applied {
    if (!this.isSet || update.offset > this.offset + 1) return 'gap'
    if (update.offset <= this.offset) return 'repeat'
    this.offset = update.offset
    this.at = update.at
    for (const [name, value] of Object.entries(update)) {
      if (envelope.includes(name)) continue
      if (value === null) delete this.picture[name]
      else if (lists.includes(name)) this.append(name, value as unknown[])
      else this.picture[name] = value
    }
    if ('best' in update && update.best !== undefined) this.lead(update.at, update.best)
    return 'applied'
  }

  // Lists are made anew, never changed: who holds an earlier picture keeps it, and who compares sees that it is another.
  // A snapshot and the updates behind it may hold the same entries. What has a newer seq is new; a line of an older one
  // may still be: a bid is voided later, and automatic bids bear the seq of their cause.
  private append(name: string, added: unknown[]): void {
    const list = (this.picture[name] ?? []) as { seq: number }[]
    const last = list.at(-1)?.seq ?? 0
    const isNew = (entry: { seq: number }): boolean => entry.seq > last || (name === 'bids' && !list.some((known) => known.seq === entry.seq && isSame(known, entry)))
    this.picture[name] = [...list, ...(added as { seq: number }[]).filter(isNew)].slice(-keptEntries)
  }

  private lead(at: Moment, best: Money | null): void {
    const leads = (this.picture.leads ?? []) as LeadPoint[]
    const point = best === null ? { at } : { at, price: best }
    // As the server thins them: a full course loses every second point of its older half.
    const kept = leads.length < keptLeads ? leads : leads.filter((_, place) => place >= keptLeads / 2 || place % 2 === 0)
    this.picture.leads = [...kept, point]
  }
}

function isSame(one: object, other: object): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
