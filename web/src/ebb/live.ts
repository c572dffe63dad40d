// The live connection: one socket, every auction that is followed, every bid that is under way.
//
// Nothing is lost and nothing is done twice: a position per stream is resumed after a break, a gap fetches a fresh
// picture, and a bid whose answer did not arrive is asked for by its key before anything is sent again.
import { Backoff } from './backoff'
import { ownBids, SentBids, type Memory, type OwnBid, type SentBid } from './bids'
import { ServerClock } from './clock'
import { newKey } from './key'
import { localProblem, ProblemError } from './problem'
import { Stream } from './stream'
import type {
  BidSignature,
  Incoming,
  Money,
  Outgoing,
  OwnPicture,
  Problem,
  PublicPicture,
  Receipt,
  Snapshot,
  SupervisionPicture,
  Update,
  You,
} from './types'

export type LinkState =
  | 'connecting' // first try
  | 'live'
  | 'late' // open, but the server has not been heard for a while
  | 'lost' // waiting for the next try, or trying
  | 'ended' // the session ended: sign in again
  | 'refused' // the server will not have this client; a reload may help
  | 'stopped'
export interface Link {
  state: LinkState
  /** Server's clock, ms: since when. */
  since: number
  /** Server's clock, ms: when the connection last came back after a break. */
  resumedAt?: number
}
/** What is known of one lot. The members change; take a fresh view after each change. */
export interface LotView {
  lot: string
  public?: PublicPicture
  own?: OwnPicture
  supervision?: SupervisionPicture
}
export interface BidOptions {
  confirm?: boolean
  key?: string
  /** Over this lot, price, key and confirmation (src/signing). */
  signature?: BidSignature
}
export interface LiveOptions {
  url: () => string // "wss://host/sub/api/v1/live"
  memory?: Memory
  clock?: ServerClock
  socket?: (url: string, protocol: string) => WebSocket
  random?: () => number
}

const protocol = 'ebb.v1.json'
const probeEveryMs = 5_000
const lateAfterMs = 2_500
const lostAfterMs = 8_000
const helloWithinMs = 10_000
const identityWithinMs = 5_000
const resendWithinMs = 10_000 // an older bid is handed back: the market has moved on
const subscribeBytesMax = 12_000 // a position takes some 75
const positionsMax = 150

export class Live {
  readonly clock: ServerClock
  onLink: (link: Link) => void = () => {}
  /** Something about this lot changed: pictures or bids. May be called a thousand times a second. */
  onLot: (lot: string) => void = () => {}
  onFollowProblem: (inquiry: string, problem: Problem) => void = () => {}
  /** The connection was refused before it spoke, or the session ended: who am I? Called before the next try. */
  onIdentityDoubt: () => Promise<void> = async () => {}

  link: Link = { state: 'stopped', since: 0 }
  you: You | null = null

  private socket: WebSocket | undefined
  private isGreeted = false
  private streams = new Map<string, Stream>()
  private followed = new Map<string, number>() // inquiry -> how often
  private wanted = new Set<string>() // to be subscribed in the next breath
  private asked = new Map<string, string[]>() // id of a subscribe -> its inquiries
  private mending = new Set<string>() // streams with a gap, whose fresh picture is on its way
  private sent: SentBids
  private waiting = new Map<string, { done: (receipt: Receipt) => void; fail: (why: ProblemError) => void }>()
  private promised = new Map<string, Promise<Receipt>>()
  private acting = new Map<string, { done: () => void; fail: (why: ProblemError) => void }>() // by id
  private backoff: Backoff
  private probedAt = 0 // monotonic; 0: every probe was answered
  private timers: { probe?: Timer; watch?: Timer; retry?: Timer; hello?: Timer } = {}

  constructor(private readonly options: LiveOptions) {
    this.clock = options.clock ?? new ServerClock()
    this.backoff = new Backoff(options.random)
    this.sent = new SentBids(options.memory)
  }

  // ---- Life ------------------------------------------------------------------------------------------------------

