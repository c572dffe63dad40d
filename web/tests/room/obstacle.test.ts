import { expect, it } from 'vitest'
import { obstacle } from '../../src/pages/room/obstacle'
import { during, ends, live, mine, reverse, sealed } from './pictures'

const bidding = mine({ next_limit: '98000.00' })

it('nothing stands in the way of a bid in a live lot, and of one over a slow link', () => {
  expect(obstacle(reverse(), bidding, live, during)).toBeUndefined()
  expect(obstacle(reverse({ state: 'EXTENDED' }), bidding, { state: 'late', since: 0 }, during)).toBeUndefined()
  expect(obstacle(sealed(), mine(), live, during)).toBeUndefined()
})
it('the link', () => {
  expect(obstacle(reverse(), bidding, { state: 'lost', since: 0 }, during)).toBe('lost')
  expect(obstacle(reverse(), bidding, { state: 'ended', since: 0 }, during)).toBe('signedOut')
  expect(obstacle(reverse(), bidding, { state: 'refused', since: 0 }, during)).toBe('refused')
  expect(obstacle(reverse(), bidding, { state: 'connecting', since: 0 }, during)).toBe('connecting')
  expect(obstacle(undefined, undefined, live, during)).toBe('connecting')
})
it('the lot', () => {
  expect(obstacle(reverse({ state: 'SCHEDULED' }), bidding, live, during)).toBe('notStarted')
  expect(obstacle(reverse({ state: 'PAUSED' }), bidding, live, during)).toBe('paused')
  for (const state of ['SELECTING', 'AWARDED', 'ORDER_CONFIRMED', 'FAILED_FEW', 'ABORTED'] as const) {
    expect(obstacle(reverse({ state }), bidding, live, during)).toBe('closed')
  }
})
it('a bid that must be signed, where nothing can sign; what is shut anyway says why first', () => {
  const signed = reverse({ signed_bids: true })
  expect(obstacle(signed, bidding, live, during, false, false)).toBe('unsigned')
  expect(obstacle(signed, bidding, live, during, false, true)).toBeUndefined()
  expect(obstacle(reverse(), bidding, live, during, false, false)).toBeUndefined()
  expect(obstacle({ ...signed, state: 'PAUSED' }, bidding, live, during, false, false)).toBe('paused')
  expect(obstacle(sealed({ signed_bids: true }), mine(), live, during, false, false)).toBe('unsigned')
})
it('the end is half-open', () => {
  expect(obstacle(reverse(), bidding, live, ends - 1)).toBeUndefined()
  expect(obstacle(reverse(), bidding, live, ends)).toBe('closed')
})
it('the bidder', () => {
  expect(obstacle(reverse(), mine({ disqualified: '资格不符' }), live, during)).toBe('disqualified')
  expect(obstacle(reverse(), mine({ attempts_left: 0 }), live, during)).toBe('noAttempts')
  expect(obstacle(sealed(), mine({ attempts_left: 0 }), live, during)).toBe('noAttempts')
  expect(obstacle(reverse(), mine(), live, during)).toBe('bottom')
})
