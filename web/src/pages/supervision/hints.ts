// What a regulator may want to look at more closely, told from the stream alone. Hints, not verdicts: each has innocent
// explanations, and the rules of the auction have allowed every bid that is seen here.
import { fen } from '../../ebb/money'
import type { BidLine, Money, PublicPicture, SupervisionPicture } from '../../ebb'
import { isLive } from '../auction/seen'
import { cutInPercent } from '../auction/lead'

export type Hint =
  | { kind: 'noBidder' } // nobody has bid and it closes soon
  | { kind: 'oneBidder'; alias: string } // nobody competes and it closes soon
  | { kind: 'nearCeiling'; bidders: number } // several bid and the price has hardly moved
  | { kind: 'longPause'; minutes: number }
  | { kind: 'bigCut'; alias: string; percent: string; from: Money; to: Money; at: string }
  | { kind: 'ladder'; aliases: [string, string]; times: number; step: bigint }

interface Watched {
  public?: PublicPicture
  supervision?: SupervisionPicture
}

const soonMs = 2 * 60_000
const nearPerMille = 10n // under the ceiling by less than 1 %
const pauseMs = 10 * 60_000
const bigCutPerMille = 300n
const ladderTimes = 6
const ladderTimesAtDecrement = 12 // the smallest step that is allowed is what honest rivals take, too

/** Of one lot at this moment (ms, server's clock), the more pressing first. */
export function hintsOf(lot: Watched, now: number): Hint[] {
  const seen = lot.public
  if (!seen || !isLive(seen.state)) return []
  return [...momentary(seen, lot.supervision, now), ...patterns(lot)]
}

function momentary(seen: PublicPicture, supervision: SupervisionPicture | undefined, now: number): Hint[] {
  if (seen.state === 'PAUSED') {
    const minutes = Math.floor((now - pausedAt(seen)) / 60_000)
    return minutes * 60_000 >= pauseMs ? [{ kind: 'longPause', minutes }] : []
  }
  const left = Date.parse(seen.ends_at) - now
  // Levels, turns and hidden quotes have no last minutes in which bidders should be expected.
  if (seen.format !== 'reverse' || !supervision || left > soonMs || left <= 0) return []
  const bidders = withBid(supervision)
  if (bidders.length === 0) return [{ kind: 'noBidder' }]
  if (bidders.length === 1) return [{ kind: 'oneBidder', alias: bidders[0]! }]
  return isNearCeiling(seen) ? [{ kind: 'nearCeiling', bidders: bidders.length }] : []
}

/** Suppliers whose price counts now. */
export function withBid(supervision: SupervisionPicture | undefined): string[] {
  const bidders = supervision?.bidders ?? []
  return bidders.filter((one) => one.price !== undefined && one.disqualified === undefined).map((one) => one.alias)
}

// A pause leaves the end where it was and says what was left of the time.
function pausedAt(seen: PublicPicture): number {
  return seen.remaining_s === undefined ? Infinity : Date.parse(seen.ends_at) - seen.remaining_s * 1_000
}

function isNearCeiling(seen: PublicPicture): boolean {
  if (seen.best === undefined) return false
  const ceiling = fen(seen.ceiling)
  return (ceiling - fen(seen.best)) * 1_000n < ceiling * nearPerMille
}

// ---- In the row of bids ----------------------------------------------------------------------------------------

const known = new WeakMap<Watched, Hint[]>() // a lot's object is replaced whenever something in it changed

function patterns(lot: Watched): Hint[] {
  let hints = known.get(lot)
  if (!hints) {
    const bids = lot.supervision?.bids ?? []
    hints = [bigCut(bids), ladder(bids, lot.public?.decrement)].filter((hint) => hint !== undefined)
    known.set(lot, hints)
  }
  return hints
}

/** The newest bid that took the lead down by 30 % or more. */
export function bigCut(bids: readonly BidLine[]): Hint | undefined {
  let found: Hint | undefined
  let lead: Money | undefined
  for (const { price, alias, at } of bids) {
    if (lead !== undefined && (fen(lead) - fen(price)) * 1_000n >= fen(lead) * bigCutPerMille) {
      found = { kind: 'bigCut', alias, percent: cutInPercent(lead, price), from: lead, to: price, at }
    }
    if (lead === undefined || fen(price) < fen(lead)) lead = price
  }
  return found
}

/** Two suppliers who take turns in identical steps, up to the newest bid. */
export function ladder(bids: readonly BidLine[], decrement: Money | undefined): Hint | undefined {
  const last = bids.at(-1)
  const other = bids.at(-2)
  if (!last || !other || last.alias === other.alias) return undefined
  const step = fen(other.price) - fen(last.price)
  if (step <= 0n) return undefined
  let times = 1 // steps
  for (let at = bids.length - 2; at > 0; at--, times++) {
    const [before, bid] = [bids[at - 1]!, bids[at]!]
    const isTurn = before.alias === bids[at + 1]!.alias && before.alias !== bid.alias
    if (!isTurn || fen(before.price) - fen(bid.price) !== step) break
  }
  const needed = decrement !== undefined && step === fen(decrement) ? ladderTimesAtDecrement : ladderTimes
  return times >= needed ? { kind: 'ladder', aliases: [other.alias, last.alias], times, step } : undefined
}
