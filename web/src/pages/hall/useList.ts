// One list of the hall: read, read again, continued. Filters that change start it afresh; a late answer is forgotten.
import { shallowRef, watch, type ShallowRef } from 'vue'
import type { InquiryHead, InquiryQuery, Page } from '../../ebb'
import { ebb } from '../../state/ebb'
import { continued, refreshed, type List } from './list'
import { usePoll } from './poll'

export interface HallList {
  list: ShallowRef<List | undefined> // undefined: not read yet
  problem: ShallowRef<unknown>
  isBusy: ShallowRef<boolean> // continuing
  refresh: () => Promise<void>
  more: () => Promise<void>
}

const everyMs = 10_000
const emptyPagesMax = 5 // a rare filter: the server examines so many rows a page, and may find none

export function useList(query: () => InquiryQuery | undefined): HallList {
  const list = shallowRef<List>()
  const problem = shallowRef<unknown>()
  const isBusy = shallowRef(false)
  let turn = 0

  async function first(asked: InquiryQuery): Promise<void> {
    const mine = turn
    try {
      const page = await filled(asked)
      if (mine !== turn) return
      list.value = list.value ? refreshed(list.value, page) : page
      problem.value = undefined
    } catch (error) {
      if (mine === turn) problem.value = error
    }
  }
  async function refresh(): Promise<void> {
    const asked = query()
    if (asked) await first(asked)
  }
  async function more(): Promise<void> {
    const [asked, before, mine] = [query(), list.value?.next, turn]
    if (!asked || before === undefined || isBusy.value) return
    isBusy.value = true
    try {
      const page = await filled({ ...asked, before })
      if (mine !== turn) return
      list.value = continued(list.value!, page)
      problem.value = undefined
    } catch (error) {
      if (mine === turn) problem.value = error
    } finally {
      isBusy.value = false
    }
  }
  watch(
    () => JSON.stringify(query()),
    () => {
      turn++
      list.value = undefined
      problem.value = undefined
      void refresh()
    },
    { immediate: true },
  )
  usePoll(refresh, everyMs)
  return { list, problem, isBusy, refresh, more }
}

async function filled(query: InquiryQuery): Promise<Page<InquiryHead>> {
  let page = await ebb.api.inquiries(query)
  for (let tries = 1; page.items.length === 0 && page.next !== undefined && tries < emptyPagesMax; tries++) {
    page = await ebb.api.inquiries({ ...query, before: page.next })
  }
  return page
}
