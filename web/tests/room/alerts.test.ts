import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { isOvertaken, remember, TitleFlash, wanted } from '../../src/pages/room/alerts'
import { Announcer, announceEveryMs } from '../../src/pages/room/announcer'

describe('overtaken', () => {
  const at = (rank: number | undefined, isLive = true): { rank: number | undefined; isLive: boolean } => ({ rank, isLive })
  it('a worse rank while the lot is live', () => {
    expect(isOvertaken(at(1), at(2))).toBe(true)
    expect(isOvertaken(at(2), at(3))).toBe(true)
  })
  it('not a better one, not the same, not the first, not a lost one, not after the close', () => {
    expect(isOvertaken(at(2), at(1))).toBe(false)
    expect(isOvertaken(at(2), at(2))).toBe(false)
    expect(isOvertaken(at(undefined), at(2))).toBe(false)
    expect(isOvertaken(at(1), at(undefined))).toBe(false)
    expect(isOvertaken(at(1), at(2, false))).toBe(false)
  })
})

it('the choice is remembered, and a browser without storage is silent', () => {
  const kept = new Map<string, string>()
  const memory = { getItem: (name: string) => kept.get(name) ?? null, setItem: (name: string, value: string) => void kept.set(name, value) }
  expect(wanted(memory)).toBe(false)
  remember(memory, true)
  expect(wanted(memory)).toBe(true)
  remember(memory, false)
  expect(wanted(memory)).toBe(false)
  expect(wanted(undefined)).toBe(false)
})

describe('on a clock', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('the title takes turns and comes back', () => {
    const page = { title: '竞价' }
    const flash = new TitleFlash(page)
    flash.start('● 已被超越')
    expect(page.title).toBe('● 已被超越')
    vi.advanceTimersByTime(1_000)
    expect(page.title).toBe('竞价')
    vi.advanceTimersByTime(1_000)
    expect(page.title).toBe('● 已被超越')
    flash.stop()
    expect(page.title).toBe('竞价')
    vi.advanceTimersByTime(5_000)
    expect(page.title).toBe('竞价')
  })
  it('a title that the page changed meanwhile is kept', () => {
    const page = { title: '竞价' }
    const flash = new TitleFlash(page)
    flash.start('● 1')
    flash.start('● 2')
    page.title = '标段 2'
    vi.advanceTimersByTime(2_000)
    flash.stop()
    expect(page.title).toBe('标段 2')
  })

  it('one announcement in three seconds, the newest of each topic', () => {
    const said: string[] = []
    const announcer = new Announcer((text) => said.push(text))
    announcer.say('situation', '第 1 名')
    expect(said).toEqual(['第 1 名'])
    announcer.say('situation', '第 2 名')
    announcer.say('receipt', '已受理')
    announcer.say('situation', '第 3 名')
    vi.advanceTimersByTime(announceEveryMs - 1)
    expect(said).toHaveLength(1)
    vi.advanceTimersByTime(1)
    expect(said[1]).toBe('已受理 第 3 名')
    vi.advanceTimersByTime(60_000)
    expect(said).toHaveLength(2)
    announcer.say('extension', '延时')
    expect(said[2]).toBe('延时')
  })
  it('says nothing after it was stopped', () => {
    const said: string[] = []
    const announcer = new Announcer((text) => said.push(text))
    announcer.say('situation', 'a')
    announcer.say('situation', 'b')
    announcer.stop()
    vi.advanceTimersByTime(10_000)
    expect(said).toEqual(['a'])
  })
})