  start(): void {
    if (this.link.state !== 'stopped') return
    this.change('connecting')
    this.connect()
  }
  stop(): void {
    this.hangUp()
    this.change('stopped')
  }
  /** After signing in or out: the same auctions, seen as somebody else. */
  restart(): void {
    this.hangUp()
    this.forgetPrivate()
    this.link = { state: 'stopped', since: 0 }
    this.start()
  }
  /** The network is said to be back, or the page is looked at again: do not wait for the timer. */
  wake(): void {
    if (this.link.state === 'lost') this.connect()
    else if (this.isGreeted) this.probe()
  }

  // ---- Auctions --------------------------------------------------------------------------------------------------

  /** Every published lot of this inquiry, also those scheduled later. The answer ends it. */
  follow(inquiry: string): () => void {
    const times = this.followed.get(inquiry) ?? 0
    this.followed.set(inquiry, times + 1)
    if (times === 0) this.want(inquiry)
    let ended = false
    return () => {
      if (ended) return
      ended = true
      this.unfollow(inquiry)
    }
  }
  /** Lots of an inquiry that are known by now, in their order. */
  lots(inquiry: string): string[] {
    const known = new Set([...this.streams.keys()].filter((name) => inquiryOf(name) === inquiry).map(lotOf))
    return [...known].sort((a, b) => Number(a.split('-')[1]) - Number(b.split('-')[1]))
  }
  view(lot: string): LotView {
    const view: LotView = { lot }
    const picture = (side: string): unknown => {
      const stream = this.streams.get(`${lot}/${side}`)
      return stream?.isSet ? { ...stream.picture } : undefined
    }
    const [seen, own, supervision] = [picture('public'), picture('own'), picture('supervision')]
    if (seen) view.public = seen as PublicPicture
    if (own) view.own = own as OwnPicture
    if (supervision) view.supervision = supervision as SupervisionPicture
    return view
  }

  // ---- Bids ------------------------------------------------------------------------------------------------------

  /**
   * Resolves with the receipt, accepted or refused. Rejects: nothing was decided (NETWORK: nothing was sent;
   * NOT_DELIVERED: the server never saw it; or what the server said about the message). The same bid again while it
   * is under way is the same bid.
   */
  bid(lot: string, price: Money, { confirm = false, key = newKey(), signature }: BidOptions = {}): Promise<Receipt> {
    const same = this.sent.of(lot).find((bid) => isOpen(bid) && bid.price === price && bid.confirm === confirm)
    const underWay = same && this.promised.get(same.key)
    if (underWay) return underWay
    if (!this.isGreeted) return Promise.reject(localProblem('NETWORK'))
    const bid: SentBid = { lot, key, price, confirm, ...(signature && { signature }), sentAt: this.clock.now(), state: 'sending' }
    this.sent.add(bid)
    const promise = new Promise<Receipt>((done, fail) => this.waiting.set(key, { done, fail }))
    this.promised.set(key, promise)
    this.sendBid(bid)
    this.onLot(lot)
    return promise
  }
  bids(lot: string): OwnBid[] {
    return ownBids(this.view(lot).own, this.sent.of(lot))
  }

  // ---- What is no bid: done once, and the pictures say what holds ---------------------------------------------------

  /** Takes back what was bid in the turn under way. */
  withdraw = (lot: string): Promise<void> => this.act({ type: 'withdraw', lot })
  /** The server bids from now on, down to a limit that it tells nobody. */
  setProxy = (lot: string, limit: Money, step: Money): Promise<void> => this.act({ type: 'set_proxy', lot, limit, step })
  cancelProxy = (lot: string): Promise<void> => this.act({ type: 'cancel_proxy', lot })

  private act(message: Act): Promise<void> {
    if (!this.isGreeted) return Promise.reject(localProblem('NETWORK'))
    const id = newKey()
    const promise = new Promise<void>((done, fail) => this.acting.set(id, { done, fail }))
    this.say({ ...message, id })
    return promise
  }

  // ---- The socket ------------------------------------------------------------------------------------------------

