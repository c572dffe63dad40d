// How long to wait before the next try: full jitter, so that everybody a restart threw out does not come back at once.

export class Backoff {
  private failures = 0
  constructor(
    private readonly random: () => number = Math.random,
    private readonly firstMs = 500,
    private readonly mostMs = 15_000,
  ) {}

  /** Milliseconds; `leastMs` is what the server asked for. */
  next(leastMs = 0): number {
    const most = Math.min(this.mostMs, this.firstMs * 2 ** this.failures)
    this.failures += 1
    return leastMs + Math.round(most * (0.2 + 0.8 * this.random()))
  }
  reset(): void {
    this.failures = 0
  }
}
