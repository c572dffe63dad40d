// The transport of gateway/PROTOCOL.md and nothing of the rules: streams with their history, an epoch, receipts by key.
// A bid is accepted when it is below the best; that is all the business there is here.
import type { You } from '../../../src/ebb/types'
import { FakeSocket, type Message } from './wire'

export type View = 'public' | 'own' | 'supervision'
type Picture = Record<string, unknown>
interface Topic {
  name: string
  offset: number
  picture: Picture
  history: { offset: number; message: object }[]
  listeners: Set<Session>
}
interface Session {
  socket: FakeSocket
  you: You | null
}
interface Decision {
  lot: string
  key: string
  outcome: 'accepted' | 'refused'
  seq: number
  at: string
  attempt: number
  price?: string
  problem?: object
}

const historyKept = 256
const growing = ['bids', 'receipts']
const leadsKept = 256

export class FakeServer {
  epoch = 'life-1'
  you: You | null = null // who a new connection is
  /** flowing: messages arrive at once · waiting: the test steps them · silent: nothing arrives · gone: nobody answers */
  network: 'flowing' | 'waiting' | 'silent' | 'gone' = 'flowing'
  sockets: FakeSocket[] = []
  private seq = 100
  private sessions = new Set<Session>()
  private topics = new Map<string, Topic>() // by name and, for own, org
  private lots = new Map<string, { admitted: string[] }>()
  private decisions = new Map<string, Decision>() // by org and key

  /** For LiveOptions. */
  readonly connect = (): WebSocket => {
    const session = {} as Session
    const socket = new FakeSocket(
      () => this.network === 'flowing',
      (message) => this.hear(session, message),
      () => this.forget(session),
    )
    Object.assign(session, { socket, you: this.you })
    this.sockets.push(socket)
    if (this.network === 'gone') setTimeout(() => socket.end(1006), 5)
    else if (this.network !== 'silent') setTimeout(() => this.greet(session), 5)
    return socket as unknown as WebSocket
  }
  get socket(): FakeSocket {
    return this.sockets.at(-1)!
  }
  /** All that was ever said by clients, of one kind. */
  heard(type: string): Message[] {
    return this.sockets.flatMap((socket) => socket.said).filter((message) => message.type === type)
  }

  // ---- Lots --------------------------------------------------------------------------------------------------------

