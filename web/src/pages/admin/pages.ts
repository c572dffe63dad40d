// A list that the server gives in pages: what is loaded, and the way to more.
import { computed, shallowRef } from 'vue'
import type { Page } from '../../ebb'

export function usePages<T>(load: (after?: string) => Promise<Page<T>>) {
  const items = shallowRef<T[]>()
  const next = shallowRef<string>()
  const problem = shallowRef<unknown>()
  const isLoading = shallowRef(false)
  let turn = 0 // an answer to an older question is not shown

  async function fetchPage(after?: string): Promise<void> {
    const mine = ++turn
    isLoading.value = true
    problem.value = undefined
    try {
      const page = await load(after)
      if (mine !== turn) return
      items.value = after === undefined ? page.items : [...(items.value ?? []), ...page.items]
      next.value = page.next
    } catch (caught) {
      if (mine === turn) problem.value = caught
    } finally {
      if (mine === turn) isLoading.value = false
    }
  }
  const hasMore = computed(() => next.value !== undefined)
  return {
    items,
    problem,
    isLoading,
    hasMore,
    reload: () => fetchPage(),
    more: () => fetchPage(next.value),
    /** What failed last: the next page, or the first. */
    again: () => fetchPage(items.value === undefined ? undefined : next.value),
  }
}
