// Waiting for the outside world, with a limit and without sleeping for luck.
import { patienceMs } from './browser.mjs'

/** What `ask` gives once it gives something; what it last threw or gave is in the complaint. */
export async function eventually(what, ask, withinMs = patienceMs) {
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
    await new Promise((again) => setTimeout(again, 50)) // wait: for the browser or the server
  }
}
