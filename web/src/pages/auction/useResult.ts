// What is left of a lot after its close: the result, and the whole history page by page.
import { shallowRef, watch, type ShallowRef } from 'vue'
import type { HistoryEntry, Result } from '../../ebb'
import { ebb } from '../../state/ebb'

/** Read again whenever `about` changes: a winner declines, another is asked. */
export function useResult(lot: () => string, about: () => unknown): { result: ShallowRef<Result | undefined>; problem: ShallowRef<unknown>; read: () => Promise<void> } {
  const result = shallowRef<Result>()
  const problem = shallowRef<unknown>()
  let turn = 0
  async function read(): Promise<void> {
    const mine = ++turn
    try {
      const read = await ebb.api.result(lot())
      if (mine !== turn) return
      result.value = read
      problem.value = undefined
    } catch (error) {
      if (mine === turn) problem.value = error
    }
  }
  watch([lot, about], () => void read(), { immediate: true })
  return { result, problem, read }
}

export interface History {
  entries: ShallowRef<HistoryEntry[]>
  next: ShallowRef<string | undefined>
  isBusy: ShallowRef<boolean>
  isRead: ShallowRef<boolean>
  problem: ShallowRef<unknown>
  /** The next page; or, with `whole`, all that is left. */
  more: (whole?: boolean) => Promise<void>
}

export function useHistory(lot: string): History {
  const entries = shallowRef<HistoryEntry[]>([])
  const next = shallowRef<string>()
  const isBusy = shallowRef(false)
  const isRead = shallowRef(false)
  const problem = shallowRef<unknown>()
  async function more(whole = false): Promise<void> {
    if (isBusy.value) return
    isBusy.value = true
    problem.value = undefined
    try {
      do {
        const page = await ebb.api.history(lot, next.value)
        entries.value = [...entries.value, ...page.items]
        next.value = page.next
        isRead.value = true
      } while (whole && next.value !== undefined)
    } catch (error) {
      problem.value = error
    } finally {
      isBusy.value = false
    }
  }
  void more()
  return { entries, next, isBusy, isRead, problem, more }
}
