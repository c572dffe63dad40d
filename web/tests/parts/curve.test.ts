import { describe, expect, it } from 'vitest'
import { curveData, priceRange, withCeilingTo } from '../../src/parts/curve'

const open = Date.parse('2026-11-22T09:00:00.000Z')
const at = (s: number): string => new Date(open + s * 1_000).toISOString()
const seconds = (s: number): number => (open + s * 1_000) / 1_000

describe('the course of the price', () => {
  it('is the ceiling alone before the first bid', () => {
    const data = curveData([], [], '100.00', open, open + 5_000)
    expect(data).toEqual([[seconds(0), seconds(5)], [null, null], [null, null], [100, 100]])
  })
  it('holds the last price up to now', () => {
    const [x, lead] = curveData([{ at: at(2), price: '99.50' }, { at: at(4), price: '98.25' }], [], '100.00', open, open + 9_000)
    expect(x).toEqual([0, 2, 4, 9].map(seconds))
    expect(lead).toEqual([null, 99.5, 98.25, 98.25])
  })
  it('runs up to where a lead was taken away, and is broken behind it', () => {
    const [x, lead] = curveData([{ at: at(2), price: '99.00' }, { at: at(4) }, { at: at(6), price: '99.90' }], [], '100.00', open, open + 7_000)
    expect(x).toEqual([0, 2, 4, 4.001, 6, 7].map(seconds))
    expect(lead).toEqual([null, 99, 99, null, 99.9, 99.9])
  })
  it('puts own bids at their moments, also where nobody else moved', () => {
    const own = [{ at: open + 3_000, price: '99.80' }]
    const [x, lead, mine] = curveData([{ at: at(2), price: '99.00' }], own, '100.00', open, open + 4_000)
    expect(x).toEqual([0, 2, 3, 4].map(seconds))
    expect(lead).toEqual([null, 99, 99, 99])
    expect(mine).toEqual([null, null, 99.8, null])
  })
  it('never ends before what happened, though the clock be slow', () => {
    const [x] = curveData([{ at: at(8), price: '99.00' }], [], '100.00', open, open + 7_000)
    expect(x).toEqual([0, 8].map(seconds))
  })
  it('has the ceiling to the end, and nothing else beyond now', () => {
    const data = curveData([{ at: at(2), price: '99.00' }], [], '100.00', open, open + 4_000)
    const [x, lead, own, ceiling] = withCeilingTo(data, open + 60_000)
    expect(x).toEqual([0, 2, 4, 60].map(seconds))
    expect([lead.at(-1), own.at(-1), ceiling]).toEqual([null, null, [100, 100, 100, 100]])
    expect(withCeilingTo(data, open + 4_000)).toBe(data)
  })
  it('is in the order of time, though bids come first', () => {
    const [x] = curveData([{ at: at(5), price: '97.00' }], [{ at: open + 1_000, price: '98.00' }], '100.00', open, open + 6_000)
    expect(x).toEqual([...x].sort((a, b) => a - b))
  })
})

describe('its range', () => {
  it('has air around it and is never flat or below zero', () => {
    const flat = priceRange(curveData([], [], '100.00', open, open + 1))
    expect(flat).toEqual([99, 101])
    const [low, high] = priceRange(curveData([{ at: at(1), price: '0.01' }], [], '0.02', open, open + 2_000))
    expect(low).toBe(0)
    expect(high).toBeGreaterThan(0.02)
  })
})
