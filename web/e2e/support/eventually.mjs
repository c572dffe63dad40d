// Waiting for the outside world, with a limit and without sleeping for luck.
import { patienceMs } from './browser.mjs'

/** The pace of a person who presses, looks, and presses again: a page that guards against hasty fingers needs it. */
export const calmly = 1_000

/** What `ask` gives once it gives something, asked every so often; what it last threw or gave is in the complaint. */
export async function eventually(what, ask, everyMs = 50, withinMs = patienceMs) {
  const until = performance.now() + withinMs
  for (;;) {
    let last
    try {
      last = await ask()
      if (last) return last
    } catch (error) {
      last = error
    }
    if (performance.now() > until) throw new Error(`${what}: not within ${withinMs} ms; last: ${last}`)
    await new Promise((again) => setTimeout(again, everyMs)) // wait: for the browser or the server
  }
}
