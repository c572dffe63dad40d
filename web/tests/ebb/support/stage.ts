// A client at a fake server, under a clock that the test turns.
import { afterEach, beforeEach, vi } from 'vitest'
import type { Memory } from '../../../src/ebb/bids'
import { Live, type Link } from '../../../src/ebb/live'
import type { Problem } from '../../../src/ebb/types'
import { FakeServer, supplier } from './fake_server'

export class TabMemory implements Memory {
  readonly kept = new Map<string, string>()
  getItem = (name: string): string | null => this.kept.get(name) ?? null
  setItem = (name: string, value: string): void => void this.kept.set(name, value)
  removeItem = (name: string): void => void this.kept.delete(name)
}

export interface Stage {
  server: FakeServer
  live: Live
  memory: TabMemory
  links: Link['state'][]
  changed: string[]
  problems: [inquiry: string, problem: Problem][]
}

/** One inquiry "12" with the lot "12-1", open to the orgs 5 and 6; the client is of org 5. */
export function stage(server = new FakeServer(), memory = new TabMemory(), random = (): number => 0.5): Stage {
  if (!server.has('12-1')) {
    server.you = supplier('5')
    server.addLot('12-1', ['5', '6'])
  }
  const live = new Live({ url: () => 'ws://host/api/v1/live', socket: server.connect, memory, random })
  const made: Stage = { server, live, memory, links: [], changed: [], problems: [] }
  live.onLink = (link) => made.links.push(link.state)
  live.onLot = (lot) => made.changed.push(lot)
  live.onFollowProblem = (inquiry, problem) => made.problems.push([inquiry, problem])
  started.push(live)
  return made
}
/** As stage(), connected and following "12". */
export async function onStage(server?: FakeServer, memory?: TabMemory): Promise<Stage> {
  const made = stage(server, memory)
  made.live.follow('12')
  made.live.start()
  await pass(1_000)
  return made
}
export const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms)

const started: Live[] = []
/** For the top of a test file. */
export function turnTheClock(): void {
  beforeEach(() => void vi.useFakeTimers({ now: Date.parse('2026-11-22T09:30:00.000Z') }))
  afterEach(() => {
    started.splice(0).forEach((live) => live.stop())
    vi.useRealTimers()
  })
}

/** What a promise came to, as a word; "open" while it is neither. */
export function outcome(promise: Promise<{ outcome: string }>): { now: string } {
  const seen = { now: 'open' }
  promise.then((receipt) => (seen.now = receipt.outcome), (why: { code: string }) => (seen.now = why.code))
  return seen
}
