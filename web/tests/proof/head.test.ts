// Signatures of heads: the test vector of RFC 8032 for the key, and the bytes of persistence/FORMAT.md for what is signed.
import { afterEach, describe, expect, it, vi } from 'vitest'
import { hex } from '../../src/proof/bytes'
import { signatureOf, signedBytes } from '../../src/proof/head'
import { SampleLog } from './sample'

afterEach(() => vi.restoreAllMocks())

describe('what is signed', () => {
  it('is a name, the size, the time and the root', () => {
    const head = { size: 258, root: 'ab'.repeat(32), at: '2023-11-14T22:13:20.041Z', signature: '' }
    expect(hex(signedBytes(head)!)).toBe(`${hex(new TextEncoder().encode('ebb tree head 1\n'))}02010000000000002968e5cf8b010000${'ab'.repeat(32)}`)
  })
  it('is nothing where a head is none', () => {
    const head = { size: 3, root: 'ab'.repeat(32), at: '2023-11-14T22:13:20.041Z', signature: '' }
    expect(signedBytes({ ...head, root: 'xy' })).toBeUndefined()
    expect(signedBytes({ ...head, size: 1.5 })).toBeUndefined()
    expect(signedBytes({ ...head, at: 'yesterday' })).toBeUndefined()
  })
})

describe('a signature', () => {
  it('is good for exactly what was signed, by that key', async () => {
    const log = await SampleLog.of([{ key: 'a', fen: 100n }, { key: 'b', fen: 90n }])
    const other = await SampleLog.of([{ key: 'a', fen: 100n }])
    const head = await log.headOf(2)
    expect(await signatureOf(head, await log.key())).toBe('good')
    expect(await signatureOf({ ...head, size: 3 }, await log.key())).toBe('bad')
    expect(await signatureOf({ ...head, at: '2026-11-22T09:30:00.999Z' }, await log.key())).toBe('bad')
    expect(await signatureOf({ ...head, root: '00'.repeat(32) }, await log.key())).toBe('bad')
    expect(await signatureOf({ ...head, signature: '00' }, await log.key())).toBe('bad')
    expect(await signatureOf(head, await other.key())).toBe('bad')
  })
  it('of RFC 8032 test 2 is good by the means that this is checked with', async () => {
    const raw = Uint8Array.from(Buffer.from('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c', 'hex'))
    const signature = Uint8Array.from(
      Buffer.from('92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00', 'hex'),
    )
    const key = await crypto.subtle.importKey('raw', raw, { name: 'Ed25519' }, false, ['verify'])
    expect(await crypto.subtle.verify({ name: 'Ed25519' }, key, signature, Uint8Array.of(0x72))).toBe(true)
  })
  it('is not said to be good or bad by a browser that knows no Ed25519', async () => {
    const log = await SampleLog.of([{ key: 'a', fen: 100n }])
    vi.spyOn(crypto.subtle, 'importKey').mockRejectedValue(new DOMException('', 'NotSupportedError'))
    expect(await signatureOf(await log.headOf(1), await log.key())).toBe('unknown')
  })
})
