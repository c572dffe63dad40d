// Making a key, signing with it, and every reason not to.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ProblemError } from '../../src/ebb/problem'
import type { SigningKey } from '../../src/ebb/types'
import { hash, hex, unhex, type Bytes } from '../../src/proof/bytes'
import type { Cabinet, KeptKey } from '../../src/signing/cabinet'
import { Signer, type Registry } from '../../src/signing/signer'
import { houseOf, signedText } from '../../src/signing/text'

const logKey = 'ab'.repeat(32)
const bid = { lot: '12-1', price: '98000.00', key: 'k-1', confirm: false }

class Drawer implements Cabinet {
  keys = new Map<string, KeptKey>()
  isShut = false
  async of(person: string): Promise<KeptKey[]> {
    if (this.isShut) throw new Error('forbidden')
    return [...this.keys.values()].filter((key) => key.person === person)
  }
  async put(key: KeptKey): Promise<void> {
    if (this.isShut) throw new Error('forbidden')
    this.keys.set(key.fingerprint, key)
  }
  async drop(fingerprint: string): Promise<void> {
    this.keys.delete(fingerprint)
  }
}
/** The server's register. */
class Office implements Registry {
  items: SigningKey[] = []
  public = new Map<string, string>() // by number
  house = ''
  logKeyNow = logKey
  seen: string | undefined
  add = async (publicKey: string): Promise<SigningKey> => {
    const id = String(this.items.length + 7)
    const fingerprint = hex(await hash(unhex(publicKey)!))
    const key: SigningKey = { id, algorithm: 'ECDSA_P256', fingerprint, added_at: '2026-11-23T09:00:00.000Z' }
    this.items.push(key)
    this.public.set(id, publicKey)
    return key
  }
  list = async () => ({ house: this.house, items: this.items.map((key) => ({ ...key })) })
  revoke = async (id: string) => void (this.items.find((key) => key.id === id)!.revoked_at = '2026-11-23T09:01:00.000Z')
  logKey = async () => this.logKeyNow
  seenLogKey = () => this.seen
}

let drawer: Drawer
let office: Office
const signerOf = (person = '9'): Signer => new Signer(office, drawer, person, '5')
beforeEach(async () => {
  drawer = new Drawer()
  office = new Office()
  office.house = (await houseOf(logKey))!
})
afterEach(() => vi.unstubAllGlobals())

async function holds(value: string, publicKey: string, text: Bytes): Promise<boolean> {
  const key = await crypto.subtle.importKey('spki', unhex(publicKey)!, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify'])
  return crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, unhex(value, 64)!, text)
}

describe('a key', () => {
  it('is made here, registered, and signs what it is asked to', async () => {
    const signer = signerOf()
    expect(await signer.load()).toEqual({ readiness: 'none', keys: [], here: [] })
    const made = await signer.make()
    expect(made).toMatchObject({ readiness: 'ready', key: { id: '7' } })
    const { key, value } = await signer.sign(bid)
    expect(key).toBe('7')
    expect(await holds(value, office.public.get('7')!, signedText(office.house, '5', bid))).toBe(true)
    expect(await holds(value, office.public.get('7')!, signedText(office.house, '5', { ...bid, confirm: true }))).toBe(false)
  })
  it('cannot be taken out of this browser', async () => {
    await signerOf().make()
    const [kept] = drawer.keys.values()
    expect(kept).toMatchObject({ person: '9', house: office.house, id: '7' })
    expect(kept!.privateKey.extractable).toBe(false)
    await expect(crypto.subtle.exportKey('pkcs8', kept!.privateKey)).rejects.toThrow()
  })
  it('is there again after a reload, and no second one is made', async () => {
    await signerOf().make()
    const later = signerOf()
    expect((await later.load()).readiness).toBe('ready')
    expect((await later.make()).keys).toHaveLength(1)
    expect((await later.sign(bid)).key).toBe('7')
  })
  it('of one person is none of another who signs in here', async () => {
    await signerOf('9').make()
    const other = signerOf('10')
    expect(await other.load()).toMatchObject({ readiness: 'none', here: [], keys: [{ id: '7' }] })
    await expect(other.sign(bid)).rejects.toMatchObject({ code: 'NO_SIGNING_KEY' })
  })
  it('made for another house is none for this one', async () => {
    await signerOf().make()
    office.logKeyNow = 'cd'.repeat(32)
    office.house = (await houseOf(office.logKeyNow))!
    expect(await signerOf().load()).toMatchObject({ readiness: 'none', here: [] })
  })
  it('that was revoked signs nothing, and a new one takes its place', async () => {
    const signer = signerOf()
    await signer.make()
    expect(await signer.revoke('7')).toMatchObject({ readiness: 'revoked', here: [expect.any(String)] })
    await expect(signer.sign(bid)).rejects.toMatchObject({ code: 'NO_SIGNING_KEY' })
    expect(await signer.make()).toMatchObject({ readiness: 'ready', key: { id: '8' }, keys: [{ id: '8' }, { id: '7' }] })
  })
  it('that the server refuses is not kept; one that got no answer is', async () => {
    const refusal = (status: number): ProblemError => new ProblemError({ type: '', title: '', title_en: '', status, code: 'X' })
    office.add = () => Promise.reject(refusal(422))
    await expect(signerOf().make()).rejects.toMatchObject({ code: 'X' })
    expect(drawer.keys.size).toBe(0)
    office.add = async (publicKey) => {
      office.items.push({ id: '7', algorithm: 'ECDSA_P256', fingerprint: hex(await hash(unhex(publicKey)!)), added_at: '' })
      throw refusal(0)
    }
    const signer = signerOf()
    await expect(signer.make()).rejects.toMatchObject({ code: 'X' })
    expect((await signer.load()).readiness).toBe('ready') // it was registered after all
  })
})

describe('nothing is signed', () => {
  const refuses = async (readiness: string): Promise<void> => {
    const signer = signerOf()
    expect((await signer.load()).readiness).toBe(readiness)
    expect((await signer.make()).readiness).toBe(readiness)
    await expect(signer.sign(bid)).rejects.toMatchObject({ code: 'NO_SIGNING_KEY' })
  }
  it('for a house that is not the one of its log', async () => {
    await signerOf().make()
    office.house = 'cd'.repeat(32)
    await refuses('otherHouse')
  })
  it('for a log other than the one this browser has seen', async () => {
    await signerOf().make()
    office.seen = 'cd'.repeat(32)
    await refuses('otherHouse')
    office.seen = logKey
    expect((await signerOf().load()).readiness).toBe('ready')
  })
  it('where the browser keeps nothing', async () => {
    drawer.isShut = true
    await refuses('noCabinet')
    expect(office.items).toEqual([])
  })
  it('where the browser has nothing to sign with', async () => {
    vi.stubGlobal('crypto', {})
    const signer = signerOf()
    expect((await signer.load()).readiness).toBe('noCrypto')
    expect((await signer.make()).readiness).toBe('noCrypto')
  })
  it('before anybody was asked', async () => {
    await expect(signerOf().sign(bid)).rejects.toMatchObject({ code: 'NO_SIGNING_KEY' })
  })
})

it('what signed goes on signing while the server is asked again, or cannot be', async () => {
  const signer = signerOf()
  await signer.make()
  office.list = () => Promise.reject(new Error('away'))
  await expect(signer.load()).rejects.toThrow('away')
  expect((await signer.sign(bid)).key).toBe('7')
})
