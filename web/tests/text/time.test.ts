import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dateTime, preciseTime, shortDateTime, span, time } from '../../src/text/time'

describe.each(['UTC', 'America/New_York', 'Pacific/Kiritimati'])('a moment, on a machine in %s', (zone) => {
  const before = process.env.TZ
  beforeAll(() => void (process.env.TZ = zone))
  afterAll(() => void (before === undefined ? delete process.env.TZ : (process.env.TZ = before)))

  it('is said in Beijing time', () => {
    expect(dateTime('2026-11-22T09:30:05.000Z')).toBe('2026-11-22 17:30:05')
    expect(dateTime(Date.parse('2026-11-22T09:30:05.999Z'))).toBe('2026-11-22 17:30:05')
    expect(shortDateTime('2026-11-22T09:30:05.000Z')).toBe('11-22 17:30')
    expect(time('2026-11-22T09:30:05.000Z')).toBe('17:30:05')
  })
  it('has a midnight of zero hours, on the new day', () => {
    expect(dateTime('2026-11-22T16:00:00.000Z')).toBe('2026-11-23 00:00:00')
    expect(dateTime('2026-12-31T16:00:00.000Z')).toBe('2027-01-01 00:00:00')
    expect(shortDateTime('2026-11-22T15:59:59.999Z')).toBe('11-22 23:59')
    expect(dateTime('2028-02-28T16:00:00.000Z')).toBe('2028-02-29 00:00:00')
  })
})

describe('a precise moment', () => {
  it('has its milliseconds, and no more of them', () => {
    expect(preciseTime('2026-11-22T09:30:05.007Z')).toBe('17:30:05.007')
    expect(preciseTime('2026-11-22T09:30:05.000Z')).toBe('17:30:05.000')
    expect(preciseTime(Date.parse('2026-11-22T09:30:05.123Z') + 0.75)).toBe('17:30:05.123')
    expect(preciseTime(-1)).toBe('07:59:59.999')
  })
})

describe('a countdown', () => {
  it('shows zero only when it is over', () => {
    expect(span(0).clock).toBe('00:00')
    expect(span(-5_000).clock).toBe('00:00')
    expect(span(0.25).clock).toBe('00:01')
    expect(span(1).clock).toBe('00:01')
    expect(span(1_000).clock).toBe('00:01')
    expect(span(1_001).clock).toBe('00:02')
  })
  it('carries over minutes, hours and days', () => {
    expect(span(59_001).clock).toBe('01:00')
    expect(span(3_599_000).clock).toBe('59:59')
    expect(span(3_599_001)).toEqual({ days: 0, clock: '01:00:00' })
    expect(span(86_399_001)).toEqual({ days: 1, clock: '00:00:00' })
    expect(span(2 * 86_400_000 + 3 * 3_600_000 + 4 * 60_000 + 5_000)).toEqual({ days: 2, clock: '03:04:05' })
  })
})