  private connect(): void {
    this.hangUp()
    const make = this.options.socket ?? ((url, name) => new WebSocket(url, name))
    const socket = make(this.options.url(), protocol)
    this.socket = socket
    socket.onmessage = (event: MessageEvent) => {
      if (this.socket === socket) this.hear(String(event.data))
    }
    socket.onclose = (event: CloseEvent) => {
      if (this.socket === socket) void this.broken(event.code)
    }
    this.timers.hello = setTimeout(() => {
      if (!this.isGreeted && this.socket === socket) void this.broken(0)
    }, helloWithinMs)
  }

  private hangUp(): void {
    const socket = this.socket
    this.socket = undefined
    this.isGreeted = false
    this.probedAt = 0
    this.asked.clear()
    this.mending.clear()
    for (const one of this.acting.values()) one.fail(localProblem('NO_ANSWER'))
    this.acting.clear()
    for (const timer of Object.values(this.timers)) clearTimeout(timer as Timer)
    this.timers = {}
    socket?.close()
  }

  private async broken(code: number): Promise<void> {
    const wasGreeted = this.isGreeted
    this.hangUp()
    for (const bid of this.sent.open()) this.sent.change(bid, { state: 'asking' })
    for (const lot of new Set(this.sent.open().map((bid) => bid.lot))) this.onLot(lot)
    if (code === closed.malformed) return this.change('refused')
    if (code === closed.sessionEnded) this.change('ended')
    else this.change('lost')
    if (!wasGreeted || code === closed.sessionEnded) await this.doubt()
    if (this.link.state !== 'lost' || this.socket) return // stopped, restarted or woken in the meantime
    const wait = this.backoff.next(code === closed.tooMany ? 30_000 : 0)
    this.timers.retry = setTimeout(() => this.connect(), wait)
  }

  // A question that gets no answer must not keep the next try waiting.
  private async doubt(): Promise<void> {
    let timer: Timer | undefined
    const patience = new Promise<void>((done) => (timer = setTimeout(done, identityWithinMs)))
    await Promise.race([this.onIdentityDoubt().catch(() => undefined), patience])
    clearTimeout(timer)
  }

  private change(state: LinkState): void {
    if (state === this.link.state) return
    const was = this.link
    this.link = { state, since: this.clock.now() }
    if (state === 'live' && was.state === 'lost') this.link.resumedAt = this.link.since
    else if (state !== 'lost' && was.resumedAt !== undefined) this.link.resumedAt = was.resumedAt
    this.onLink(this.link)
  }

  private say(message: Outgoing): void {
    this.socket?.send(JSON.stringify(message))
  }

  private hear(text: string): void {
    const arrived = performance.now()
    let message: Incoming
    try {
      message = JSON.parse(text) as Incoming
    } catch {
      return void this.broken(0)
    }
    if (this.link.state === 'late') this.change('live')
    switch (message.type) {
      case 'hello':
        return this.greeted(message)
      case 'subscribed':
        this.asked.delete(message.id)
        return
      case 'snapshot':
        return this.replace(message)
      case 'update':
        return this.update(message)
      case 'receipt':
        return this.decided(message)
      case 'unknown_key':
        return this.unknown(message.lot, message.key)
      case 'done':
        return this.acted(message.id)?.done()
      case 'time':
        this.probedAt = 0
        return this.clock.add(message.t0, message.t1, message.t2, arrived)
      case 'problem':
        return this.refused(message)
    }
  }

  private greeted(hello: Heard<'hello'>): void {
    clearTimeout(this.timers.hello)
    this.isGreeted = true
    this.backoff.reset()
    this.meet(hello.you)
    this.clock.hint(Date.parse(hello.server_time))
    for (let burst = 0; burst < 4; burst++) setTimeout(() => this.isGreeted && this.probe(), burst * 150)
    this.timers.probe = setInterval(() => this.probe(), probeEveryMs)
    this.timers.watch = setInterval(() => this.watch(), 500)
    this.change('live')
    for (const inquiry of this.followed.keys()) this.want(inquiry)
    for (const bid of this.sent.open()) this.say({ type: 'ask', lot: bid.lot, key: bid.key })
  }

