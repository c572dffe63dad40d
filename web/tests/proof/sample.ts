// A log of a few bids as a server would keep it, made the slow way by the definition of RFC 9162 §2.1; and one to lie with.
import type { Consistency, Inclusion } from '../../src/ebb'
import { hash, hex, joined, u64, type Bytes } from '../../src/proof/bytes'
import type { Entry } from '../../src/proof/entry'
import { signedBytes, type Head } from '../../src/proof/head'
import type { ShownKey } from '../../src/proof/signed'
import type { Kept, LogSource } from '../../src/proof/verify'
import { houseOf, signedText, type BidToSign } from '../../src/signing/text'

const node = (left: Bytes, right: Bytes): Promise<Bytes> => hash(Uint8Array.of(1), left, right)
/** The largest power of two below the size. */
function split(size: number): number {
  let k = 1
  while (2 * k < size) k *= 2
  return k
}
export async function root(leaves: Bytes[]): Promise<Bytes> {
  if (leaves.length === 0) return hash()
  if (leaves.length === 1) return leaves[0]!
  const k = split(leaves.length)
  return node(await root(leaves.slice(0, k)), await root(leaves.slice(k)))
}
export async function inclusionPath(index: number, leaves: Bytes[]): Promise<Bytes[]> {
  if (leaves.length <= 1) return []
  const k = split(leaves.length)
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)]
  if (index < k) return [...(await inclusionPath(index, left)), await root(right)]
  return [...(await inclusionPath(index - k, right)), await root(left)]
}
export async function consistencyPath(from: number, leaves: Bytes[], isWhole = true): Promise<Bytes[]> {
  if (from === leaves.length) return isWhole ? [] : [await root(leaves)]
  const k = split(leaves.length)
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)]
  if (from <= k) return [...(await consistencyPath(from, left, isWhole)), await root(right)]
  return [...(await consistencyPath(from - k, right, false)), await root(left)]
}

function i64(value: bigint): Bytes {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigInt64(0, value, true)
  return bytes
}
function u32(value: number): Bytes {
  return u64(value).slice(0, 4)
}
const padded = (text: string, length: number): Bytes => joined(new TextEncoder().encode(text), new Uint8Array(length - text.length))

export const startedAt = Date.parse('2026-11-22T09:30:00.000Z')
export interface Told {
  key: string
  fen: bigint
  isSealed?: boolean
  isConfirmed?: boolean
  /** Signed with the key 7 of the organisation 30; what is said here was signed instead of what the log tells. */
  signed?: Partial<BidToSign & { house: string; org: string }>
}
/** A PlaceBid, or with `signature` a PlaceSignedBid, into lot 12-1 as engine/codec.cpp and persistence/FORMAT.md write it. */
async function entryOf(seq: number, { key, fen, isSealed = false, isConfirmed = false }: Told, signature?: Bytes): Promise<Entry> {
  const isSigned = signature !== undefined
  const command = [
    Uint8Array.of(isSigned ? 22 : 2), u64((12 << 8) | 1), u64(30), u64(3), padded(key, 36), Uint8Array.of(isConfirmed ? 1 : 0, isSealed ? 1 : 0),
    ...(isSealed ? [] : [i64(fen)]),
    ...(isSigned ? [u64(7)] : []),
    ...(isSigned && !isSealed ? [signature] : []),
  ]
  const text = joined(...command)
  const record = joined(
    u64(seq), u64(0), u64(startedAt + seq), Uint8Array.of(isSealed ? 2 : 0), u32(text.length), text,
    ...(isSealed ? [Uint8Array.of(1), u64((12 << 8) | 1)] : []),
  )
  const salt = await hash(padded(`salt ${seq}`, 32))
  const hidden = isSealed ? joined(i64(fen), ...(isSigned ? [signature] : [])) : new Uint8Array()
  return { seq, public: hex(record), blinding: hex(await hash(salt, hidden)), salt: hex(salt), private: hex(hidden) }
}

async function signatureOver({ key, fen, isConfirmed = false, signed }: Told, house: string, privateKey: CryptoKey): Promise<Bytes> {
  const bid = { house, org: '30', lot: '12-1', price: (Number(fen) / 100).toFixed(2), key, confirm: isConfirmed, ...signed }
  return new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, signedText(bid.house, bid.org, bid)))
}

export class SampleLog implements LogSource {
  /** What was asked for, in order. */
  readonly asked: string[] = []
  headSize: number

  private constructor(
    readonly entries: Entry[], readonly leaves: Bytes[], private readonly pair: CryptoKeyPair, private readonly raw: Bytes, private readonly shown: ShownKey,
  ) {
    this.headSize = leaves.length
  }
  static async of(told: Told[], other?: SampleLog): Promise<SampleLog> {
    const pair = other?.pair ?? ((await crypto.subtle.generateKey({ name: 'Ed25519' }, true, ['sign', 'verify'])) as CryptoKeyPair)
    const raw = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))
    const signer = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
    const house = (await houseOf(hex(raw)))!
    const entries = await Promise.all(told.map(async (bid, i) => entryOf(i + 1, bid, bid.signed && (await signatureOver(bid, house, signer.privateKey)))))
    const leaves = await Promise.all(entries.map((entry) => hash(Uint8Array.of(0), bytesOf(entry.public), bytesOf(entry.blinding))))
    const der = new Uint8Array(await crypto.subtle.exportKey('spki', signer.publicKey))
    const shown: ShownKey = {
      id: '7', org: '30', algorithm: 'ECDSA_P256', public_key: hex(der), fingerprint: hex(await hash(der)), added_at: new Date(startedAt).toISOString(),
    }
    return new SampleLog(entries, leaves, pair, raw, shown)
  }
  receipt(seq: number, told: Told): Kept {
    return {
      lot: '12-1', key: told.key, outcome: 'accepted', seq, at: new Date(startedAt + seq).toISOString(), attempt: 1,
      leaf: hex(this.leaves[seq - 1]!),
    }
  }
  async headOf(size: number): Promise<Head> {
    const head: Head = { size, root: hex(await root(this.leaves.slice(0, size))), at: new Date(startedAt + 1_000).toISOString(), signature: '' }
    return { ...head, signature: hex(new Uint8Array(await crypto.subtle.sign({ name: 'Ed25519' }, this.pair.privateKey, signedBytes(head)!))) }
  }

  async key(): Promise<string> {
    this.asked.push('key')
    return hex(this.raw)
  }
  async head(): Promise<Head> {
    this.asked.push('head')
    return this.headOf(this.headSize)
  }
  async inclusion(seq: number, size: number): Promise<Inclusion> {
    this.asked.push(`inclusion ${seq} ${size}`)
    const path = await inclusionPath(seq - 1, this.leaves.slice(0, size))
    return { seq, size, leaf: hex(this.leaves[seq - 1]!), path: path.map(hex) }
  }
  async consistency(from: number, to: number): Promise<Consistency> {
    this.asked.push(`consistency ${from} ${to}`)
    return { from, to, path: (await consistencyPath(from, this.leaves.slice(0, to))).map(hex) }
  }
  async entry(seq: number): Promise<Entry> {
    this.asked.push(`entry ${seq}`)
    return this.entries[seq - 1]!
  }
  async signingKey(id: string): Promise<ShownKey> {
    this.asked.push(`signing key ${id}`)
    return this.shown
  }
}

const bytesOf = (text: string): Bytes => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16))

export class Shelf {
  private readonly things = new Map<string, string>()
  getItem(name: string): string | null {
    return this.things.get(name) ?? null
  }
  setItem(name: string, value: string): void {
    this.things.set(name, value)
  }
}
