// A picture kept by updates: repeats, gaps, lists that grow, members that go. Of a message there is only as much here as a
// case is about.
import { describe, expect, it } from 'vitest'
import { keptEntries, Stream } from '../../src/ebb/stream'
import type { Snapshot, Update } from '../../src/ebb/types'

const name = '12-1/public'
const snapshot = (offset: number, lot: Record<string, unknown>, epoch = 'a'): Snapshot =>
  ({ type: 'snapshot', stream: name, epoch, offset, lot }) as Snapshot
const update = (offset: number, changes: Record<string, unknown>, at = '2026-11-22T09:30:00.000Z'): Update =>
  ({ type: 'update', stream: name, offset, at, ...changes }) as Update
function stream(offset = 3, lot: Record<string, unknown> = { state: 'RUNNING' }): Stream {
  const fresh = new Stream(name)
  fresh.replace(snapshot(offset, lot))
  return fresh
}

describe('a stream', () => {
  it('takes an update that is exactly one more, and only what it names', () => {
    const one = stream(3, { state: 'RUNNING', extensions: 0 })
    expect(one.apply(update(4, { extensions: 1 }, '2026-11-22T09:31:00.000Z'))).toBe('applied')
    expect(one.picture).toEqual({ state: 'RUNNING', extensions: 1 })
    expect(one.position).toEqual({ stream: name, epoch: 'a', offset: 4 })
    expect(one.at).toBe('2026-11-22T09:31:00.000Z')
  })

  it('knows a repeat, and leaves the picture alone', () => {
    const one = stream()
    for (const offset of [0, 2, 3]) expect(one.apply(update(offset, { state: 'ABORTED' }))).toBe('repeat')
    expect(one.picture).toEqual({ state: 'RUNNING' })
  })

  it('knows a gap, and leaves the picture alone', () => {
    const one = stream()
    expect(one.apply(update(5, { state: 'ABORTED' }))).toBe('gap')
    expect(one.picture).toEqual({ state: 'RUNNING' })
    expect(one.position.offset).toBe(3)
  })

  it('has a gap before its first picture', () => {
    expect(new Stream(name).apply(update(0, { state: 'RUNNING' }))).toBe('gap')
  })

  it('is replaced as a whole, also by an older place of another life of the server', () => {
    const one = stream(900, { state: 'PAUSED', reason: '停电', remaining_s: 60 })
    one.replace(snapshot(0, { state: 'RUNNING' }, 'b'))
    expect(one.picture).toEqual({ state: 'RUNNING' })
    expect(one.position).toEqual({ stream: name, epoch: 'b', offset: 0 })
  })

  it('forgets what is null', () => {
    const one = stream(3, { state: 'PAUSED', reason: '停电', remaining_s: 60 })
    one.apply(update(4, { state: 'RUNNING', reason: null, remaining_s: null }))
    expect(one.picture).toEqual({ state: 'RUNNING' })
  })

  it('takes a line of an older seq once: a bid that is voided, automatic bids of one cause', () => {
    const one = stream(3, { bids: [{ seq: 10, alias: 'S1', price: '9.00' }, { seq: 12, alias: 'S2', price: '8.00' }] })
    one.apply(update(4, { bids: [{ seq: 12, alias: 'S2', price: '8.00' }, { seq: 12, alias: 'S1', price: '7.00', automatic: true }] }))
    one.apply(update(5, { bids: [{ seq: 10, alias: 'S1', price: '9.00', voided: true }] }))
    const bids = one.picture.bids as { seq: number }[]
    expect(bids.map((bid) => bid.seq)).toEqual([10, 12, 12, 10])
    expect(bids.at(-1)).toMatchObject({ voided: true })
  })
  it('appends to bids and receipts, without doubles', () => {
    const one = stream(3, { receipts: [{ seq: 10 }, { seq: 12 }] })
    one.apply(update(4, { receipts: [{ seq: 12 }, { seq: 15 }], bids: [{ seq: 15 }] }))
    expect(one.picture).toEqual({ receipts: [{ seq: 10 }, { seq: 12 }, { seq: 15 }], bids: [{ seq: 15 }] })
  })

  it('replaces other lists as a whole', () => {
    const one = stream(3, { bidders: [{ alias: 'S1' }, { alias: 'S2' }] })
    one.apply(update(4, { bidders: [{ alias: 'S2' }] }))
    expect(one.picture.bidders).toEqual([{ alias: 'S2' }])
  })

  it('keeps the newest entries of a list that grows for days', () => {
    const one = stream(0, { bids: [] })
    for (let offset = 1; offset <= keptEntries + 50; offset++) one.apply(update(offset, { bids: [{ seq: offset }] }))
    const kept = one.picture.bids as { seq: number }[]
    expect(kept).toHaveLength(keptEntries)
    expect(kept[0]).toEqual({ seq: 51 })
    expect(kept.at(-1)).toEqual({ seq: keptEntries + 50 })
  })
})

describe('the course of the best price', () => {
  it('is carried on by every update with a best, also one that was taken away', () => {
    const one = stream(3, { leads: [{ at: 't0', price: '100.00' }] })
    one.apply(update(4, { best: '99.00' }, 't1'))
    one.apply(update(5, { extensions: 1 }, 't2'))
    one.apply(update(6, { best: null }, 't3'))
    one.apply(update(6, { best: null }, 't3'))
    expect(one.picture.leads).toEqual([{ at: 't0', price: '100.00' }, { at: 't1', price: '99.00' }, { at: 't3' }])
    expect(one.picture).not.toHaveProperty('best')
  })

  it('is thinned as the server thins it, so that both always have the same points', () => {
    const one = stream(0, { leads: [] })
    for (let offset = 1; offset <= 256; offset++) one.apply(update(offset, { best: '1.00' }, `t${offset}`))
    expect(one.picture.leads).toHaveLength(256)
    one.apply(update(257, { best: '1.00' }, 't257'))
    const points = (one.picture.leads as { at: string }[]).map((point) => point.at)
    expect(points).toHaveLength(193)
    expect(points.slice(0, 3)).toEqual(['t1', 't3', 't5'])
    expect(points.slice(63, 66)).toEqual(['t127', 't129', 't130'])
    expect(points.at(-1)).toBe('t257')
  })

  it('begins with the first bid where there was none', () => {
    const one = stream(3, {})
    one.apply(update(4, { best: '99.00' }, 't1'))
    expect(one.picture.leads).toEqual([{ at: 't1', price: '99.00' }])
  })
})

describe('a picture that was handed out', () => {
  it('does not change behind the back of who holds it', () => {
    const one = stream(3, { leads: [{ at: 't0', price: '100.00' }], bids: [{ seq: 1 }] })
    const seen = { ...one.picture }
    one.apply(update(4, { best: '99.00', bids: [{ seq: 2 }] }, 't1'))
    expect(seen).toEqual({ leads: [{ at: 't0', price: '100.00' }], bids: [{ seq: 1 }] })
    expect(one.picture.bids).toHaveLength(2)
    expect(one.picture.leads).toHaveLength(2)
  })

  it('is not the message it came in', () => {
    const lot = { bids: [{ seq: 1 }], state: 'RUNNING' }
    const one = stream(3, lot)
    one.apply(update(4, { bids: [{ seq: 2 }], state: 'PAUSED' }))
    expect(lot).toEqual({ bids: [{ seq: 1 }], state: 'RUNNING' })
  })
})
