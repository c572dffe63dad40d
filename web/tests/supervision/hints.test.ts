import { describe, expect, it } from 'vitest'
import type { BidLine, BidderLine, PublicPicture } from '../../src/ebb'
import { bigCut, hintsOf, ladder, withBid } from '../../src/pages/supervision/hints'

const ends = '2026-11-22T09:10:00.000Z'
const before = (ms: number): number => Date.parse(ends) - ms
const live = (more: Partial<PublicPicture> = {}): PublicPicture => ({
  title: 'paper',
  format: 'reverse',
  ceiling: '10000.00',
  opens_at: '2026-11-22T09:00:00.000Z',
  ends_at: ends,
  state: 'RUNNING',
  extensions: 0,
  decrement: '50.00',
  ...more,
})
const bids = (...said: [alias: string, price: number][]): BidLine[] =>
  said.map(([alias, price], at) => ({ seq: at + 1, at: `2026-11-22T09:01:${String(at).padStart(2, '0')}.000Z`, alias, price: `${price}.00` }))
const bidder = (alias: string, price?: string, disqualified?: string): BidderLine => ({
  alias,
  ...(price ? { price } : {}),
  ...(disqualified ? { disqualified } : {}),
})
const kinds = (lot: Parameters<typeof hintsOf>[0], now: number): string[] => hintsOf(lot, now).map((hint) => hint.kind)

describe('near the end', () => {
  const lonely = { public: live({ best: '9000.00' }), supervision: { bidders: [bidder('S1', '9000.00'), bidder('S2')] } }
  it('one bidder is a hint in the last two minutes, and not before', () => {
    expect(hintsOf(lonely, before(120_000))).toEqual([{ kind: 'oneBidder', alias: 'S1' }])
    expect(kinds(lonely, before(120_001))).toEqual([])
    expect(kinds(lonely, before(0))).toEqual([])
  })
  it('nobody is another', () => {
    expect(kinds({ public: live(), supervision: { bidders: [bidder('S1')] } }, before(1_000))).toEqual(['noBidder'])
  })
  it('whoever is disqualified does not count', () => {
    const supervision = { bidders: [bidder('S1', '9000.00'), bidder('S2', '8000.00', 'forged papers')] }
    expect(withBid(supervision)).toEqual(['S1'])
    expect(kinds({ public: live({ best: '9000.00' }), supervision }, before(1_000))).toEqual(['oneBidder'])
  })
  it('several who hardly move the price', () => {
    const supervision = { bidders: [bidder('S1', '9900.01'), bidder('S2', '9950.00')] }
    expect(kinds({ public: live({ best: '9900.01' }), supervision }, before(1_000))).toEqual(['nearCeiling'])
    expect(kinds({ public: live({ best: '9900.00' }), supervision }, before(1_000))).toEqual([])
  })
  it('a sealed lot gives none: nothing is known of it', () => {
    expect(kinds({ public: live({ format: 'sealed' }), supervision: {} }, before(1_000))).toEqual([])
  })
  it('a closed lot gives none', () => {
    expect(kinds({ ...lonely, public: live({ state: 'AWARDED' }) }, before(1_000))).toEqual([])
  })
})

describe('a pause', () => {
  it('is long from ten minutes on', () => {
    const paused = { public: live({ state: 'PAUSED', remaining_s: 300 }) } // five minutes before the end
    expect(kinds(paused, before(300_000) + 599_999)).toEqual([])
    expect(hintsOf(paused, before(300_000) + 600_000)).toEqual([{ kind: 'longPause', minutes: 10 }])
  })
})

describe('a big cut', () => {
  it('takes the lead down by 30 % or more', () => {
    expect(bigCut(bids(['S1', 10000], ['S2', 7001]))).toBeUndefined()
    expect(bigCut(bids(['S1', 10000], ['S2', 7000]))).toMatchObject({ alias: 'S2', percent: '30.0', from: '10000.00', to: '7000.00' })
  })
  it('is measured from the lead, not from the bid before', () => {
    expect(bigCut(bids(['S1', 7000], ['S2', 10000], ['S1', 6900]))).toBeUndefined()
  })
  it('is no matter of the first bid', () => {
    expect(bigCut(bids(['S1', 100]))).toBeUndefined()
  })
})

describe('a ladder', () => {
  const turns = (steps: number, step: number): BidLine[] =>
    bids(...Array.from({ length: steps + 1 }, (_, at): [string, number] => [at % 2 === 0 ? 'S1' : 'S2', 9000 - at * step]))
  it('is six identical steps in turns', () => {
    expect(ladder(turns(5, 70), '50.00')).toBeUndefined()
    expect(ladder(turns(6, 70), '50.00')).toEqual({ kind: 'ladder', aliases: ['S2', 'S1'], times: 6, step: 7000n })
  })
  it('needs twice as many where the step is the smallest allowed', () => {
    expect(ladder(turns(11, 50), '50.00')).toBeUndefined()
    expect(ladder(turns(12, 50), '50.00')).toMatchObject({ times: 12 })
  })
  it('ends with a third, another step, or the same bidder twice', () => {
    const six = turns(6, 70)
    expect(ladder([...six, ...bids(['S3', 8510])], '50.00')).toBeUndefined()
    expect(ladder([...six, ...bids(['S2', 8500])], '50.00')).toBeUndefined()
    expect(ladder([...six, ...bids(['S1', 8510])], '50.00')).toBeUndefined()
  })
  it('is counted from the newest bid back to where it began', () => {
    expect(ladder([...bids(['S3', 9500], ['S4', 9400]), ...turns(7, 70)], '50.00')).toMatchObject({ times: 7 })
  })
})

it('finds the patterns again when the lot has changed', () => {
  const first = { public: live(), supervision: { bids: bids(['S1', 10000]) } }
  expect(kinds(first, before(300_000))).toEqual([])
  expect(kinds({ ...first, supervision: { bids: bids(['S1', 10000], ['S2', 5000]) } }, before(300_000))).toEqual(['bigCut'])
})
