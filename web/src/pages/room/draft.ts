// The typed price outlives a reload, per lot and per supplier of this tab.

type Memory = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

const name = (lot: string, alias: string): string => `ebb.typed.${lot}.${alias}`

export function typedBefore(memory: Memory | undefined, lot: string, alias: string): string {
  try {
    return memory?.getItem(name(lot, alias)) ?? ''
  } catch {
    return ''
  }
}
export function keepTyped(memory: Memory | undefined, lot: string, alias: string, text: string): void {
  try {
    if (text === '') memory?.removeItem(name(lot, alias))
    else memory?.setItem(name(lot, alias), text)
  } catch {
    // Storage full or forbidden: it is typed again after a reload.
  }
}
/** The storage of this tab or of this browser, where it is allowed. */
export function storage(which: 'sessionStorage' | 'localStorage'): Storage | undefined {
  try {
    return window[which]
  } catch {
    return undefined
  }
}