  // A position in a stream of one's own means another stream when somebody else signed in (in another window).
  private meet(you: You | null): void {
    if (this.you?.person !== you?.person) {
      this.forgetPrivate()
      for (const bid of this.sent.open()) this.answer(bid.key)?.fail(localProblem('NO_ANSWER'))
    }
    this.you = you
    this.sent.belongTo(you?.person ?? '')
  }

  // ---- Is anybody there? -----------------------------------------------------------------------------------------

  private probe(): void {
    const now = performance.now()
    if (this.probedAt === 0) this.probedAt = now
    this.say({ type: 'time', t0: Math.round(now * 1_000) / 1_000 })
  }
  private watch(): void {
    if (this.probedAt === 0) return
    const silent = performance.now() - this.probedAt
    if (silent > lostAfterMs) void this.broken(0)
    else if (silent > lateAfterMs) this.change('late')
  }

  // ---- Streams ---------------------------------------------------------------------------------------------------

  private want(inquiry: string): void {
    if (this.wanted.size === 0) queueMicrotask(() => this.subscribe())
    this.wanted.add(inquiry)
  }
  private subscribe(): void {
    const inquiries = [...this.wanted].filter((inquiry) => this.followed.has(inquiry))
    this.wanted.clear()
    if (!this.isGreeted) return // greeted() asks for all
    let some: string[] = []
    let resume: Stream['position'][] = []
    const flush = (): void => {
      if (some.length > 0) this.askFor(some, resume)
      some = []
      resume = []
    }
    for (const inquiry of inquiries) {
      const known = [...this.streams.values()].filter((stream) => stream.isSet && inquiryOf(stream.name) === inquiry)
      // Of an inquiry with very many lots, what does not fit into a message comes as a fresh picture.
      const more = known.map((stream) => stream.position).slice(0, positionsMax)
      if (JSON.stringify([some, resume, more]).length > subscribeBytesMax) flush()
      some.push(inquiry)
      resume.push(...more)
    }
    flush()
  }
  private askFor(inquiries: string[], resume: Stream['position'][]): void {
    const id = newKey()
    this.asked.set(id, inquiries)
    this.say({ type: 'subscribe', id, inquiries, ...(resume.length > 0 ? { resume } : {}) })
  }
  private unfollow(inquiry: string): void {
    const times = this.followed.get(inquiry) ?? 0
    if (times > 1) return void this.followed.set(inquiry, times - 1)
    this.followed.delete(inquiry)
    for (const name of this.streams.keys()) if (inquiryOf(name) === inquiry) this.streams.delete(name)
    if (this.isGreeted) this.say({ type: 'unsubscribe', id: newKey(), inquiries: [inquiry] })
  }

  private replace(message: Snapshot): void {
    if (!this.followed.has(inquiryOf(message.stream))) return
    const stream = this.streams.get(message.stream) ?? new Stream(message.stream)
    this.streams.set(message.stream, stream)
    this.mending.delete(message.stream)
    stream.replace(message)
    this.settle(lotOf(message.stream))
    this.onLot(lotOf(message.stream))
  }
  private update(message: Update): void {
    const stream = this.streams.get(message.stream)
    if (!stream) return
    const applied = stream.apply(message)
    if (applied === 'repeat') return
    if (applied === 'gap') return this.mend(message.stream)
    if ('receipts' in message) this.settle(lotOf(message.stream))
    this.onLot(lotOf(message.stream))
  }
  private mend(stream: string): void {
    if (this.mending.has(stream)) return
    this.mending.add(stream)
    this.askFor([inquiryOf(stream)], [])
  }
  // What another person may see goes; the page is told, because nothing else will come for these lots.
  private forgetPrivate(): void {
    for (const stream of [...this.streams.values()]) {
      if (stream.name.endsWith('/public')) continue
      this.streams.delete(stream.name)
      this.onLot(lotOf(stream.name))
    }
  }

