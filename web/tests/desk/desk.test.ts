import { describe, expect, it } from 'vitest'
import type { HistoryEntry, ResultStanding } from '../../src/ebb'
import { mayAskNext, mayHold, mayRelaunch, optionsOf, withStates } from '../../src/pages/desk/console/acts'
import { inTabs, mayNeed, needs, tabsOf } from '../../src/pages/desk/desk'
import { course, hasResult, wholeHistory } from '../../src/pages/desk/record/record'
import { head, inquiry, lot, reverse, sealed } from './sample'

const now = Date.parse('2026-11-22T09:30:00.000Z')
const closed_at = '2026-11-22T09:00:00.000Z'

function standing(bidder: string, rank: number): ResultStanding {
  return { ...{ rank, alias: `S${rank}`, bidder, price: '1.00', evaluated: '1.00', seq: '1', at: closed_at }, selectable: true }
}

describe('tabs', () => {
  it('put an inquiry where it is worked on', () => {
    expect(tabsOf(head(inquiry('DRAFT', [lot(1, undefined)])))).toEqual(['draft'])
    expect(tabsOf(head(inquiry('PUBLISHED', [lot(1, 'SCHEDULED')])))).toEqual(['published'])
    expect(tabsOf(head(inquiry('RUNNING', [lot(1, 'PAUSED'), lot(2, 'SELECTING')])))).toEqual(['running', 'decide'])
    expect(tabsOf(head(inquiry('CLOSED', [lot(1, 'AWARDED')])))).toEqual(['decide'])
    expect(tabsOf(head(inquiry('CLOSED', [lot(1, 'ORDER_CONFIRMED'), lot(2, 'FAILED_FEW')])))).toEqual(['ended'])
    expect(tabsOf(head(inquiry('ABORTED', [lot(1, 'ABORTED')])))).toEqual(['ended'])
  })
  it('leave what was relaunched alone', () => {
    expect(tabsOf(head(inquiry('CLOSED', [lot(1, 'WINNER_DECLINED')])))).toEqual(['decide'])
    expect(tabsOf(head(inquiry('CLOSED', [lot(1, 'WINNER_DECLINED')], { relaunched_as: '13' })))).toEqual(['ended'])
    expect(tabsOf(head(inquiry('CLOSED', [lot(1, 'FAILED_FEW'), lot(2, 'AWARDED')], { relaunched_as: '13' })))).toEqual(['decide'])
  })
  it('count each in all of its own', () => {
    const all = inTabs([head(inquiry('RUNNING', [lot(1, 'RUNNING'), lot(2, 'AWARDED')])), head(inquiry('DRAFT', [lot(1, undefined)]))])
    expect([all.draft.length, all.running.length, all.decide.length, all.ended.length]).toEqual([1, 1, 1, 0])
  })
})

describe('what needs me', () => {
  const kinds = (...of: Parameters<typeof needs>[0]): string[] => needs(of, '7', now).map((need) => need.kind)
  const proposal = (by: string): { bidder: string; by: string; reason: string } => ({ bidder: '5', by, reason: 'x' })

  it('is choosing, approving, asking the next, relaunching, resuming', () => {
    expect(kinds(inquiry('CLOSED', [lot(1, 'SELECTING', { rules: sealed, until: closed_at })]))).toEqual(['choose'])
    expect(kinds(inquiry('CLOSED', [lot(1, 'SELECTING', { proposal: proposal('8') })]))).toEqual(['approve'])
    expect(kinds(inquiry('CLOSED', [lot(1, 'SELECTING', { proposal: proposal('7') })]))).toEqual(['approvalOfOther'])
    expect(kinds(inquiry('CLOSED', [lot(1, 'WINNER_DECLINED', { closed_at, next_available: true })]))).toEqual(['askNext'])
    expect(kinds(inquiry('CLOSED', [lot(1, 'WINNER_DECLINED', { closed_at, next_available: false })]))).toEqual(['relaunch'])
    expect(kinds(inquiry('CLOSED', [lot(1, 'FAILED_FEW', { closed_at })]))).toEqual(['relaunch'])
    expect(kinds(inquiry('RUNNING', [lot(1, 'PAUSED'), lot(2, 'FAILED_FEW', { closed_at })]))).toEqual(['paused'])
  })
  it('is nothing where it was done, or long ago', () => {
    expect(kinds(inquiry('CLOSED', [lot(1, 'FAILED_FEW', { closed_at })], { relaunched_as: '13' }))).toEqual([])
    expect(kinds(inquiry('CLOSED', [lot(1, 'FAILED_FEW', { closed_at: '2026-10-01T00:00:00.000Z' })]))).toEqual([])
    expect(kinds(inquiry('CLOSED', [lot(1, 'AWARDED')]))).toEqual([])
  })
  it('comes with the sooner end first', () => {
    const later = inquiry('CLOSED', [lot(1, 'SELECTING', { until: '2026-11-23T00:00:00.000Z' })], { id: '20' })
    const sooner = inquiry('CLOSED', [lot(1, 'SELECTING', { until: '2026-11-22T12:00:00.000Z' })], { id: '21' })
    expect(needs([later, sooner], '7', now).map((need) => need.inquiry)).toEqual(['21', '20'])
  })
  it('asks only for inquiries that may have something', () => {
    expect(mayNeed(head(inquiry('RUNNING', [lot(1, 'RUNNING')])))).toBe(false)
    expect(mayNeed(head(inquiry('CLOSED', [lot(1, 'SELECTING')])))).toBe(true)
    expect(mayNeed(head(inquiry('CLOSED', [lot(1, 'FAILED_FEW')], { relaunched_as: '13' })))).toBe(false)
    expect(mayNeed(head(inquiry('DRAFT', [lot(1, undefined)])))).toBe(false)
  })
})

