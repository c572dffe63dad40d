// What a supplier's own signature over a bid is made of (gateway/PROTOCOL.md, "Signed bids").
import { fen, wire } from '../ebb/money'
import type { Money } from '../ebb/types'
import { hash, hex, unhex, type Bytes } from '../proof/bytes'

export interface BidToSign {
  lot: string // "12-1"
  price: Money
  /** Of the bid, not of the signature. */
  key: string
  confirm: boolean
}

/** `house`: as houseOf() gives it. `org`: the number of the organisation that bids. */
export function signedText(house: string, org: string, bid: BidToSign): Bytes {
  const lines = ['ebb bid 1', house, bid.lot, org, wire(fen(bid.price)), bid.key, bid.confirm ? 'confirmed' : '']
  return new TextEncoder().encode(lines.map((line) => `${line}\n`).join(''))
}

/** For whom is signed: a bid for one house means nothing to another. Undefined: this is no key of a log. */
export async function houseOf(logKey: string): Promise<string | undefined> {
  const raw = unhex(logKey, 32)
  return raw && hex(await hash(raw))
}