  // ---- Outcomes --------------------------------------------------------------------------------------------------

  private sendBid(bid: SentBid): void {
    const message = { type: 'bid', lot: bid.lot, price: bid.price, key: bid.key } as const
    this.say({ ...message, ...(bid.confirm && { confirm: true }), ...(bid.signature && { signature: bid.signature }) })
  }
  // Receipts that came by the stream decide bids of this window too.
  private settle(lot: string): void {
    const receipts = this.view(lot).own?.receipts ?? []
    for (const bid of this.sent.of(lot)) {
      if (bid.state === 'decided') continue
      const receipt = receipts.find((one) => one.key === bid.key)
      if (receipt) this.conclude(bid, receipt)
    }
  }
  private decided(message: Heard<'receipt'>): void {
    const { type: _, lot, repeated: __, ...receipt } = message
    const { key } = receipt
    const bid = this.sent.find(lot, key)
    if (bid) this.conclude(bid, receipt)
    this.onLot(lot)
  }
  private conclude(bid: SentBid, receipt: Receipt): void {
    delete bid.problem
    this.sent.change(bid, { state: 'decided', receipt })
    this.answer(bid.key)?.done(receipt)
  }
  private unknown(lot: string, key: string): void {
    const bid = this.sent.find(lot, key)
    if (!bid || !isOpen(bid)) return
    if (this.clock.now() - bid.sentAt < resendWithinMs) {
      this.sent.change(bid, { state: 'sending' })
      this.sendBid(bid)
    } else {
      this.giveUp(bid, 'undelivered', localProblem('NOT_DELIVERED'))
    }
    this.onLot(lot)
  }
  private refused(message: Heard<'problem'>): void {
    const inquiries = message.id === undefined ? undefined : this.asked.get(message.id)
    if (inquiries) {
      this.asked.delete(message.id!)
      // One of many is unknown: ask one by one, so that it alone is missing.
      if (inquiries.length > 1) return inquiries.forEach((inquiry) => this.askFor([inquiry], []))
      return this.onFollowProblem(inquiries[0]!, message.problem)
    }
    const acting = message.id === undefined ? undefined : this.acted(message.id)
    if (acting) return acting.fail(new ProblemError(message.problem))
    const bid = message.key === undefined ? undefined : this.sent.open().find((one) => one.key === message.key)
    if (!bid) return
    this.giveUp(bid, 'failed', new ProblemError(message.problem))
    this.onLot(bid.lot)
  }
  private acted(id: string): { done: () => void; fail: (why: ProblemError) => void } | undefined {
    const acting = this.acting.get(id)
    this.acting.delete(id)
    return acting
  }
  private giveUp(bid: SentBid, state: 'undelivered' | 'failed', why: ProblemError): void {
    this.sent.change(bid, { state, problem: why.problem })
    this.answer(bid.key)?.fail(why)
  }
  private answer(key: string): { done: (receipt: Receipt) => void; fail: (why: ProblemError) => void } | undefined {
    const waiting = this.waiting.get(key)
    this.waiting.delete(key)
    this.promised.delete(key)
    return waiting
  }
}

type Timer = ReturnType<typeof setTimeout>
type Heard<Type extends Incoming['type']> = Extract<Incoming, { type: Type }>
/** What is said once and answered by `done`, before it has its id. */
type Act = Said<'withdraw'> | Said<'set_proxy'> | Said<'cancel_proxy'>
type Said<Type extends Outgoing['type']> = Omit<Extract<Outgoing, { type: Type }>, 'id'>

/** gateway/PROTOCOL.md, Close codes. */
const closed = { malformed: 3500, sessionEnded: 3501, tooMany: 3503 }
const isOpen = (bid: SentBid): boolean => bid.state === 'sending' || bid.state === 'asking'
const lotOf = (stream: string): string => stream.split('/')[0]!
const inquiryOf = (stream: string): string => stream.split('-')[0]!
