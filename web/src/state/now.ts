// The server's time as a reactive number, for countdowns. One timer for all who look.
import { onScopeDispose, readonly, shallowRef, type Ref } from 'vue'
import { ebb } from './ebb'

const everyMs = 200
const now = shallowRef(0)
let lookers = 0
let timer: ReturnType<typeof setInterval> | undefined

/** Milliseconds since 1970 by the server's clock, five times a second. */
export function useNow(): Readonly<Ref<number>> {
  now.value = ebb.live.clock.now()
  if (++lookers === 1) timer = setInterval(() => (now.value = ebb.live.clock.now()), everyMs)
  onScopeDispose(() => {
    if (--lookers === 0) clearInterval(timer)
  })
  return readonly(now)
}
