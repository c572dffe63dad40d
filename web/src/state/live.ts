// The live connection as the page sees it: painted at most once a frame, however many updates come in between.
import { defineStore } from 'pinia'
import { onScopeDispose, shallowReactive, shallowRef, toValue, watch, type MaybeRefOrGetter } from 'vue'
import type { Link, LotView, OwnBid, Problem } from '../ebb'
import { ebb } from './ebb'

export interface LotState extends LotView {
  bids: OwnBid[] // of this person, newest first
}

export const useLive = defineStore('live', () => {
  const link = shallowRef<Link>(ebb.live.link)
  /** By lot. A new object whenever something changed. */
  const lots = shallowReactive(new Map<string, LotState>())
  const followProblems = shallowReactive(new Map<string, Problem>()) // by inquiry
  const changed = new Set<string>()
  let painting = false

  function paint(): void {
    painting = false
    for (const lot of changed) {
      followProblems.delete(lot.split('-')[0]!) // there is a picture after all
      lots.set(lot, { ...ebb.live.view(lot), bids: ebb.live.bids(lot) })
    }
    changed.clear()
  }
  ebb.live.onLot = (lot) => {
    changed.add(lot)
    if (painting) return
    painting = true
    // A page in the background gets no frames, but its title and its sound must know.
    if (document.hidden) setTimeout(paint, 250)
    else requestAnimationFrame(paint)
  }
  ebb.live.onLink = (now) => (link.value = now)
  ebb.live.onFollowProblem = (inquiry, problem) => followProblems.set(inquiry, problem)
  window.addEventListener('online', () => ebb.live.wake())
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) return
    ebb.live.wake()
    paint()
  })

  /** Lots of an inquiry that are known by now. */
  function lotsOf(inquiry: string): LotState[] {
    const prefix = `${inquiry}-`
    return [...lots.values()]
      .filter((lot) => lot.lot.startsWith(prefix))
      .sort((a, b) => Number(a.lot.slice(prefix.length)) - Number(b.lot.slice(prefix.length)))
  }
  return { link, lots, followProblems, lotsOf }
})

/** Follows these inquiries as long as the component lives; the list may change. */
export function useFollow(inquiries: MaybeRefOrGetter<string[]>): void {
  const ends = new Map<string, () => void>()
  watch(
    () => [...toValue(inquiries)],
    (wanted) => {
      for (const [inquiry, end] of ends) {
        if (wanted.includes(inquiry)) continue
        end()
        ends.delete(inquiry)
      }
      for (const inquiry of wanted) if (!ends.has(inquiry)) ends.set(inquiry, ebb.live.follow(inquiry))
    },
    { immediate: true },
  )
  onScopeDispose(() => ends.forEach((end) => end()))
}
