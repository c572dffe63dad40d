// How long to wait before the next try.
import { describe, expect, it } from 'vitest'
import { Backoff } from '../../src/ebb/backoff'

describe('the wait before the next try', () => {
  it('doubles up to a limit', () => {
    const backoff = new Backoff(() => 1)
    expect([0, 0, 0, 0, 0, 0, 0].map(() => backoff.next())).toEqual([500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000])
  })

  it('is spread over four fifths, never nothing', () => {
    const least = new Backoff(() => 0)
    expect([0, 0, 0].map(() => least.next())).toEqual([100, 200, 400])
  })

  it('adds to what the server asked for', () => {
    expect(new Backoff(() => 0.5).next(30_000)).toBe(30_300)
  })

  it('starts again after a success', () => {
    const backoff = new Backoff(() => 1)
    backoff.next()
    backoff.next()
    backoff.reset()
    expect(backoff.next()).toBe(500)
  })

  it('differs between two who were thrown out together', () => {
    const waits = new Set(Array.from({ length: 50 }, () => new Backoff().next()))
    expect(waits.size).toBeGreaterThan(10)
  })
})
