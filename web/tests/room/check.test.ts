import { describe, expect, it } from 'vitest'
import type { OwnBid } from '../../src/ebb'
import { belowLead, checkTyped, cutOf, quickSteps, usableLimit } from '../../src/pages/room/check'
import { mine, reverse, sealed } from './pictures'

const seen = reverse({ best: '98500.00' })

describe('a typed price', () => {
  it('nothing typed, no amount, too many decimals, zero', () => {
    expect(checkTyped('  ', seen, '98000.00').kind).toBe('empty')
    for (const typed of ['abc', '-5', '1e3', '98,00', '01', '.5', '98000.', '9 元 8']) {
      expect(checkTyped(typed, seen, '98000.00').kind, typed).toBe('notAmount')
    }
    for (const typed of ['97000.125', '97,000.000', '¥97000.001元', '97000.123']) {
      expect(checkTyped(typed, seen, '98000.00').kind, typed).toBe('tooPrecise')
    }
    expect(checkTyped('0.00', seen, '98000.00').kind).toBe('notPositive')
  })
  it('the way people write it', () => {
    for (const typed of ['98000', '98,000.00', '¥ 98000.0', '98000元']) {
      expect(checkTyped(typed, seen, '98000.00'), typed).toMatchObject({ kind: 'good', price: '98000.00' })
    }
  })
  it('the limit itself is good, one fen above it is not, and the limit is named', () => {
    expect(checkTyped('98000.00', seen, '98000.00').kind).toBe('good')
    expect(checkTyped('98000.01', seen, '98000.00')).toEqual({ kind: 'aboveLimit', limit: '98000.00' })
  })
  it('above the ceiling names what would be taken', () => {
    expect(checkTyped('100000.01', seen, '98000.00')).toEqual({ kind: 'aboveCeiling', limit: '98000.00' })
    expect(checkTyped('100000.01', sealed(), undefined)).toEqual({ kind: 'aboveCeiling', limit: '100000.00' })
  })
  it('sealed: the ceiling alone', () => {
    expect(checkTyped('100000', sealed(), undefined).kind).toBe('good')
  })
})

describe('the cut', () => {
  it('is measured by the best bid, to the fen', () => {
    expect(cutOf(6_895_000n, seen)).toEqual({ from: '98500.00', basis: 'best', by: '29550.00', percent: '30.0', isLarge: true })
    expect(cutOf(6_895_001n, seen)).toMatchObject({ percent: '29.9', isLarge: false })
  })
  it('by the ceiling where there is no best, or it is secret', () => {
    expect(cutOf(980_000n, reverse())).toMatchObject({ from: '100000.00', basis: 'ceiling', percent: '90.2', isLarge: true })
    expect(cutOf(9_800_000n, sealed({ best: '98500.00' }))).toMatchObject({ basis: 'ceiling', isLarge: false })
  })
  it('is none for a price that is not below', () => {
    expect(cutOf(9_900_000n, seen)).toMatchObject({ by: '-500.00', percent: '0.0', isLarge: false })
  })
  it('holds for the largest amounts', () => {
    expect(cutOf(7_000_000_000_001n, reverse({ ceiling: '100000000000.00' })).isLarge).toBe(false)
    expect(cutOf(7_000_000_000_000n, reverse({ ceiling: '100000000000.00' })).isLarge).toBe(true)
  })
})

describe('the limit that is offered', () => {
  const accepted = (price: string): OwnBid => ({ key: price, price, state: 'accepted', at: 0 })
  it('is what the server says', () => {
    expect(usableLimit(mine({ next_limit: '97500.00' }), [accepted('98000.00')])).toBe('97500.00')
    expect(usableLimit(mine(), [])).toBeUndefined()
    expect(usableLimit(undefined, [])).toBeUndefined()
  })
  it('is nothing while the picture is behind a receipt', () => {
    expect(usableLimit(mine({ next_limit: '98000.00' }), [accepted('98000.00')])).toBeUndefined()
    expect(usableLimit(mine({ next_limit: '98000.00' }), [], { seq: 71, price: '97000.00' })).toBeUndefined()
  })
  it('takes no notice of bids that do not stand', () => {
    const refused: OwnBid = { key: 'r', price: '97000.00', state: 'refused', at: 0 }
    expect(usableLimit(mine({ next_limit: '98000.00' }), [refused])).toBe('98000.00')
    expect(usableLimit(mine({ next_limit: '98000.00' }), [{ ...accepted('97000.00'), voided: 'x' }])).toBe('98000.00')
    const voided = [{ seq: 71, reason: 'x' }]
    expect(usableLimit(mine({ next_limit: '98000.00', voided }), [], { seq: 71, price: '97000.00' })).toBe('98000.00')
  })
})

it('one step below the lead is offered where the limit does not lead', () => {
  expect(belowLead(seen, '99500.00')).toBe('98000.00')
  expect(belowLead(seen, '98000.00')).toBeUndefined() // the limit is it: steps are measured by the best
  expect(belowLead(seen, '97000.00')).toBeUndefined()
  expect(belowLead(reverse(), '99500.00')).toBeUndefined()
  expect(belowLead(reverse({ best: '500.00' }), '99500.00')).toBeUndefined() // nothing is left
})

it('quick steps stop above nothing', () => {
  expect(quickSteps('98000.00', '500.00').map((step) => step.price)).toEqual(['97500.00', '97000.00', '95500.00'])
  expect(quickSteps('1000.00', '500.00').map((step) => step.price)).toEqual(['500.00'])
})
