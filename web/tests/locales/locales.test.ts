// Chinese and English say the same things, and the page asks for nothing that is not said.
import { describe, expect, it } from 'vitest'
import { messagesOf } from '../text/speak'

const sources = import.meta.glob<string>(['../../src/**/*.vue', '../../src/**/*.ts', '!../../src/locales/**'], {
  ...{ eager: true, query: '?raw', import: 'default' },
})

/** "words.nav.hall" -> its text. */
function leaves(messages: Record<string, unknown>, prefix = ''): Map<string, string> {
  const all = new Map<string, string>()
  for (const [name, value] of Object.entries(messages)) {
    if (typeof value === 'string') all.set(prefix + name, value)
    else for (const [key, text] of leaves(value as Record<string, unknown>, `${prefix}${name}.`)) all.set(key, text)
  }
  return all
}
const zh = leaves(messagesOf('zh'))
const en = leaves(messagesOf('en'))
const names = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).sort()

/** What the sources ask for: whole keys, and the fixed beginning of keys made up while running. */
function asked(): { keys: Map<string, string>; beginnings: Map<string, string> } {
  const [keys, beginnings] = [new Map<string, string>(), new Map<string, string>()]
  for (const [path, text] of Object.entries(sources)) {
    for (const [, key] of text.matchAll(/\bt\(\s*'([^']+)'/g)) keys.set(key!, path)
    for (const [, call] of text.matchAll(/\bt\(([^()`]*\?[^()`]*)\)/g)) {
      for (const [, key] of call!.matchAll(/'(\w+\.[\w.]+)'/g)) keys.set(key!, path) // one or the other
    }
    for (const [, start] of text.matchAll(/\bt\(\s*`([^`$]*)\$\{/g)) beginnings.set(start!, path)
    for (const [, key] of text.matchAll(/\btitle: '([a-z]+\.\w+)'/g)) keys.set(key!, path) // of the router
  }
  return { keys, beginnings }
}

describe('the words', () => {
  it('have the same keys in both languages', () => {
    expect([...en.keys()].sort()).toEqual([...zh.keys()].sort())
    expect(zh.size).toBeGreaterThan(200)
  })
  it('take the same figures and names in both languages', () => {
    const different = [...zh].filter(([key, text]) => names(text).join() !== names(en.get(key) ?? '').join()).map(([key]) => key)
    expect(different).toEqual([])
  })
  it('are never empty, and hold nothing that the compiler of messages takes for a sign of its own', () => {
    const odd = [...zh, ...en].filter(([, text]) => text.trim() === '' || /[@|]/.test(text)).map(([key]) => key)
    expect(odd).toEqual([])
  })
})

describe('the page', () => {
  const { keys, beginnings } = asked()
  it('asks only for what is said', () => {
    expect(keys.size).toBeGreaterThan(200)
    const missing = [...keys].filter(([key]) => !zh.has(key)).map(([key, path]) => `${key} in ${path}`)
    expect(missing).toEqual([])
  })
  it('makes up keys only where there is something to find', () => {
    const isLost = (start: string): boolean => start !== '' && ![...zh.keys()].some((key) => key.startsWith(start))
    const lost = [...beginnings].filter(([start]) => isLost(start))
    expect(lost).toEqual([])
  })
})
