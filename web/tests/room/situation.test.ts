import { describe, expect, it } from 'vitest'
import type { Link, OwnPicture, PublicPicture } from '../../src/ebb'
import { situation } from '../../src/pages/room/situation'
import { during, ends, live, mine, receipt, result, reverse, sealed } from './pictures'

const kind = (seen: PublicPicture | undefined, own: OwnPicture | undefined, link: Link = live, now = during): string =>
  situation(seen, own, link, now).kind

describe('the link', () => {
  it('is said first while there is nothing to see', () => {
    expect(kind(undefined, undefined, { state: 'connecting', since: 0 })).toBe('connecting')
    expect(kind(undefined, undefined)).toBe('connecting') // live, the pictures are on their way
    expect(kind(reverse(), undefined)).toBe('connecting')
  })
  it.each(['lost', 'ended', 'refused'] as const)('%s: what is on the screen is not to be relied on', (state) => {
    expect(situation(reverse(), mine({ rank: 1 }), { state, since: 0 }, during)).toEqual({ kind: state, tone: 'bad' })
  })
  it('connecting again, with pictures of before, is lost', () => {
    expect(kind(reverse(), mine(), { state: 'connecting', since: 0 })).toBe('lost')
    expect(kind(reverse(), mine(), { state: 'stopped', since: 0 })).toBe('lost')
  })
  it('late leaves the sentence and casts a doubt on it', () => {
    const found = situation(reverse(), mine({ rank: 1 }), { state: 'late', since: 0 }, during)
    expect(found).toMatchObject({ kind: 'leading', doubt: 'late' })
  })
  it('resumed is said for four seconds', () => {
    const back: Link = { state: 'live', since: 0, resumedAt: during }
    expect(situation(reverse(), mine(), back, during + 3_999).doubt).toBe('resumed')
    expect(situation(reverse(), mine(), back, during + 4_000).doubt).toBeUndefined()
  })
})

describe('a reverse auction under way', () => {
  it('before the start', () => {
    const seen = reverse({ state: 'SCHEDULED' })
    expect(situation(seen, mine(), live, during)).toEqual({ kind: 'scheduled', tone: 'calm', at: seen.opens_at })
  })
  it('no bid yet', () => expect(kind(reverse({ best: '90000.00' }), mine())).toBe('open'))
  it('a bid that was voided, and another that stands', () => {
    const voided = [{ seq: 71, reason: 'x' }]
    expect(situation(reverse(), mine({ voided, receipts: [receipt()] }), live, during)).toEqual({ kind: 'voided', tone: 'bad' })
    expect(kind(reverse(), mine({ voided, rank: 1 }))).toBe('leading')
    expect(kind(sealed(), mine({ voided, receipts: [receipt()] }))).toBe('voided')
    expect(kind(sealed(), mine({ voided, receipts: [receipt(), receipt({ key: 'k2', seq: 72 })] }))).toBe('quoted')
  })
  it('the result waits for signatures, or for other lots as well', () => {
    const waits = reverse({ state: 'RESULT_PENDING', signed_bids: true })
    expect(kind(waits, mine())).toBe('verifying')
    expect(kind({ ...waits, release: 'results_together' }, mine())).toBe('pending')
    expect(kind(reverse({ state: 'RESULT_PENDING' }), mine())).toBe('pending')
  })
  it('leading', () => {
    expect(situation(reverse(), mine({ rank: 1 }), live, during)).toEqual({ kind: 'leading', tone: 'good', rank: 1 })
    expect(kind(reverse({ state: 'EXTENDED' }), mine({ rank: 1 }))).toBe('leading')
  })
  it('overtaken, with the rank', () => {
    expect(situation(reverse(), mine({ rank: 3 }), live, during)).toEqual({ kind: 'overtaken', tone: 'warn', rank: 3 })
  })
  it('behind is not overtaken: nobody came between since the bid', () => {
    const entered = (...ranks: number[]): OwnPicture['receipts'] => ranks.map((rank, at) => receipt({ key: `k${at}`, rank }))
    expect(situation(reverse(), mine({ rank: 2, receipts: entered(2) }), live, during)).toEqual({ kind: 'behind', tone: 'warn', rank: 2 })
    expect(kind(reverse(), mine({ rank: 2, receipts: entered(1, 3) }))).toBe('behind')
    expect(kind(reverse(), mine({ rank: 2, receipts: entered(3, 1) }))).toBe('overtaken')
    expect(kind(reverse(), mine({ rank: 2, receipts: [...entered(1), receipt({ key: 'r', outcome: 'refused' })] }))).toBe('overtaken')
  })
  it('paused, with the reason, also past the old end', () => {
    const seen = reverse({ state: 'PAUSED', reason: '核实参数', remaining_s: 90 })
    expect(situation(seen, mine({ rank: 1 }), live, ends + 1)).toEqual({ kind: 'paused', tone: 'warn', reason: '核实参数' })
    expect(situation({ ...seen, paused_because: 'clock_step' }, mine({ rank: 1 }), live, ends + 1).paused_because).toBe('clock_step')
  })
  it('the end is half-open: at the end it is over, whatever was seen last', () => {
    expect(kind(reverse(), mine({ rank: 1 }), live, ends - 1)).toBe('leading')
    expect(kind(reverse(), mine({ rank: 1 }), live, ends)).toBe('closing')
    expect(kind(sealed(), mine(), live, ends)).toBe('closing')
  })
  it('disqualified, before and after the close', () => {
    const own = mine({ disqualified: '资格不符' })
    for (const state of ['SCHEDULED', 'RUNNING', 'PAUSED', 'AWARDED', 'ORDER_CONFIRMED'] as const) {
      expect(situation(reverse({ state }), own, live, during)).toEqual({ kind: 'disqualified', tone: 'bad', reason: '资格不符' })
    }
  })
  it('no attempts left, with and without a rank', () => {
    expect(situation(reverse(), mine({ attempts_left: 0, rank: 2 }), live, during)).toMatchObject({ kind: 'spent', rank: 2 })
    expect(kind(reverse(), mine({ attempts_left: 0 }))).toBe('spentUnplaced')
  })
})

