// The client of Ebb: all that the page knows of the server. No Vue, no business rule, only what gateway/PROTOCOL.md says.
import { Api } from './api'
import type { Memory } from './bids'
import { Live } from './live'
import { Rest } from './rest'

export * from './types'
export { ProblemError, localProblem } from './problem'
export type { OwnBid } from './bids'
export type { BidOptions, Link, LinkState, LotView } from './live'
export type { Reply } from './rest'
export { newKey } from './key'
export * as money from './money'
export type { Api } from './api'
export type { Live } from './live'

export interface Ebb {
  api: Api
  live: Live
}

/** `base` is the folder the page lies in: the server stands there, whatever path a proxy put before it. */
export function client(base: string, memory?: Memory): Ebb {
  const root = new URL('api/v1/', base)
  const live = new URL('live', root)
  live.protocol = live.protocol.replace('http', 'ws')
  return {
    api: new Api(new Rest(root)),
    live: new Live({ url: () => live.href, ...(memory ? { memory } : {}) }),
  }
}
