// Being outbid, said so that it is noticed in another tab: two tones and a title that flashes. Opt-in, remembered.

export interface Standing {
  rank: number | undefined
  isLive: boolean
}

/** Somebody else is ahead who was not before. A rank that comes back after a break counts too: it happened meanwhile. */
export function isOvertaken(before: Standing, after: Standing): boolean {
  return after.isLive && before.rank !== undefined && after.rank !== undefined && after.rank > before.rank
}

const remembered = 'ebb.alerts'
type Memory = Pick<Storage, 'getItem' | 'setItem'>

export function wanted(memory: Memory | undefined): boolean {
  try {
    return memory?.getItem(remembered) === 'on'
  } catch {
    return false
  }
}
export function remember(memory: Memory | undefined, on: boolean): void {
  try {
    memory?.setItem(remembered, on ? 'on' : 'off')
  } catch {
    // Storage forbidden: the choice holds until the page is left.
  }
}

/** The title of the tab, taking turns with a message until it is stopped. */
export class TitleFlash {
  private timer: ReturnType<typeof setInterval> | undefined
  private own = ''
  private message = ''

  constructor(private readonly page: { title: string }) {}

  start(message: string): void {
    this.stop()
    this.own = this.page.title
    this.message = message
    this.page.title = message
    this.timer = setInterval(() => this.turn(), 1_000)
  }
  stop(): void {
    if (this.timer === undefined) return
    clearInterval(this.timer)
    this.timer = undefined
    if (this.page.title === this.message) this.page.title = this.own
  }
  private turn(): void {
    if (this.page.title !== this.message) this.own = this.page.title // the page may have changed it meanwhile
    this.page.title = this.page.title === this.message ? this.own : this.message
  }
}

/** Two short falling tones, made on the spot. A browser allows it only after a gesture of the user: see `unlock`. */
export class Chime {
  private context: AudioContext | undefined

  /** To be called from a click or a key. */
  unlock(): void {
    try {
      this.context ??= new AudioContext()
      void this.context.resume()
    } catch {
      // No sound on this machine: the title still tells.
    }
  }
  ring(): void {
    const context = this.context
    if (!context || context.state !== 'running') return
    this.tone(context, 880, 0)
    this.tone(context, 660, 0.18)
  }
  close(): void {
    void this.context?.close()
    this.context = undefined
  }
  private tone(context: AudioContext, hertz: number, after: number): void {
    const start = context.currentTime + after
    const volume = context.createGain()
    volume.gain.setValueAtTime(0.0001, start)
    volume.gain.exponentialRampToValueAtTime(0.2, start + 0.02)
    volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.16)
    const oscillator = context.createOscillator()
    oscillator.frequency.value = hertz
    oscillator.connect(volume).connect(context.destination)
    oscillator.start(start)
    oscillator.stop(start + 0.17)
  }
}
