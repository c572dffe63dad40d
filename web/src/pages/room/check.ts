// A typed price, judged before it is sent, in the order in which the server would (rules.md §4.4).
import { money, type Money, type OwnBid, type OwnPicture, type PublicPicture } from '../../ebb'
import { wayOf } from './way'

export type Check =
  | { kind: 'empty' | 'notAmount' | 'tooPrecise' | 'notPositive' }
  | { kind: 'aboveCeiling' | 'aboveLimit' | 'offGrid'; limit: Money }
  | { kind: 'good'; price: Money; cut: Cut }

/** How far a price lies under what it is measured by. */
export interface Cut {
  from: Money
  /** What `from` is: the best bid of all; where there is none or it is secret, the ceiling. */
  basis: 'best' | 'ceiling'
  by: Money
  /** "30.5", rounded down */
  percent: string
  isLarge: boolean
}

/** From here on the page asks before it sends: a digit left out is far more. */
const largeFromPercent = 30n

export function checkTyped(typed: string, seen: PublicPicture, limit: Money | undefined): Check {
  if (typed.trim() === '') return { kind: 'empty' }
  const plain = typed.normalize('NFKC').trim()
  if (/元\s*\S/.test(plain)) return { kind: 'notAmount' } // "9元8" is 9.80 to some and 98 to others
  const price = money.readYuan(plain)
  if (price !== undefined) return checkPrice(price, seen, limit)
  const shortened = plain.replace(/(\.[0-9]{2})[0-9]+(?=\s*元?$)/, '$1')
  return { kind: money.readYuan(shortened) === undefined ? 'notAmount' : 'tooPrecise' }
}

/** `limit`: the highest price that would be accepted now; undefined where it is not told. */
export function checkPrice(price: bigint, seen: PublicPicture, limit: Money | undefined): Check {
  if (price <= 0n) return { kind: 'notPositive' }
  if (price > money.fen(seen.ceiling)) return { kind: 'aboveCeiling', limit: limit ?? seen.ceiling }
  if (limit !== undefined && price > money.fen(limit)) return { kind: 'aboveLimit', limit }
  const step = seen.step_kind === 'multiple' && seen.decrement !== undefined ? money.fen(seen.decrement) : 1n
  const under = money.fen(seen.ceiling) - price
  if (under % step !== 0n) return { kind: 'offGrid', limit: money.wire(price - (step - (under % step))) }
  return { kind: 'good', price: money.wire(price), cut: cutOf(price, seen) }
}

export function cutOf(price: bigint, seen: PublicPicture): Cut {
  const best = wayOf(seen) === 'open' || seen.stage?.kind === 'turn' ? seen.best : undefined
  const from = best ?? seen.ceiling
  const whole = money.fen(from)
  const by = whole - price
  const permille = by > 0n ? (by * 1_000n) / whole : 0n
  return {
    from,
    basis: best === undefined ? 'ceiling' : 'best',
    by: money.wire(by),
    percent: `${permille / 10n}.${permille % 10n}`,
    isLarge: by * 100n >= whole * largeFromPercent,
  }
}

/**
 * The highest price that would be accepted now, or nothing while the picture is behind a receipt: between the two no
 * order holds, and a limit that is not below a bid of one's own is of the moment before that bid.
 */
export function usableLimit(own: OwnPicture | undefined, bids: OwnBid[], justAccepted?: { seq: number; price: Money }): Money | undefined {
  const limit = own?.next_limit
  if (limit === undefined) return undefined
  const highest = money.fen(limit)
  const mine = bids.filter((bid) => bid.state === 'accepted' && bid.voided === undefined && bid.price !== undefined).map((bid) => bid.price!)
  const isVoided = own?.voided?.some(({ seq }) => seq === justAccepted?.seq)
  if (justAccepted !== undefined && !isVoided) mine.push(justAccepted.price)
  return mine.some((price) => money.fen(price) <= highest) ? undefined : limit
}

/**
 * One step below the lead: where a step is measured by one's own bid, the price offered next may lead nobody. Undefined
 * where the limit leads already.
 */
export function belowLead(seen: PublicPicture, limit: Money): Money | undefined {
  if (seen.best === undefined || seen.decrement === undefined) return undefined
  const price = money.fen(seen.best) - money.fen(seen.decrement)
  return price > 0n && price < money.fen(limit) ? money.wire(price) : undefined
}

/** One, two and five steps below the limit, as far as there is money left. */
export function quickSteps(limit: Money, decrement: Money): { times: number; price: Money }[] {
  return [1, 2, 5]
    .map((times) => ({ times, price: money.fen(limit) - BigInt(times) * money.fen(decrement) }))
    .filter((step) => step.price > 0n)
    .map((step) => ({ times: step.times, price: money.wire(step.price) }))
}
