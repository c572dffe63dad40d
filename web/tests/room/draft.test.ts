import { expect, it } from 'vitest'
import { keepTyped, typedBefore } from '../../src/pages/room/draft'

it('what was typed comes back for the same lot and the same supplier only', () => {
  const kept = new Map<string, string>()
  const memory = {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  }
  keepTyped(memory, '12-1', 'S2', '97,0')
  expect(typedBefore(memory, '12-1', 'S2')).toBe('97,0')
  expect(typedBefore(memory, '12-2', 'S2')).toBe('')
  expect(typedBefore(memory, '12-1', 'S1')).toBe('')
  keepTyped(memory, '12-1', 'S2', '')
  expect(kept.size).toBe(0)
})
it('a browser that forbids storage forgets, and nothing breaks', () => {
  const forbidden = (): never => {
    throw new DOMException('denied')
  }
  const memory = { getItem: forbidden, setItem: forbidden, removeItem: forbidden }
  keepTyped(memory, '12-1', 'S2', '97')
  expect(typedBefore(memory, '12-1', 'S2')).toBe('')
  expect(typedBefore(undefined, '12-1', 'S2')).toBe('')
})