describe('a sealed inquiry under way', () => {
  const quoted = mine({ receipts: [receipt()] })
  it('before and after the first quote', () => {
    expect(kind(sealed(), mine())).toBe('quoteOpen')
    expect(kind(sealed(), mine({ receipts: [receipt({ outcome: 'refused' })] }))).toBe('quoteOpen')
    expect(kind(sealed(), quoted)).toBe('quoted')
  })
  it('says no rank before the close', () => {
    expect(situation(sealed(), { ...quoted, rank: 1 }, live, during)).toEqual({ kind: 'quoted', tone: 'calm' })
  })
  it('no attempts left', () => {
    expect(kind(sealed(), { ...quoted, attempts_left: 0 })).toBe('quoteSpent')
    expect(kind(sealed(), mine({ attempts_left: 0 }))).toBe('spentUnplaced')
  })
})

describe('after the close', () => {
  const until = '2026-11-25T09:30:00.000Z'
  it('the buyer is choosing', () => {
    const seen = sealed({ state: 'SELECTING', result: result() })
    expect(situation(seen, mine({ rank: 1 }), live, ends)).toMatchObject({ kind: 'selecting', rank: 1 })
    expect(kind(reverse({ state: 'SELECTING', result: result() }), mine({ rank: 1 }))).toBe('selecting')
  })
  it('the award is mine to confirm, whichever stream says so first', () => {
    const seen = reverse({ state: 'AWARDED', result: result('S2') })
    const award = { price: '90000.00', until }
    expect(situation(seen, mine({ rank: 1, award }), live, ends)).toEqual({ kind: 'asked', tone: 'good', rank: 1, at: until })
    expect(situation(seen, mine({ rank: 1 }), live, ends)).toMatchObject({ kind: 'asked', at: until })
    expect(kind(reverse({ state: 'AWARDED' }), mine({ rank: 1, award }))).toBe('asked')
  })
  it('won only when confirmed, though the award is still in the picture', () => {
    const own = mine({ rank: 1, award: { price: '90000.00', until } })
    expect(situation(reverse({ state: 'ORDER_CONFIRMED', result: result('S2') }), own, live, ends)).toMatchObject({ kind: 'won', tone: 'good' })
  })
  it('somebody else is asked: nothing is lost yet', () => {
    expect(kind(reverse({ state: 'AWARDED', result: result('S1') }), mine({ rank: 2 }))).toBe('standby')
    expect(kind(sealed({ state: 'AWARDED', result: result('S1') }), mine({ rank: 1 }))).toBe('standby')
  })
  it('not won', () => {
    expect(kind(reverse({ state: 'ORDER_CONFIRMED', result: result('S1') }), mine({ rank: 2 }))).toBe('notWon')
    expect(kind(sealed({ state: 'ORDER_CONFIRMED', result: result('S1') }), mine({ rank: 1 }))).toBe('notWon')
  })
  it('declined: who was first and is not the winner any more', () => {
    expect(kind(reverse({ state: 'WINNER_DECLINED', result: result() }), mine({ rank: 1 }))).toBe('declined')
    expect(kind(reverse({ state: 'AWARDED', result: result('S1') }), mine({ rank: 1 }))).toBe('declined')
    expect(kind(reverse({ state: 'ORDER_CONFIRMED', result: result('S1') }), mine({ rank: 1 }))).toBe('declined')
  })
  it('declined by another', () => {
    expect(kind(reverse({ state: 'WINNER_DECLINED', result: result() }), mine({ rank: 2 }))).toBe('winnerDeclined')
  })
  it('closed without a bid of mine', () => {
    for (const state of ['SELECTING', 'AWARDED', 'ORDER_CONFIRMED', 'WINNER_DECLINED'] as const) {
      expect(kind(reverse({ state, result: result('S1') }), mine())).toBe('absent')
    }
  })
  it('failed and aborted', () => {
    expect(kind(reverse({ state: 'FAILED_NO_BID' }), mine())).toBe('failedNoBid')
    expect(kind(sealed({ state: 'FAILED_FEW' }), mine({ rank: 1 }))).toBe('failedFew')
    expect(situation(reverse({ state: 'ABORTED', reason: '需求变更' }), mine({ rank: 1 }), live, during)).toEqual({
      kind: 'aborted',
      tone: 'bad',
      reason: '需求变更',
    })
  })
})
