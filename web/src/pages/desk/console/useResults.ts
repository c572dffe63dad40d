// The results of the lots that have closed, read again when one's state moves.
import { onScopeDispose, shallowReactive, shallowRef, watch } from 'vue'
import type { Lot, Result } from '../../../ebb'
import { ebb } from '../../../state/ebb'
import { isBeforeClose } from './acts'

// Where results are told together, that of a lot that waits is still kept back; before the last signature is verified
// there is none.
function mayRead({ state, rules }: Lot): boolean {
  if (state === 'RESULT_PENDING') return rules.release === 'awards_together' && !rules.signed_bids
  return state !== undefined && !isBeforeClose(state)
}

export function useResults(lots: () => Lot[]) {
  const results = shallowReactive(new Map<string, Result>())
  const problem = shallowRef<unknown>()
  let turn = 0

  async function read(): Promise<void> {
    const mine = ++turn
    const closed = lots().filter((lot) => mayRead(lot))
    try {
      const found = await Promise.all(closed.map((lot) => ebb.api.result(lot.lot)))
      if (mine !== turn) return
      results.clear()
      for (const result of found) results.set(result.lot, result)
      problem.value = undefined
    } catch (error) {
      if (mine === turn) problem.value = error
    }
  }
  watch(() => lots().map((lot) => `${lot.lot}:${lot.state ?? ''}`).join(), read, { immediate: true })
  onScopeDispose(() => turn++)
  return { results, problem, read }
}
