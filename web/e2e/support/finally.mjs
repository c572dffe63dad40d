// What a test has set up is taken down in the other order: windows first, the server last. (node:test runs its own hooks
// first in, first out.) `t` is a test, or anything with after().
const takings = new WeakMap()

export function finallyDo(t, step) {
  if (!takings.has(t)) {
    const steps = []
    takings.set(t, steps)
    t.after(() => takeDown(steps))
  }
  takings.get(t).push(step)
}

/** All of it, also when one of it fails; then what failed first is told. */
async function takeDown(steps) {
  const failed = []
  for (const step of steps.reverse()) await Promise.resolve().then(step).catch((error) => failed.push(error))
  if (failed.length > 0) throw failed[0]
}
