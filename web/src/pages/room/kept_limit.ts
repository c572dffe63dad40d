// The limit of a proxy, as it was set in this tab: the server tells it to nobody, not even to its owner.
import type { Money } from '../../ebb'

type Memory = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
const name = (lot: string, alias: string): string => `ebb.limit.${lot}.${alias}`

export function limitKept(memory: Memory | undefined, lot: string, alias: string): Money | undefined {
  try {
    return memory?.getItem(name(lot, alias)) ?? undefined
  } catch {
    return undefined
  }
}
export function keepLimit(memory: Memory | undefined, lot: string, alias: string, limit: Money | undefined): void {
  try {
    if (limit === undefined) memory?.removeItem(name(lot, alias))
    else memory?.setItem(name(lot, alias), limit)
  } catch {
    // Storage full or forbidden: the panel then says that the limit is not shown.
  }
}
