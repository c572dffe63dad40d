// The bids of this person, as this window knows them: what was sent and what became of it, joined with the receipts that
// the server shows to every window of the supplier. Survives a reload in the tab's own storage; truth is the receipt.
import type { BidSignature, Money, OwnPicture, Problem, Receipt } from './types'

export interface SentBid {
  lot: string
  key: string
  price: Money
  confirm: boolean
  /** Kept with it: what is sent again is the same to the last byte. */
  signature?: BidSignature
  /** By the server's clock, ms. */
  sentAt: number
  /**
   * sending: no answer yet · asking: sent before the connection broke, the server is being asked what became of it ·
   * decided: see receipt · undelivered: the server never saw it · failed: not understood or not allowed, see problem
   */
  state: 'sending' | 'asking' | 'decided' | 'undelivered' | 'failed'
  receipt?: Receipt
  problem?: Problem
}

export interface OwnBid {
  key: string
  price?: Money // unknown: of an attempt made in another window and refused
  state: 'sending' | 'asking' | 'accepted' | 'refused' | 'undelivered' | 'failed'
  at: number // ms, server's clock
  receipt?: Receipt
  problem?: Problem
  /** Accepted once, and counts no more: why. */
  voided?: string
}

/** What a tab keeps for itself; sessionStorage in a browser. */
export interface Memory {
  getItem(name: string): string | null
  setItem(name: string, value: string): void
  removeItem(name: string): void
}

const keptALot = 200

export class SentBids {
  private bids = new Map<string, SentBid>() // by lot and key
  private owner = ''

  constructor(private readonly memory: Memory | undefined) {}

  /** From here on the bids of that person; another person's are forgotten. Empty: nobody is signed in. */
  belongTo(person: string): void {
    if (person === this.owner) return
    this.owner = person
    this.bids.clear()
    const kept = this.read()
    if (kept.owner !== person) return this.write()
    for (const bid of kept.bids) this.bids.set(name(bid.lot, bid.key), bid)
    // Whatever was under way when the page was left: the server knows.
    for (const bid of this.open()) bid.state = 'asking'
  }
  add(bid: SentBid): void {
    this.bids.set(name(bid.lot, bid.key), bid)
    const ofLot = this.of(bid.lot)
    if (ofLot.length > keptALot) this.bids.delete(name(bid.lot, ofLot[0]!.key))
    this.write()
  }
  find(lot: string, key: string): SentBid | undefined {
    return this.bids.get(name(lot, key))
  }
  of(lot: string): SentBid[] {
    return [...this.bids.values()].filter((bid) => bid.lot === lot)
  }
  open(): SentBid[] {
    return [...this.bids.values()].filter((bid) => bid.state === 'sending' || bid.state === 'asking')
  }
  change(bid: SentBid, to: Partial<Pick<SentBid, 'state' | 'receipt' | 'problem'>>): void {
    Object.assign(bid, to)
    this.write()
  }

  // What lies there may be of another version of the page, or nobody's.
  private read(): { owner: string; bids: SentBid[] } {
    const none = { owner: '', bids: [] }
    try {
      const kept = JSON.parse(this.memory?.getItem(storage) ?? 'null') as { owner?: string; bids?: SentBid[] } | null
      if (typeof kept?.owner !== 'string' || !Array.isArray(kept.bids)) return none
      return { owner: kept.owner, bids: kept.bids.filter((bid) => typeof bid?.lot === 'string' && typeof bid.key === 'string') }
    } catch {
      return none
    }
  }
  private write(): void {
    try {
      if (this.owner === '') this.memory?.removeItem(storage)
      else this.memory?.setItem(storage, JSON.stringify({ owner: this.owner, bids: [...this.bids.values()] }))
    } catch {
      // Storage full or forbidden: the server's receipts are the record, this is a convenience.
    }
  }
}

const storage = 'ebb.sent'
const name = (lot: string, key: string): string => `${lot} ${key}`

/** Newest first; one entry a key, and a receipt beats whatever this window believed. */
export function ownBids(own: OwnPicture | undefined, sent: SentBid[]): OwnBid[] {
  const bids = new Map<string, OwnBid>()
  for (const bid of sent) {
    const entry: OwnBid = { key: bid.key, price: bid.price, state: 'sending', at: bid.sentAt }
    if (bid.receipt) decided(entry, bid.receipt)
    else if (bid.state !== 'decided') entry.state = bid.state
    if (bid.problem) entry.problem = bid.problem
    bids.set(bid.key, entry)
  }
  for (const receipt of own?.receipts ?? []) {
    const entry = bids.get(receipt.key) ?? { key: receipt.key, state: 'sending', at: 0 }
    // The leaf that came with the bid itself is what a server that thinks better of it is held to.
    const first = entry.receipt?.leaf
    decided(entry, first === undefined || first === receipt.leaf ? receipt : entry.receipt!)
    bids.set(receipt.key, entry)
  }
  for (const { seq, reason } of own?.voided ?? []) {
    for (const entry of bids.values()) if (entry.receipt?.seq === seq) entry.voided = reason
  }
  return [...bids.values()].sort((a, b) => b.at - a.at || (b.receipt?.seq ?? 0) - (a.receipt?.seq ?? 0))
}

function decided(entry: OwnBid, receipt: Receipt): void {
  entry.state = receipt.outcome
  entry.receipt = receipt
  entry.at = Date.parse(receipt.at)
  if (receipt.price !== undefined) entry.price = receipt.price
  if (receipt.problem) entry.problem = receipt.problem
  else delete entry.problem
}
