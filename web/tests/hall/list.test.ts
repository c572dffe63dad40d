import { describe, expect, it } from 'vitest'
import type { InquiryHead } from '../../src/ebb'
import { continued, filtersOf, phaseOf, queryOf, refreshed, searchable, type List } from '../../src/pages/hall/list'

const head = (id: number, title = `inquiry ${id}`): InquiryHead => ({
  id: String(id),
  title,
  state: 'RUNNING',
  side: 'public',
  buyer: { org: '1', name: 'buyer' },
  division: '330100',
  lots: [],
})
const list = (ids: number[], next?: number): List => ({ items: ids.map((id) => head(id)), ...(next === undefined ? {} : { next: String(next) }) })
const ids = (of: List): number[] => of.items.map((item) => Number(item.id))

describe('a first page read again', () => {
  it('is all there is when it has no next', () => {
    const now = refreshed(list([9, 8, 7], 7), list([9, 7]))
    expect(ids(now)).toEqual([9, 7])
    expect(now.next).toBeUndefined()
  })
  it('brings new ones, drops those that moved on, and keeps older pages', () => {
    const now = refreshed(list([9, 8, 5, 4], 4), list([10, 8], 8))
    expect(ids(now)).toEqual([10, 8, 5, 4])
    expect(now.next).toBe('4')
  })
  it('compares ids as numbers', () => {
    const now = refreshed(list([1002, 1001, 999, 998], 998), list([1002, 1000], 1000))
    expect(ids(now)).toEqual([1002, 1000, 999, 998])
  })
  it('keeps a list that was read to its end complete when the page got an end of its own', () => {
    const now = refreshed(list([9, 8, 7]), list([10, 9, 8], 8))
    expect(ids(now)).toEqual([10, 9, 8, 7])
    expect(now.next).toBeUndefined()
  })
  it('starts to have a next where a complete list turns out longer', () => {
    expect(refreshed(list([9, 8]), list([10, 9, 8], 8)).next).toBe('8')
  })
  it('takes the newer state of what it already had', () => {
    const before = list([9])
    expect(refreshed(before, { items: [head(9, 'changed')] }).items[0]!.title).toBe('changed')
  })
})

describe('a page behind', () => {
  it('follows what is here, nothing twice', () => {
    const now = continued(list([9, 8], 8), list([8, 7], 7))
    expect(ids(now)).toEqual([9, 8, 7])
    expect(now.next).toBe('7')
  })
  it('may be the last', () => {
    expect(continued(list([9], 9), list([])).next).toBeUndefined()
  })
})

describe('the phase of an inquiry', () => {
  it('runs while any lot takes bids or is paused', () => {
    expect(phaseOf(['SCHEDULED', 'RUNNING'])).toBe('running')
    expect(phaseOf(['ORDER_CONFIRMED', 'EXTENDED'])).toBe('running')
    expect(phaseOf(['PAUSED'])).toBe('running')
  })
  it('comes while any lot is scheduled, also after another closed', () => {
    expect(phaseOf(['FAILED_FEW', 'SCHEDULED'])).toBe('coming')
  })
  it('is closed when no lot is left, whatever follows the close', () => {
    expect(phaseOf(['SELECTING', 'AWARDED', 'WINNER_DECLINED', 'FAILED_NO_BID', 'ABORTED'])).toBe('closed')
  })
  it('is none before it is published', () => {
    expect(phaseOf([undefined, undefined])).toBeUndefined()
  })
})

describe('filters in the address', () => {
  it('survive the way there and back', () => {
    const filters = { show: 'closed', q: '打印纸', format: 'sealed', mine: true } as const
    expect(filtersOf(queryOf(filters))).toEqual(filters)
    expect(queryOf({ q: '', mine: false })).toEqual({})
  })
  it('forget what they do not know', () => {
    expect(filtersOf({ show: 'all', q: ['a', 'b'], format: 'english', mine: 'yes' })).toEqual({ q: '', mine: false })
  })
  it('search no more than the server takes, and cut no character', () => {
    expect(searchable('  打印纸 ')).toBe('打印纸')
    const long = searchable('纸'.repeat(60))
    expect(long).toBe('纸'.repeat(33)) // 99 bytes
    expect(searchable('🖨'.repeat(30))).toBe('🖨'.repeat(25))
  })
})
