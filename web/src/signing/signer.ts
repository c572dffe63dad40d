// The signing keys of one person in this browser: which the server knows, which of them can sign here, and signing.
//
// A key is made here and its private half never leaves; the server gets the public half. Nothing is signed for a house
// that is not the one whose log this browser sees, or has seen.
import { localProblem, ProblemError } from '../ebb/problem'
import type { BidSignature, SigningKey, SigningKeys } from '../ebb/types'
import { hash, hex } from '../proof/bytes'
import type { Cabinet, KeptKey } from './cabinet'
import { houseOf, signedText, type BidToSign } from './text'

export interface Registry {
  list(): Promise<SigningKeys>
  add(publicKey: string): Promise<SigningKey>
  revoke(id: string): Promise<unknown>
  logKey(): Promise<string>
  /** The key of the log as this browser has kept it; undefined: it has seen none. */
  seenLogKey(): string | undefined
}
export type Readiness =
  | 'unknown' // not yet asked
  | 'noCrypto' // a page over plain http is given nothing to sign with
  | 'noCabinet' // nowhere to keep a key
  | 'otherHouse' // the server is not who its log says, or who it was
  | 'none' // no key of this browser
  | 'revoked' // there was one
  | 'ready'
export interface Signing {
  readiness: Readiness
  keys: SigningKey[] // of the whole organisation, newest first
  /** Fingerprints of those that lie in this browser. */
  here: string[]
  /** What signs. */
  key?: SigningKey
}
export const nothingKnown: Signing = { readiness: 'unknown', keys: [], here: [] }

const curve = { name: 'ECDSA', namedCurve: 'P-256' }

interface Hand {
  key: SigningKey
  privateKey: CryptoKey
  house: string
}

export class Signer {
  private hand: Hand | undefined // what signs, as of the last load

  constructor(
    private readonly registry: Registry,
    private readonly cabinet: Cabinet,
    private readonly person: string,
    private readonly org: string,
  ) {}

  /** Asks the server and the cabinet afresh. Until the answer is there, what signed before signs on. */
  async load(): Promise<Signing> {
    const { signing, hand } = await this.look()
    this.hand = hand
    return signing
  }
  private async look(): Promise<{ signing: Signing; house: string; hand?: Hand }> {
    const [{ house, items }, logKey] = await Promise.all([this.registry.list(), this.registry.logKey()])
    const known: Signing = { readiness: 'none', keys: [...items].reverse(), here: [] }
    const so = (readiness: Readiness): { signing: Signing; house: string } => ({ signing: { ...known, readiness }, house })
    if (globalThis.crypto?.subtle === undefined) return so('noCrypto')
    if (!(await this.isHouse(house, logKey))) return so('otherHouse')
    let kept: KeptKey[]
    try {
      kept = (await this.cabinet.of(this.person)).filter((one) => one.house === house)
    } catch {
      return so('noCabinet')
    }
    known.here = kept.map((one) => one.fingerprint)
    const mine = known.keys.filter((key) => known.here.includes(key.fingerprint))
    const key = mine.find((one) => one.revoked_at === undefined)
    if (!key) return so(mine.length > 0 ? 'revoked' : 'none')
    const { privateKey } = kept.find((one) => one.fingerprint === key.fingerprint)!
    return { signing: { ...known, readiness: 'ready', key }, house, hand: { key, privateKey, house } }
  }

  /** A new pair, kept first and registered then: a key that is registered and lost would sign nothing for ever. */
  async make(): Promise<Signing> {
    const { signing: before, house } = await this.look()
    if (before.readiness !== 'none' && before.readiness !== 'revoked') return this.load()
    const pair = await crypto.subtle.generateKey(curve, false, ['sign', 'verify'])
    const der = new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey))
    const kept: KeptKey = { fingerprint: hex(await hash(der)), person: this.person, house, privateKey: pair.privateKey }
    try {
      await this.cabinet.put(kept)
    } catch {
      return { ...before, readiness: 'noCabinet' }
    }
    try {
      const { id } = await this.registry.add(hex(der))
      await this.cabinet.put({ ...kept, id })
    } catch (error) {
      // Refused for certain: it will never be of use. Without an answer it may be registered: the next load knows.
      if (error instanceof ProblemError && error.problem.status >= 400 && error.problem.status < 500) await this.cabinet.drop(kept.fingerprint)
      throw error
    }
    return this.load()
  }

  async revoke(id: string): Promise<Signing> {
    await this.registry.revoke(id)
    return this.load()
  }

  /** Rejects with a problem: NO_SIGNING_KEY, NOT_SIGNED. Nothing was sent then. */
  async sign(bid: BidToSign): Promise<BidSignature> {
    if (!this.hand) throw localProblem('NO_SIGNING_KEY')
    const { key, privateKey, house } = this.hand
    try {
      const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, signedText(house, this.org, bid))
      return { key: key.id, value: hex(new Uint8Array(signature)) }
    } catch {
      throw localProblem('NOT_SIGNED')
    }
  }

  private async isHouse(house: string, logKey: string): Promise<boolean> {
    const seen = this.registry.seenLogKey()
    return house === (await houseOf(logKey)) && (seen === undefined || seen === logKey)
  }
}
