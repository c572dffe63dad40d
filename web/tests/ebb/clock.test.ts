// The server's clock from four stamps: what a countdown stands on.
import { describe, expect, it } from 'vitest'
import { ServerClock } from '../../src/ebb/clock'

/** A machine whose monotonic clock the test turns, and a server that is `ahead` of it. */
function bench(ahead: number) {
  const world = { now: 1_000, ahead, rate: 1 }
  const clock = new ServerClock(() => world.now)
  const server = (): number => world.ahead + world.now * world.rate
  return {
    world,
    clock,
    server,
    pass: (ms: number) => (world.now += ms),
    /** A probe that takes `there` ms on the way to the server and `back` ms home. */
    probe(there: number, back: number, inside = 0) {
      const t0 = world.now
      world.now += there
      const t1 = server()
      world.now += inside
      const t2 = server()
      world.now += back
      clock.add(t0, t1, t2, world.now)
    },
  }
}
const ahead = 1_795_000_000_000

describe('the offset', () => {
  it('is exact where both ways take the same time, whatever the server did in between', () => {
    const { clock, probe, server } = bench(ahead)
    expect(clock.isSet).toBe(false)
    expect(clock.error).toBe(Infinity)
    probe(40, 40, 300)
    expect(clock.isSet).toBe(true)
    expect(clock.now()).toBe(server())
    expect(clock.error).toBe(40)
  })

  it('is wrong by no more than it says', () => {
    for (const [there, back] of [[0, 90], [90, 0], [10, 50], [200, 1]] as const) {
      const { clock, probe, server } = bench(ahead)
      probe(there, back)
      expect(Math.abs(clock.now() - server())).toBeLessThanOrEqual(clock.error)
    }
  })

  it('is that of the quickest probe, in whatever order they come', () => {
    const { clock, probe, pass, server } = bench(ahead)
    probe(5, 5)
    probe(5, 200)
    probe(150, 5)
    pass(20_000)
    expect(clock.error).toBe(5)
    expect(clock.now()).toBe(server())
  })

  it('hinted by the greeting yields to the first probe', () => {
    const { clock, probe, pass, server } = bench(ahead)
    clock.hint(server() - 120) // the greeting was 120 ms on its way
    expect(clock.isSet).toBe(true)
    expect(clock.now()).toBe(server() - 120)
    expect(clock.error).toBe(Infinity)
    probe(10, 10)
    pass(10_000)
    expect(clock.error).toBe(10)
    expect(clock.now()).toBe(server())
  })

  it('is not touched by a hint once it is known', () => {
    const { clock, probe, server } = bench(ahead)
    probe(10, 10)
    clock.hint(server() - 5_000)
    expect(clock.now()).toBe(server())
  })
})

describe('what is shown', () => {
  it('slews towards a better offset and never runs backwards', () => {
    const { clock, probe, pass, server } = bench(ahead)
    probe(200, 0) // shown 100 ms ahead
    expect(clock.now() - server()).toBe(100)
    let last = clock.now()
    probe(5, 5)
    for (let step = 0; step < 300; step++) {
      pass(10)
      const now = clock.now()
      expect(now).toBeGreaterThan(last)
      last = now
    }
    expect(clock.now()).toBe(server())
  })

  it('jumps when the server’s clock was stepped', () => {
    for (const step of [-30_000, +30_000]) {
      const { clock, probe, world, pass, server } = bench(ahead)
      probe(5, 5)
      pass(5_000)
      world.ahead += step
      probe(60, 60) // slower than the sample of before the step, and yet believed
      expect(clock.now()).toBe(server())
    }
  })

  it('is right again after the machine slept', () => {
    const { clock, probe, world, server } = bench(ahead)
    probe(5, 5)
    world.ahead += 3_600_000 // an hour that the monotonic clock did not count
    probe(30, 30)
    expect(clock.now()).toBe(server())
  })

  it('follows a clock that drifts, though the quickest probe was long ago', () => {
    const { clock, probe, pass, world, server } = bench(ahead)
    probe(1, 1)
    world.rate = 1 + 50e-6
    for (let probes = 0; probes < 720; probes++) {
      pass(5_000)
      probe(20, 20)
    }
    pass(1_000)
    expect(Math.abs(clock.now() - server())).toBeLessThan(10)
  })

  it('is the machine’s own time before anything was heard', () => {
    const clock = new ServerClock(() => 5)
    expect(Math.abs(clock.now() - Date.now())).toBeLessThan(1_000)
  })
})
