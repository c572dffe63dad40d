// What an entry of the log says: its leaf, made again from its bytes, and the bid in it (engine/codec.cpp,
// persistence/FORMAT.md). Whatever is no bid is not read any further.
import type { LogEntry as Entry } from '../ebb/types'
import { hash, isSame, Reader, unhex, type Bytes } from './bytes'

export type { Entry }

/** Undefined: the bytes do not fit together, so there is no leaf. */
export async function leafOf(entry: Entry): Promise<Bytes | undefined> {
  const [shown, blinding] = [unhex(entry.public), unhex(entry.blinding, 32)]
  if (!shown || !blinding) return undefined
  if (entry.salt !== undefined) {
    const [salt, hidden] = [unhex(entry.salt, 32), unhex(entry.private ?? '')]
    if (!salt || !hidden || !isSame(await hash(salt, hidden), blinding)) return undefined
  }
  return hash(Uint8Array.of(0), shown, blinding)
}

export interface LoggedBid {
  seq: number
  at: number // ms
  lot: string // "12-1"
  key: string
  bidder: string // number of the organisation
  isConfirmed: boolean
  price?: bigint // fen; undefined: private, and not shown with the entry
  signed?: { key: string; value?: Bytes } // number of the signing key; r and s, private with the price
}

const placeBid = 2
const placeSurrogateBid = 16
const placeSignedBid = 22
const bidKeyBytes = 36
const signatureBytes = 64
const isPrivate = 1

/** Undefined: not a bid, or not bytes of the log. */
export function bidIn(entry: Entry): LoggedBid | undefined {
  try {
    const record = new Reader(unhex(entry.public) ?? new Uint8Array())
    const seq = Number(record.u64())
    record.u64() // parent
    const at = Number(record.i64())
    record.u8() // flags
    const command = new Reader(record.take(record.u32()))
    const type = command.u8()
    if (type !== placeBid && type !== placeSurrogateBid && type !== placeSignedBid) return undefined
    const number = command.u64()
    const bidder = String(command.u64())
    command.u64() // who of the bidder's people
    const key = new TextDecoder().decode(command.take(bidKeyBytes).filter((byte) => byte !== 0))
    const isConfirmed = command.u8() === 1
    const bid: LoggedBid = { seq, at, lot: `${number >> 8n}-${number & 0xffn}`, key, bidder, isConfirmed }
    const isHidden = command.u8() === isPrivate
    if (!isHidden) bid.price = command.i64()
    if (type === placeSignedBid) bid.signed = { key: String(command.u64()) }
    // Behind the price of a signed bid stands its signature.
    const hidden = isHidden ? unhex(entry.private ?? '') : undefined
    const secret = new Reader(hidden ?? new Uint8Array())
    if (hidden?.length === (bid.signed ? 8 + signatureBytes : 8)) bid.price = secret.i64()
    const source = isHidden ? secret : command
    if (bid.signed && bid.price !== undefined) bid.signed.value = new Uint8Array(source.take(signatureBytes))
    return bid
  } catch {
    return undefined
  }
}
