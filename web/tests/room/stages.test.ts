// The room in lots of several stages: where a supplier stands, what it may do, and what is left to say.
import { describe, expect, it } from 'vitest'
import type { OwnBid, OwnPicture, PublicPicture, Stage } from '../../src/ebb'
import { checkPrice, checkTyped, cutOf } from '../../src/pages/room/check'
import { obstacle } from '../../src/pages/room/obstacle'
import { situation } from '../../src/pages/room/situation'
import { areBidsSecret, bidOfStage, isLimitSecret, isOwnTurn, wayOf } from '../../src/pages/room/way'
import { during, ends, live, mine, receipt, reverse } from './pictures'

const ends_at = new Date(ends).toISOString()
function staged(format: PublicPicture['format'], stage: Partial<Stage> | undefined, changes: Partial<PublicPicture> = {}): PublicPicture {
  const seen = reverse({ format, ...changes })
  if (stage) seen.stage = { kind: 'bidding', round: 1, ends_at, ...stage }
  return seen
}
const where = (seen: PublicPicture, own: OwnPicture): string => situation(seen, own, live, during).kind
const why = (seen: PublicPicture, own: OwnPicture, hasQuoted = false): unknown => obstacle(seen, own, live, during, hasQuoted)

describe('turns', () => {
  const turn = (alias: string, changes: Partial<PublicPicture> = {}): PublicPicture =>
    staged('rounds', { kind: 'turn', round: 2, turn: 1, alias }, { turn_s: 1_200, ...changes })

  it('first quotes are hidden from everybody, and may be given once or again', () => {
    const first = staged('rounds', { kind: 'bidding' })
    expect([wayOf(first), areBidsSecret(first), where(first, mine())]).toEqual(['quote', true, 'firstOpen'])
    expect(where(first, mine({ receipts: [receipt()] }))).toBe('firstQuoted')
    expect(why(first, mine(), true)).toBeUndefined()
    expect(why({ ...first, requotes: false }, mine(), true)).toBe('quotedOnce')
  })
  it('the own turn is loud, with the round', () => {
    expect(situation(turn('S2'), mine({ rank: 3, next_limit: '90000.00' }), live, during)).toEqual({ kind: 'yourTurn', tone: 'turn', round: 2 })
    expect(why(turn('S2'), mine({ next_limit: '90000.00' }))).toBeUndefined()
    expect(why(turn('S2'), mine())).toBe('bottom')
  })
  it("another's turn says whose, and shuts the box", () => {
    expect(situation(turn('S1'), mine({ rank: 1 }), live, during)).toEqual({ kind: 'otherTurn', tone: 'calm', round: 2, alias: 'S1', rank: 1 })
    expect(why(turn('S1'), mine({ next_limit: '1.00' }))).toBe('notYourTurn')
    expect(areBidsSecret(turn('S1'))).toBe(false)
  })
  it('a break says what comes, and a stage that is over is not the end', () => {
    const pause = staged('rounds', { kind: 'break', round: 3 })
    expect(situation(pause, mine(), live, during)).toEqual({ kind: 'between', tone: 'calm', round: 3 })
    expect(why(pause, mine())).toBe('between')
    expect(situation(turn('S2'), mine(), live, ends).kind).toBe('turning')
    expect(obstacle(turn('S2'), mine({ next_limit: '1.00' }), live, ends)).toBe('turning')
  })
  it('finds the bid of this turn, and none of an earlier one or one that was taken back', () => {
    const bid = (at: number, key = 'k'): OwnBid => ({ key, price: '80000.00', state: 'accepted', at })
    const opened = ends - 1_200_000
    expect(bidOfStage(turn('S2'), [bid(opened)])?.key).toBe('k')
    expect(bidOfStage(turn('S2'), [bid(opened - 1)])).toBeUndefined()
    expect(bidOfStage(turn('S2'), [{ ...bid(opened), state: 'refused' }])).toBeUndefined()
    expect(bidOfStage(turn('S2'), [bid(opened)], (key) => key === 'k')).toBeUndefined()
    expect(bidOfStage(staged('rounds', { kind: 'bidding' }), [bid(opened)])).toBeUndefined()
  })
})