describe('acts', () => {
  it('fit the state', () => {
    expect((['SCHEDULED', 'RUNNING', 'PAUSED', 'SELECTING', 'ABORTED'] as const).map((state) => mayHold('pause', state))).toEqual([false, true, false, false, false])
    expect(mayHold('resume', 'PAUSED')).toBe(true)
    expect((['SCHEDULED', 'SELECTING', 'AWARDED', 'FAILED_FEW', 'ABORTED'] as const).map((state) => mayHold('abort', state))).toEqual([true, true, true, false, false])
  })
  it('relaunch an auction once, an inquiry twice', () => {
    const failed = (rules: typeof reverse, relaunch_no: number): boolean => mayRelaunch(inquiry('CLOSED', [lot(1, 'FAILED_FEW', { rules })], { relaunch_no }))
    expect([failed(reverse, 0), failed(reverse, 1), failed(sealed, 1), failed(sealed, 2)]).toEqual([true, false, true, false])
    expect(mayRelaunch(inquiry('CLOSED', [lot(1, 'ABORTED')]))).toBe(false)
  })
  it('ask the next after a decline, where somebody is left, and relaunch where nobody is', () => {
    const declined = (next_available: boolean) => lot(1, 'WINNER_DECLINED', { next_available })
    expect([true, false].map((next) => mayAskNext(declined(next)))).toEqual([true, false])
    expect([true, false].map((next) => mayRelaunch(inquiry('CLOSED', [declined(next)])))).toEqual([false, true])
    expect(mayAskNext(lot(1, 'AWARDED'))).toBe(false)
  })
  it('choose the first freely, unless there are few', () => {
    const selecting = lot(1, 'SELECTING', { rules: sealed, selectable: ['6', '5'] })
    const three = [standing('6', 1), standing('5', 2), standing('7', 3)]
    expect(optionsOf(selecting, three).map((one) => [one.standing.bidder, one.isFree])).toEqual([['6', true], ['5', false]])
    expect(optionsOf(selecting, three.slice(0, 2)).map((one) => one.isFree)).toEqual([false, false])
    expect(optionsOf({ ...selecting, selectable: ['9'] }, three)).toEqual([])
  })
  it('go by the state of the stream', () => {
    const lots = withStates([lot(1, 'RUNNING'), lot(2, 'RUNNING')], (id) => (id === '12-2' ? 'EXTENDED' : undefined))
    expect(lots.map((one) => one.state)).toEqual(['RUNNING', 'EXTENDED'])
  })
})

describe('the record', () => {
  const entry = (seq: string): HistoryEntry => ({ seq, at: closed_at, alias: 'S1', price: '1.00' })
  it('has every page of the history', async () => {
    const pages = new Map([
      [undefined, { items: [entry('1'), entry('2')], next: '2' }],
      ['2', { items: [entry('3')] }],
    ] as const)
    const counts: number[] = []
    const all = await wholeHistory(async (after) => pages.get(after as undefined)! as never, (count) => counts.push(count))
    expect(all.map((one) => one.seq)).toEqual(['1', '2', '3'])
    expect(counts).toEqual([2, 3])
  })
  it('tells results of closed lots only', () => {
    const states = ['SCHEDULED', 'RUNNING', 'PAUSED', 'ABORTED', 'SELECTING', 'FAILED_FEW', 'ORDER_CONFIRMED'] as const
    expect(states.map(hasResult)).toEqual([false, false, false, false, true, true, true])
  })
  it('tells the course', () => {
    const opens_at = '2026-11-22T08:00:00.000Z'
    const keys = (state: Parameters<typeof lot>[1], picture?: object): string[] =>
      course('2026-11-22T07:00:00.000Z', lot(1, state, { opens_at, closed_at, reason: '故障' }), picture as never).map((one) => one.key)
    expect(keys('FAILED_FEW', { extensions: 2 })).toEqual(['published', 'opened', 'extended', 'closed'])
    expect(keys('ABORTED', { extensions: 0 })).toEqual(['published', 'aborted'])
    expect(keys('ABORTED', { extensions: 0, leads: [{ at: opens_at }] })).toEqual(['published', 'opened', 'aborted'])
  })
})
