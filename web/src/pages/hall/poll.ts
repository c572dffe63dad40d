// Asks again from time to time, and at once when the page is looked at again; never while nobody looks.
import { onScopeDispose } from 'vue'

export function usePoll(ask: () => Promise<void> | void, everyMs: number): void {
  const look = (): void => {
    if (!document.hidden) void ask()
  }
  const timer = setInterval(look, everyMs)
  document.addEventListener('visibilitychange', look)
  onScopeDispose(() => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', look)
  })
}
