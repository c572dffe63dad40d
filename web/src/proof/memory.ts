// What this browser has seen of the log: its key, the newest head that held, and every head that did not fit to it.
// It outlives sign-in and server, because it is what a server that changed its past is found out by.
import type { Head } from './head'

export interface Alarm {
  kept: { key: string; head: Head }
  shown: { key: string; head: Head }
  path: string[] // what the server gave as proof that both belong together
  at: string
}
export interface Seen {
  key: string
  head: Head
  since: string // the first time ever, RFC 3339
  alarms: Alarm[] // newest last
}

/** localStorage in a browser. */
export interface Shelf {
  getItem(name: string): string | null
  setItem(name: string, value: string): void
}

const storage = 'ebb.log'
const alarmsKept = 8

export class LogMemory {
  constructor(private readonly shelf: Shelf | undefined) {}

  read(): Seen | undefined {
    try {
      const seen = JSON.parse(this.shelf?.getItem(storage) ?? 'null') as Partial<Seen> | null
      if (typeof seen?.key !== 'string' || typeof seen.head?.size !== 'number' || typeof seen.head.root !== 'string') return undefined
      return { key: seen.key, head: seen.head, since: seen.since ?? seen.head.at, alarms: Array.isArray(seen.alarms) ? seen.alarms : [] }
    } catch {
      return undefined
    }
  }
  /** A head that holds. Another window may have kept a newer one meanwhile: that one stays. */
  keep(key: string, head: Head): void {
    const seen = this.read()
    if (seen && (seen.key !== key || seen.head.size >= head.size)) return
    this.write({ key, head, since: seen?.since ?? head.at, alarms: seen?.alarms ?? [] })
  }
  /** The head that was kept stays what everything is held against, until a person says otherwise. */
  sound(alarm: Alarm): void {
    const seen = this.read()
    if (!seen) return
    const isKnown = seen.alarms.some((other) => other.shown.head.root === alarm.shown.head.root && other.shown.key === alarm.shown.key)
    if (!isKnown) this.write({ ...seen, alarms: [...seen.alarms, alarm].slice(-alarmsKept) })
  }
  /** A person has taken note: from here on the log as it is shown now counts. The alarms stay on record. */
  startAnew(key: string, head: Head): void {
    this.write({ key, head, since: head.at, alarms: this.read()?.alarms ?? [] })
  }

  private write(seen: Seen): void {
    try {
      this.shelf?.setItem(storage, JSON.stringify(seen))
    } catch {
      // Full or forbidden: this time is checked, the next time has nothing to compare with.
    }
  }
}
