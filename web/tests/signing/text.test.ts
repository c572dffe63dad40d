// The text that is signed, byte by byte, and the example of the protocol page.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { unhex } from '../../src/proof/bytes'
import { houseOf, signedText } from '../../src/signing/text'

const page = readFileSync(new URL('../../../gateway/PROTOCOL.md', import.meta.url), 'utf8')
const said = (name: string): string => new RegExp(`\\n${name} +([0-9a-f]+)\\n`).exec(page)![1]!
const bid = { lot: '12-1', price: '98000.00', key: 'my-first-bid', confirm: false }

describe('the signed text', () => {
  it('has seven lines, each ended', () => {
    const text = (more: Partial<typeof bid>): string => new TextDecoder().decode(signedText('ab', '5', { ...bid, ...more }))
    expect(text({})).toBe('ebb bid 1\nab\n12-1\n5\n98000.00\nmy-first-bid\n\n')
    expect(text({ confirm: true })).toBe('ebb bid 1\nab\n12-1\n5\n98000.00\nmy-first-bid\nconfirmed\n')
  })
  it('writes a price with two decimals, however it was said', () => {
    for (const price of ['98000', '98000.0', '98000.00']) expect(signedText('ab', '5', { ...bid, price })).toEqual(signedText('ab', '5', bid))
  })
  it('names the house by the key of its log', async () => {
    expect(await houseOf(said('log key'))).toBe(said('house'))
    expect(await houseOf('00')).toBeUndefined()
    expect(await houseOf('x'.repeat(64))).toBeUndefined()
  })
  it('of the protocol page is what was signed there', async () => {
    const key = await crypto.subtle.importKey('spki', unhex(said('public key'))!, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify'])
    const holds = (text: Uint8Array<ArrayBuffer>): Promise<boolean> =>
      crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, unhex(said('signature'))!, text)
    expect(await holds(signedText(said('house'), '5', bid))).toBe(true)
    for (const other of [{ price: '97999.99' }, { lot: '12-2' }, { key: 'my-next-bid' }, { confirm: true }]) {
      expect(await holds(signedText(said('house'), '5', { ...bid, ...other }))).toBe(false)
    }
    expect(await holds(signedText(said('house'), '6', bid))).toBe(false)
  })
})
