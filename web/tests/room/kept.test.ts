// What a tab keeps for itself of proxies and withdrawn bids.
import { expect, it } from 'vitest'
import { keepLimit, limitKept } from '../../src/pages/room/kept_limit'
import { rememberWithdrawn, wasWithdrawn } from '../../src/pages/room/withdrawn'

class Tab implements Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  readonly kept = new Map<string, string>()
  getItem = (name: string): string | null => this.kept.get(name) ?? null
  setItem = (name: string, value: string): void => void this.kept.set(name, value)
  removeItem = (name: string): void => void this.kept.delete(name)
}
const forbidden: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> = {
  getItem: () => {
    throw new Error('forbidden')
  },
  setItem: () => {
    throw new Error('forbidden')
  },
  removeItem: () => {
    throw new Error('forbidden')
  },
}

it('a limit is kept by lot and supplier, and forgotten', () => {
  const tab = new Tab()
  keepLimit(tab, '12-1', 'S2', '80000.00')
  expect(limitKept(tab, '12-1', 'S2')).toBe('80000.00')
  expect(limitKept(tab, '12-1', 'S3')).toBeUndefined()
  keepLimit(tab, '12-1', 'S2', undefined)
  expect(limitKept(tab, '12-1', 'S2')).toBeUndefined()
})
it('withdrawn bids are kept by key, the newest fifty', () => {
  const tab = new Tab()
  for (let n = 0; n < 60; n++) rememberWithdrawn(tab, `k${n}`)
  expect([wasWithdrawn(tab, 'k59'), wasWithdrawn(tab, 'k10'), wasWithdrawn(tab, 'k9')]).toEqual([true, true, false])
})
it('what lies there may be of another page, or may not be read', () => {
  const tab = new Tab()
  tab.setItem('ebb.withdrawn', '{"not":"a list"}')
  expect(wasWithdrawn(tab, 'k')).toBe(false)
  keepLimit(forbidden, '12-1', 'S2', '1.00')
  rememberWithdrawn(forbidden, 'k')
  expect(limitKept(forbidden, '12-1', 'S2')).toBeUndefined()
  expect(wasWithdrawn(forbidden, 'k')).toBe(false)
})
