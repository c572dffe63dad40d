// Random numbers that can be had again: a test that fails says its seed, EBB_SEED repeats it.
export class Seeded {
  constructor(private state: number) {}
  /** In [0, 1) (mulberry32). */
  next = (): number => {
    this.state = (this.state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  below(limit: number): number {
    return Math.floor(this.next() * limit)
  }
  of<T>(all: readonly T[]): T {
    return all[this.below(all.length)]!
  }
  chance(part: number): boolean {
    return this.next() < part
  }
}

/** The seeds to try: EBB_SEED alone, or as many fresh ones. */
export function seeds(count: number): number[] {
  const wanted = process.env.EBB_SEED
  if (wanted !== undefined) return [Number(wanted)]
  const first = crypto.getRandomValues(new Uint32Array(1))[0]!
  return Array.from({ length: count }, (_, index) => (first + index) >>> 0)
}
