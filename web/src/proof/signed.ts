// The supplier's own signature over its bid: whether it holds under the key that the house names, and whether that key
// counted then. What a voided bid was voided for, anybody can see again here.
import type { WholeSigningKey as ShownKey } from '../ebb/types'
import { signedText, houseOf } from '../signing/text'
import { unhex } from './bytes'
import type { LoggedBid } from './entry'

/** As GET /signing-keys/{key} gives it. */
export type { ShownKey }
export type SignatureFinding =
  | 'holds'
  | 'forged' // not of this key, or not over this bid
  | 'keyOfAnother'
  | 'keyNotInForce' // registered after the bid, or revoked before it
  | 'sm2' // no browser can check it
  | 'hidden' // the entry does not show the price and the signature

const curve = { name: 'ECDSA', namedCurve: 'P-256' }

/** `yuan`: the price with two decimals. */
export async function findSignature(bid: LoggedBid, yuan: string | undefined, key: ShownKey, logKey: string): Promise<SignatureFinding> {
  const value = bid.signed?.value
  if (yuan === undefined || value === undefined) return 'hidden'
  if (key.org !== undefined && key.org !== bid.bidder) return 'keyOfAnother'
  if (Date.parse(key.added_at) > bid.at || (key.revoked_at !== undefined && Date.parse(key.revoked_at) < bid.at)) return 'keyNotInForce'
  if (key.algorithm === 'SM2') return 'sm2'
  const [der, house] = [unhex(key.public_key), await houseOf(logKey)]
  if (!der || house === undefined) return 'forged'
  const text = signedText(house, bid.bidder, { lot: bid.lot, price: yuan, key: bid.key, confirm: bid.isConfirmed })
  try {
    const imported = await crypto.subtle.importKey('spki', der, curve, false, ['verify'])
    return (await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, imported, value, text)) ? 'holds' : 'forged'
  } catch {
    return 'forged' // bytes that are no key of that curve
  }
}
