import { describe, expect, it } from 'vitest'
import { landing, type Place } from '../../src/pages/account/landing'

const places: Record<string, Place> = {
  '/': { name: 'hall', meta: {} },
  '/auctions/12/1': { name: 'auction', meta: {} },
  '/desk/12': { name: 'console', meta: { roles: ['purchaser'] } },
  '/sign-in': { name: 'sign-in', meta: {} },
}
const resolve = (path: string): Place => places[path] ?? { name: 'nowhere', meta: {} }
const go = (then: unknown): string => landing(then, 'purchaser', '/desk', resolve)

describe('landing after sign-in', () => {
  it('goes where one wanted to go', () => {
    expect(go('/auctions/12/1')).toBe('/auctions/12/1')
    expect(go('/desk/12')).toBe('/desk/12')
    expect(go('/')).toBe('/')
  })
  it('goes home without a wish, or with one that cannot be', () => {
    for (const then of [undefined, '', ['/'], '/nonsense', '/sign-in']) expect(go(then)).toBe('/desk')
    expect(landing('/desk/12', 'supplier', '/', resolve)).toBe('/')
  })
  it('never leaves the page', () => {
    const anywhere = (): Place => ({ name: 'hall', meta: {} })
    for (const then of ['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)'])
      expect(landing(then, 'purchaser', '/desk', anywhere)).toBe('/desk')
  })
})
