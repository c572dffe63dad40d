import { describe, expect, it } from 'vitest'
import { keyMeaning, rememberSingleKeys, singleKeysWanted, type Pressed } from '../../src/pages/room/keys'

const pressed = (changes: Partial<Pressed>): Pressed => ({
  key: '/',
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  isComposing: false,
  defaultPrevented: false,
  target: null,
  ...changes,
})
const inside = (tagName: string): EventTarget => ({ tagName, closest: () => null }) as unknown as EventTarget

describe('single keys', () => {
  it('move the focus or help; nothing else', () => {
    expect(keyMeaning(pressed({ key: '/' }))).toBe('price')
    expect(keyMeaning(pressed({ key: 'o' }))).toBe('offer')
    expect(keyMeaning(pressed({ key: '?' }))).toBe('help')
    for (const key of ['Enter', ' ', 'b', '1', 'Escape']) expect(keyMeaning(pressed({ key })), key).toBeUndefined()
  })
  it('are letters where text is typed, and in a dialog', () => {
    for (const tag of ['INPUT', 'TEXTAREA', 'SELECT']) expect(keyMeaning(pressed({ target: inside(tag) })), tag).toBeUndefined()
    const inDialog = { tagName: 'BUTTON', closest: () => ({}) } as unknown as EventTarget
    expect(keyMeaning(pressed({ target: inDialog }))).toBeUndefined()
    expect(keyMeaning(pressed({ target: inside('BUTTON') }))).toBe('price')
  })
  it('leave the combinations to the browser', () => {
    for (const held of ['altKey', 'ctrlKey', 'metaKey', 'isComposing', 'defaultPrevented'] as const) {
      expect(keyMeaning(pressed({ [held]: true })), held).toBeUndefined()
    }
  })
  it('can be switched off for good', () => {
    const kept = new Map<string, string>()
    const memory = { getItem: (name: string) => kept.get(name) ?? null, setItem: (name: string, value: string) => void kept.set(name, value) }
    expect(singleKeysWanted(memory)).toBe(true)
    rememberSingleKeys(memory, false)
    expect(singleKeysWanted(memory)).toBe(false)
  })
})