describe('a dutch price', () => {
  const level = staged('dutch', { kind: 'level', turn: 4, level: '64000.00' })
  it('is asked of everybody', () => {
    expect(wayOf(level)).toBe('level')
    expect(situation(level, mine({ next_limit: '64000.00' }), live, during)).toEqual({ kind: 'levelAsked', tone: 'turn', price: '64000.00' })
    expect(why(level, mine({ next_limit: '64000.00' }))).toBeUndefined()
  })
  it('once taken, leaves the sealed bids to the others', () => {
    const sealedBids = staged('dutch', { kind: 'sealed_bids', level: '64000.00' }, { sealed_for_s: 600 })
    expect([wayOf(sealedBids), where(sealedBids, mine())]).toEqual(['quote', 'beatTaker'])
    expect(where(sealedBids, mine({ receipts: [receipt()] }))).toBe('beatenTaker')
    expect(where(sealedBids, mine({ best_own: '64000.00' }))).toBe('yourOrder')
    expect(why(sealedBids, mine({ best_own: '64000.00' }))).toBe('notYourTurn')
    expect(why(sealedBids, mine({ next_limit: '63900.00' }))).toBeUndefined()
  })
  it('comes back to the taker for a best bid', () => {
    const best = staged('dutch', { kind: 'best_bid', alias: 'S2' }, { best_bid_for_s: 600 })
    expect(isOwnTurn(best.stage, mine())).toBe(true)
    expect([where(best, mine()), where(best, mine({ alias: 'S1' }))]).toEqual(['bestBid', 'otherBestBid'])
    expect(why(best, mine({ alias: 'S1' }))).toBe('notYourTurn')
  })
})

describe('a japanese price', () => {
  const level = staged('japanese', { kind: 'level', turn: 2, level: '96000.00' })
  it('is accepted once', () => {
    expect(why(level, mine({ next_limit: '96000.00', best_own: '98000.00' }))).toBeUndefined()
    expect(situation(level, mine({ best_own: '96000.00' }), live, during)).toEqual({ kind: 'levelAccepted', tone: 'good', price: '96000.00' })
    expect(why(level, mine({ best_own: '96000.00' }))).toBe('isIn')
  })
  it('leaves out who did not accept, and says so whatever follows', () => {
    expect(situation(level, mine({ eliminated: true, best_own: '98000.00' }), live, during)).toEqual({ kind: 'eliminated', tone: 'bad' })
    expect(why(level, mine({ eliminated: true }))).toBe('eliminated')
  })
})

describe('an open auction that tells less', () => {
  const hidden = { lead: false, rank: false, colour: false, count: false, lead_after_bid: false }
  it('has no rank to speak of: the lamp, or only that the bid counts', () => {
    const own = mine({ best_own: '90000.00', next_limit: '89500.00' })
    const seen = reverse({ visibility: hidden })
    expect(where(seen, own)).toBe('bidStands')
    expect((['green', 'yellow', 'red'] as const).map((colour) => where(seen, { ...own, colour }))).toEqual(['leading', 'tied', 'notLeading'])
    expect(where(seen, mine({ next_limit: '100000.00' }))).toBe('open')
  })
  it('lets any price be tried where the next one would give the lead away', () => {
    const secret = reverse({ visibility: hidden, step_basis: 'best' })
    expect(isLimitSecret(secret, mine())).toBe(true)
    expect(why(secret, mine())).toBeUndefined()
    expect(isLimitSecret({ ...secret, best: '90000.00' }, mine())).toBe(false)
    expect(isLimitSecret(secret, mine({ lead: '90000.00' }))).toBe(false)
    expect(isLimitSecret(reverse({ visibility: hidden }), mine())).toBe(false)
    expect(why(reverse({ visibility: hidden }), mine())).toBe('bottom')
  })
  it('lets the server bid alone, and the leader wait', () => {
    expect(why(reverse({ proxies: true }), mine({ proxy: { step: '500.00' } }))).toBe('proxy')
    expect(why(reverse({ leader_waits: true }), mine({ rank: 1 }))).toBe('leaderWaits')
    expect(why(reverse({ leader_waits: true }), mine({ colour: 'green' }))).toBe('leaderWaits')
    expect(why(reverse({ leader_waits: true }), mine({ rank: 2, next_limit: '1.00' }))).toBeUndefined()
  })
})

describe('after the bidding', () => {
  it('waits for other lots, or was only practised', () => {
    expect(where(reverse({ state: 'RESULT_PENDING' }), mine({ rank: 1 }))).toBe('pending')
    expect(where(reverse({ state: 'PRACTICE_ENDED' }), mine({ rank: 1 }))).toBe('practiceEnded')
    expect(why(reverse({ state: 'RESULT_PENDING' }), mine())).toBe('closed')
  })
})

describe('a price', () => {
  it('off the grid is told the next one on it', () => {
    const seen = reverse({ step_kind: 'multiple' })
    expect(checkPrice(9_949_999n, seen, undefined)).toEqual({ kind: 'offGrid', limit: '99000.00' })
    expect(checkTyped('99500', seen, undefined)).toMatchObject({ kind: 'good', price: '99500.00' })
    expect(checkTyped('99499.99', reverse(), undefined).kind).toBe('good')
  })
  it('in a turn is measured by the lead, which is public there', () => {
    const turn = staged('rounds', { kind: 'turn', alias: 'S2' }, { best: '90000.00' })
    expect(cutOf(8_000_000n, turn)).toMatchObject({ basis: 'best', from: '90000.00' })
    expect(cutOf(8_000_000n, staged('rounds', { kind: 'bidding' }, { best: '90000.00' })).basis).toBe('ceiling')
  })
})