  addLot(lot: string, admitted: string[], extra: Picture = {}): void {
    this.lots.set(lot, { admitted })
    this.open(`${lot}/public`, '', { title: `标的 ${lot}`, state: 'RUNNING', extensions: 0, leads: [], ...extra })
    this.open(`${lot}/supervision`, '', { bids: [], bidders: [] })
    for (const org of admitted) this.open(`${lot}/own`, org, { alias: `S${org}`, attempts_left: 200, receipts: [] })
  }
  has(lot: string): boolean {
    return this.lots.has(lot)
  }
  tell(lot: string, view: View, changes: Picture, org = ''): void {
    const topic = this.topic(`${lot}/${view}`, org)
    const at = new Date().toISOString()
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) delete topic.picture[name]
      else if (growing.includes(name)) topic.picture[name] = [...((topic.picture[name] ?? []) as object[]), ...(value as object[])]
      else topic.picture[name] = value
    }
    if ('best' in changes) topic.picture.leads = lead(topic.picture.leads as object[], at, changes.best as string | null)
    topic.offset += 1
    const message = { type: 'update', stream: topic.name, offset: topic.offset, at, ...changes }
    topic.history = [...topic.history, { offset: topic.offset, message }].slice(-historyKept)
    for (const session of [...topic.listeners]) session.socket.tell(message)
  }
  picture(lot: string, view: View, org = ''): Picture {
    return this.topic(`${lot}/${view}`, org).picture
  }
  decision(org: string, key: string): Decision | undefined {
    return this.decisions.get(`${org} ${key}`)
  }
  /** Decides a bid, as if it had come by some connection. */
  decide(lot: string, org: string, key: string, price: string): Decision {
    const known = this.decision(org, key)
    if (known) return known
    const best = this.picture(lot, 'public').best as string | undefined
    const isAccepted = best === undefined || Number(price) < Number(best)
    const own = this.picture(lot, 'own', org)
    const attempt = (own.receipts as object[]).length + 1
    const decision: Decision = { lot, key, outcome: isAccepted ? 'accepted' : 'refused', seq: ++this.seq, at: new Date().toISOString(), attempt }
    if (isAccepted) decision.price = price
    else decision.problem = { type: 'urn:ebb:problem:X', title: '降价幅度不足', title_en: 'too small', status: 422, code: 'DECREMENT_TOO_SMALL' }
    this.decisions.set(`${org} ${key}`, decision)
    const { lot: _, ...receipt } = decision
    this.tell(lot, 'own', { receipts: [receipt], attempts_left: 200 - attempt, ...(isAccepted ? { best_own: price } : {}) }, org)
    if (isAccepted) {
      this.tell(lot, 'public', { best: price })
      this.tell(lot, 'supervision', { bids: [{ seq: decision.seq, at: decision.at, alias: `S${org}`, price }] })
    }
    return decision
  }

  // ---- Life --------------------------------------------------------------------------------------------------------

  /** Every connection breaks; what was under way is lost. */
  cut(code = 1006): void {
    for (const session of [...this.sessions]) session.socket.end(code)
  }
  /** Killed and started again: the pictures are rebuilt from the journal, histories and positions are not. */
  restart(): void {
    this.cut()
    this.epoch = `${this.epoch}'`
    for (const topic of this.topics.values()) Object.assign(topic, { offset: 0, history: [] })
  }

  // ---- Messages ----------------------------------------------------------------------------------------------------

  private greet(session: Session): void {
    if (!session.socket.isOpen) return
    if (this.network === 'gone') return session.socket.end(1006)
    this.sessions.add(session)
    session.socket.tell({ type: 'hello', server_time: new Date().toISOString(), session: '1', you: session.you, protocol: 'ebb.v1' })
  }
  private forget(session: Session): void {
    this.sessions.delete(session)
    for (const topic of this.topics.values()) topic.listeners.delete(session)
  }
  private hear(session: Session, message: Message): void {
    const { socket, you } = session
    if (JSON.stringify(message).length > 16 * 1024) return socket.end(1009)
    switch (message.type) {
      case 'subscribe':
        return this.subscribe(session, message as unknown as Subscribe)
      case 'unsubscribe':
        for (const topic of this.topics.values()) {
          if ((message.inquiries as string[]).includes(topic.name.split('-')[0]!)) topic.listeners.delete(session)
        }
        return socket.tell({ type: 'unsubscribed', id: message.id })
      case 'bid':
      case 'ask': {
        const { lot, key } = message as unknown as { lot: string; key: string }
        const known = this.decision(you?.org ?? '', key)
        if (message.type === 'ask' && !known) return socket.tell({ type: 'unknown_key', lot, key })
        const decision = known ?? this.decide(lot, you!.org, key, message.price as string)
        return socket.tell({ type: 'receipt', repeated: known !== undefined, ...decision })
      }
      case 'time':
        return socket.tell({ type: 'time', t0: message.t0, t1: Date.now(), t2: Date.now() })
    }
  }
  private subscribe(session: Session, { id, inquiries, resume }: Subscribe): void {
    const lots = [...this.lots.keys()].filter((lot) => inquiries.includes(lot.split('-')[0]!))
    const unknown = inquiries.find((inquiry) => !lots.some((lot) => lot.startsWith(`${inquiry}-`)))
    if (unknown !== undefined) {
      const problem = { type: 'x', title: '不存在', title_en: 'unknown', status: 404, code: 'NOT_FOUND', actual: unknown }
      return session.socket.tell({ type: 'problem', id, problem })
    }
    const topics = lots.flatMap((lot) => this.visible(lot, session.you))
    session.socket.tell({ type: 'subscribed', id, streams: topics.map((topic) => topic.name) })
    for (const topic of topics) {
      topic.listeners.add(session)
      const from = resume?.find((position) => position.stream === topic.name)
      const missing = topic.history.filter((entry) => entry.offset > (from?.offset ?? 0))
      const isWhole = from?.epoch === this.epoch && from.offset <= topic.offset && missing.length === topic.offset - from.offset
      if (isWhole) missing.forEach((entry) => session.socket.tell(entry.message))
      else session.socket.tell({ type: 'snapshot', stream: topic.name, epoch: this.epoch, offset: topic.offset, lot: topic.picture })
    }
  }
  private visible(lot: string, you: You | null): Topic[] {
    const topics = [this.topic(`${lot}/public`, '')]
    if (you?.role === 'supplier' && this.lots.get(lot)!.admitted.includes(you.org)) topics.push(this.topic(`${lot}/own`, you.org))
    if (you?.role === 'purchaser') topics.push(this.topic(`${lot}/supervision`, ''))
    return topics
  }
  private open(name: string, org: string, picture: Picture): void {
    this.topics.set(`${name} ${org}`, { name, offset: 0, picture, history: [], listeners: new Set() })
  }
  private topic(name: string, org: string): Topic {
    return this.topics.get(`${name} ${org}`)!
  }
}

interface Subscribe {
  id: string
  inquiries: string[]
  resume?: { stream: string; epoch: string; offset: number }[]
}

// PROTOCOL.md: a full course loses its 2nd, 4th … 128th point.
function lead(leads: object[], at: string, best: string | null): object[] {
  const kept = leads.length < leadsKept ? leads : leads.filter((_, index) => index >= leadsKept / 2 || index % 2 === 0)
  return [...kept, best === null ? { at } : { at, price: best }]
}

export const supplier = (org: string, person = org): You => ({ person, org, role: 'supplier', division: '330000' })
export const purchaser: You = { person: '90', org: '9', role: 'purchaser', division: '330000' }
