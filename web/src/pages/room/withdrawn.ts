// Bids taken back within their turn. The server's receipt of a bid stays as it was, so this tab remembers; by the end of
// the turn the pictures say what counts.
import { shallowRef } from 'vue'

type Memory = Pick<Storage, 'getItem' | 'setItem'>
const remembered = 'ebb.withdrawn'
const keptMost = 50
const turn = shallowRef(0) // whoever asked is asked again

function kept(memory: Memory | undefined): string[] {
  try {
    const list: unknown = JSON.parse(memory?.getItem(remembered) ?? '[]')
    return Array.isArray(list) ? list.filter((key) => typeof key === 'string') : []
  } catch {
    return []
  }
}
export function wasWithdrawn(memory: Memory | undefined, key: string): boolean {
  return turn.value >= 0 && kept(memory).includes(key)
}
export function rememberWithdrawn(memory: Memory | undefined, key: string): void {
  try {
    memory?.setItem(remembered, JSON.stringify([...kept(memory), key].slice(-keptMost)))
  } catch {
    // Storage forbidden: the button stays, and the server says that nothing is left to take back.
  }
  turn.value++
}
