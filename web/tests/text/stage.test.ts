import { describe, expect, it } from 'vitest'
import type { Stage } from '../../src/ebb'
import { nextLevel, stageSaid } from '../../src/text/stage'
import { speaker } from './speak'

const t = speaker('zh')
const ends_at = '2026-11-22T09:30:00.000Z'
const stage = (more: Partial<Stage>): Stage => ({ kind: 'bidding', round: 1, ends_at, ...more })

describe('a stage in words', () => {
  it('is nothing where there is only one', () => {
    expect(stageSaid({ format: 'reverse' }, t)).toBeUndefined()
    expect(stageSaid({ format: 'reverse', stage: stage({}) }, t)).toBeUndefined()
  })
  it('says the round, whose turn, and whether it is mine', () => {
    expect(stageSaid({ format: 'reverse', stage: stage({ round: 2 }), rounds: 3 }, t)).toBe('第 2 轮,共 3 轮')
    expect(stageSaid({ format: 'rounds', stage: stage({}), rounds: 3 }, t)).toBe('首轮密封报价')
    const turn = { format: 'rounds' as const, stage: stage({ kind: 'turn', turn: 1, alias: 'S4' }), rounds: 3 }
    expect(stageSaid(turn, t)).toBe('第 1 轮,共 3 轮,轮到 S4')
    expect(stageSaid(turn, t, 'S4')).toBe('第 1 轮,共 3 轮,轮到您')
  })
  it('names the price only where it is told', () => {
    expect(stageSaid({ format: 'dutch', stage: stage({ kind: 'level', turn: 3, level: '1200.00' }) }, t)).toBe('第 3 档价位 1,200.00 元')
    expect(stageSaid({ format: 'dutch', stage: stage({ kind: 'sealed_bids', level: '1200.00' }) }, t)).toContain('1,200.00')
    expect(stageSaid({ format: 'dutch', stage: stage({ kind: 'sealed_bids' }) }, t)).toBe('密封报价阶段')
  })
})

describe('the next level', () => {
  const dutch = (level: string): unknown => nextLevel({ format: 'dutch', stage: stage({ kind: 'level', level }), level_step: '300.00', last_level: '1000.00' })
  const japanese = (level: string): unknown => nextLevel({ format: 'japanese', stage: stage({ kind: 'level', level }), level_step: '300.00', last_level: '400.00' })
  it('rises to the last, which need not be a whole step away', () => {
    expect([dutch('400.00'), dutch('900.00'), dutch('1000.00')]).toEqual(['700.00', '1000.00', undefined])
  })
  it('falls, but never below the last', () => {
    expect([japanese('1000.00'), japanese('700.00'), japanese('600.00')]).toEqual(['700.00', '400.00', undefined])
  })
  it('is unknown without levels', () => expect(nextLevel({ format: 'reverse', stage: stage({}) })).toBeUndefined())
})
