import { describe, expect, it } from 'vitest'
import type { InquiryHead, LotBrief, PublicPicture } from '../../src/ebb'
import type { LotState as LiveLot } from '../../src/state/live'
import { chosen, divisionsOf, isInside, rowsOf, sorted, summaryOf, type Row } from '../../src/pages/supervision/board'

const brief = (lot: string, more: Partial<LotBrief> = {}): LotBrief => ({ lot, title: `lot ${lot}`, format: 'reverse', ceiling: '100.00', state: 'RUNNING', ...more })
const head = (id: string, lots: LotBrief[], division = '330106'): InquiryHead => ({
  id,
  title: `inquiry ${id}`,
  state: 'RUNNING',
  side: 'supervision',
  buyer: { org: '1', name: 'buyer' },
  division,
  lots,
})
const seen = (lot: string, more: Partial<PublicPicture> = {}, rest: Partial<LiveLot> = {}): LiveLot => ({
  lot,
  bids: [],
  public: {
    title: lot,
    format: 'reverse',
    ceiling: '100.00',
    opens_at: '2026-11-22T09:00:00.000Z',
    ends_at: '2026-11-22T09:10:00.000Z',
    state: 'RUNNING',
    extensions: 0,
    ...more,
  },
  ...rest,
})
const rows = (heads: InquiryHead[], ...live: LiveLot[]): Row[] => rowsOf(heads, (lot) => live.find((one) => one.lot === lot))

describe('the rows', () => {
  it('are the lots that take bids or are paused, as the stream says', () => {
    const heads = [head('1', [brief('1-1'), brief('1-2'), brief('1-3', { state: 'SCHEDULED' })]), head('2', [brief('2-1')])]
    const shown = rows(heads, seen('1-2', { state: 'AWARDED' }), seen('2-1', { state: 'PAUSED', remaining_s: 5 }))
    expect(shown.map((row) => row.lot)).toEqual(['1-1', '2-1'])
    expect(shown[0]).toMatchObject({ lotTitle: 'lot 1-1', state: 'RUNNING' })
    expect(shown[1]!.lotTitle).toBeUndefined()
    expect(shown[1]).toMatchObject({ state: 'PAUSED', remaining_s: 5 })
  })
  it('count bids and bidders, and say when there were more than are kept', () => {
    const bids = Array.from({ length: 200 }, (_, at) => ({ seq: at, at: '', alias: 'S1', price: '90.00' }))
    const [row] = rows([head('1', [brief('1-1')])], seen('1-1', { best: '90.00' }, { supervision: { bids, bidders: [{ alias: 'S1', price: '90.00' }, { alias: 'S2' }] } }))
    expect(row).toMatchObject({ bidders: 1, bids: 200, areBidsCut: true, best: '90.00' })
  })
  it('say nothing of a sealed lot but its clock', () => {
    const [row] = rows([head('1', [brief('1-1', { format: 'sealed' })])], seen('1-1', { format: 'sealed' }, { supervision: { bids: [], bidders: [] } }))
    expect(row!.isSealed).toBe(true)
    expect([row!.best, row!.bids, row!.bidders]).toEqual([undefined, undefined, undefined])
  })
})

it('a row stays the same object until its lot or its inquiry changes', () => {
  const heads = [head('1', [brief('1-1')])]
  const live = seen('1-1')
  const [first] = rows(heads, live)
  expect(rows(heads, live)[0]).toBe(first)
  expect(rows(heads, { ...live })[0]).not.toBe(first)
  expect(rows([head('1', [brief('1-1', { ceiling: '90.00' })])], live)[0]!.ceiling).toBe('90.00')
})

describe('divisions', () => {
  it('are those that occur, with the higher ones', () => {
    expect(divisionsOf([head('1', [], '330106'), head('2', [], '330200')])).toEqual(['330000', '330100', '330106', '330200'])
  })
  it('lie inside of what is above them', () => {
    expect(isInside('330106', '330100')).toBe(true)
    expect(isInside('330106', '330000')).toBe(true)
    expect(isInside('330200', '330100')).toBe(false)
    expect(isInside('331002', '331000')).toBe(true)
    expect(isInside('331102', '331000')).toBe(false)
  })
})

describe('choice, order, sums', () => {
  const shown = rows(
    [head('1', [brief('1-1')], '330106'), head('2', [brief('2-1')], '330200'), head('3', [brief('3-1')], '330100')],
    seen('1-1', { ends_at: '2026-11-22T09:30:00.000Z', best: '90.00' }),
    seen('2-1', { ends_at: '2026-11-22T09:05:00.000Z', extensions: 2, state: 'EXTENDED' }),
    seen('3-1', { ends_at: '2026-11-22T09:01:00.000Z', state: 'PAUSED', remaining_s: 60 }),
  )
  const lots = (of: Row[]): string[] => of.map((row) => row.lot)
  it('filters by division and state', () => {
    expect(lots(chosen(shown, { division: '330100', state: '' }))).toEqual(['1-1', '3-1'])
    expect(lots(chosen(shown, { division: '', state: 'EXTENDED' }))).toEqual(['2-1'])
  })
  it('puts what closes soonest first and what is paused last', () => {
    const none = (): number => 0
    expect(lots(sorted(shown, 'ends', none, none))).toEqual(['2-1', '1-1', '3-1'])
    expect(lots(sorted(shown, 'hints', (lot) => (lot === '3-1' ? 1 : 0), none))).toEqual(['3-1', '2-1', '1-1'])
    expect(lots(sorted(shown, 'cut', none, (row) => (row.best ? 10 : 0)))).toEqual(['1-1', '2-1', '3-1'])
  })
  it('sums up', () => {
    const now = Date.parse('2026-11-22T09:00:00.000Z')
    const hints = (lot: string) => (lot === '1-1' ? [{ kind: 'noBidder' } as const] : [])
    expect(summaryOf(shown, hints, now)).toEqual({ running: 2, paused: 1, extended: 1, soon: 1, hinted: 1 })
  })
})
