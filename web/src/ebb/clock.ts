// The server's clock as this client knows it. A countdown on the user's own clock is the classic complaint against
// auction pages; here the user's clock is never asked: only the monotonic one, and four time stamps of a probe.
//
//   t0 client sends   t1 server receives   t2 server sends   t3 client receives
//   offset = ((t1 - t0) + (t2 - t3)) / 2, wrong by at most half of the round trip (t3 - t0) - (t2 - t1)

export interface Sample {
  offset: number // ms: server time - monotonic time
  rtt: number // ms
  at: number // monotonic ms
}

const keptMs = 120_000 // a sample is believed that long; quartz drifts some 50 ppm, 6 ms in it
const stepMs = 250 // from here on the clock jumps; below it slews, so that a countdown never runs backwards
const slewPerMs = 0.05

export class ServerClock {
  private samples: Sample[] = []
  private shownOffset: number | undefined // what now() uses: slews towards the best sample
  private shownAt = 0

  constructor(private readonly monotonic: () => number = () => performance.now()) {}

  get isSet(): boolean {
    return this.shownOffset !== undefined
  }
  /** Half of the best round trip: how wrong now() may be, in ms. Infinity before the first probe is answered. */
  get error(): number {
    const best = this.best()
    return best ? best.rtt / 2 : Number.POSITIVE_INFINITY
  }

  add(t0: number, t1: number, t2: number, t3: number): void {
    this.believe({ offset: (t1 - t0 + (t2 - t3)) / 2, rtt: Math.max(0, t3 - t0 - (t2 - t1)), at: t3 })
  }

  /** Rough, from a message that carries the server's time; only until the first probe is answered. */
  hint(serverMs: number): void {
    const at = this.monotonic()
    // Nobody knows how long it was on its way: any probe is better.
    if (!this.isSet) this.believe({ offset: serverMs - at, rtt: Number.POSITIVE_INFINITY, at })
  }

  /** Milliseconds since 1970 by the server's clock. Never runs backwards but when the server's clock was stepped. */
  now(): number {
    this.slew()
    return this.monotonic() + (this.shownOffset ?? Date.now() - this.monotonic())
  }

  private believe(sample: Sample): void {
    const best = this.best()
    // Further off than both errors together can explain: the server's clock was set, or this machine slept.
    if (best && Math.abs(sample.offset - best.offset) > stepMs + (sample.rtt + best.rtt) / 2) this.samples = []
    this.samples = [...this.samples.filter((one) => sample.at - one.at < keptMs), sample].slice(-16)
    this.slew()
  }
  private slew(): void {
    const best = this.best()
    if (!best) return
    const now = this.monotonic()
    const gap = best.offset - (this.shownOffset ?? best.offset)
    const most = (now - this.shownAt) * slewPerMs
    const jumps = this.shownOffset === undefined || Math.abs(gap) > stepMs || Math.abs(gap) <= most
    this.shownOffset = jumps ? best.offset : this.shownOffset! + Math.sign(gap) * most
    this.shownAt = now
  }
  private best(): Sample | undefined {
    return this.samples.reduce<Sample | undefined>((best, one) => (best && best.rtt <= one.rtt ? best : one), undefined)
  }
}
