// Whatever a network and a server do to a client, it ends with the server's picture and with every bid accounted for.
import { expect, it } from 'vitest'
import type { Receipt } from '../../src/ebb/types'
import { FakeServer, supplier } from './support/fake_server'
import { Seeded, seeds } from './support/seeded'
import { pass, stage, turnTheClock, type Stage } from './support/stage'

turnTheClock()
const lots = ['12-1', '12-2', '13-1']
const inquiries = ['12', '13']

interface Made {
  lot: string
  key: string
  price: string
  ends: string[] // what its promise came to; more than one would be a lie
}

class Storm {
  readonly server = new FakeServer()
  readonly stage: Stage
  readonly bids: Made[] = []
  private price = 9_000_000
  private end: (() => void) | undefined

  constructor(private readonly random: Seeded) {
    this.server.you = supplier('5')
    for (const lot of lots) this.server.addLot(lot, ['5', '6'])
    this.server.network = 'waiting'
    this.stage = stage(this.server, undefined, random.next)
    this.stage.live.follow('12')
    this.end = this.stage.live.follow('13')
    this.stage.live.start()
  }

  /** `fury` 100: anything; 90: no break and no restart, so that nothing but the client mends what is lost or doubled. */
  async step(fury: 90 | 100): Promise<void> {
    const { server, random } = this
    const { live } = this.stage
    const lot = random.of(lots)
    const roll = random.below(fury)
    if (roll < 22) server.socket.stepDown()
    else if (roll < 40) server.socket.stepUp()
    else if (roll < 52) await pass(random.below(400))
    else if (roll < 66) this.bid(lot)
    else if (roll < 76) server.decide(lot, '6', `theirs-${this.lower()}`, this.lower())
    else if (roll < 82) server.tell(lot, 'public', { state: random.of(['RUNNING', 'PAUSED']), reason: random.of([null, '评审']) })
    else if (roll < 85) server.tell(lot, 'public', { best: null })
    else if (roll < 88) this.repeatAnUpdate()
    else if (roll < 90) this.loseAnUpdate()
    else if (roll < 93) server.cut(random.of([1006, 3001, 3008, 3012]))
    else if (roll < 94) server.restart()
    else if (roll < 95) await this.silence()
    else if (roll < 96) await this.absence()
    else if (roll < 97) live.wake()
    else if (roll < 98) this.letGoOrFollow()
    else for (let turn = 0; turn < 300; turn++) server.tell(lot, 'public', { extensions: turn }) // more than is kept
  }

  /** The network heals, every stream says one word more, and all that waits is carried. */
  async calm(): Promise<void> {
    this.server.network = 'flowing'
    this.server.socket.flow()
    this.end ??= this.stage.live.follow('13')
    await pass(60_000)
    for (const lot of lots) {
      this.server.tell(lot, 'public', { extensions: 1_000 })
      this.server.tell(lot, 'own', { rank: 1 }, '5')
    }
    await pass(60_000)
  }

  private lower(): string {
    this.price -= this.random.below(3) // sometimes the same, which is refused
    return `${this.price}.00`
  }
  private bid(lot: string): void {
    if (this.stage.live.link.state !== 'live') return
    const price = this.lower()
    const before = this.server.heard('bid').length
    const promise = this.stage.live.bid(lot, price)
    const key = this.server.heard('bid').at(-1)!.key as string
    if (this.server.heard('bid').length === before) return // the same bid again: no other
    const made: Made = { lot, key, price, ends: [] }
    this.bids.push(made)
    promise.then((receipt: Receipt) => made.ends.push(receipt.outcome), (why: { code: string }) => made.ends.push(why.code))
  }
  private updates(): number[] {
    const waiting = this.server.socket.toClient
    return waiting.flatMap((text, index) => (text.includes('"type":"update"') ? [index] : []))
  }
  private repeatAnUpdate(): void {
    const waiting = this.server.socket.toClient
    const updates = this.updates()
    if (updates.length > 0) waiting.push(waiting[this.random.of(updates)]!)
  }
  private loseAnUpdate(): void {
    const updates = this.updates()
    if (updates.length > 0) this.server.socket.toClient.splice(this.random.of(updates), 1)
  }
  private async silence(): Promise<void> {
    this.server.network = 'silent'
    await pass(this.random.below(20_000))
    this.server.network = 'waiting'
  }
  private async absence(): Promise<void> {
    this.server.network = 'gone'
    this.server.cut()
    await pass(this.random.below(25_000))
    this.server.network = 'waiting'
  }
  private letGoOrFollow(): void {
    if (this.end) this.end()
    this.end = this.end ? undefined : this.stage.live.follow('13')
  }
}

it.each(seeds(60))('seed %d', async (seed) => {
  const storm = new Storm(new Seeded(seed))
  const { server, stage: { live } } = storm
  for (let step = 0; step < 250; step++) await storm.step(100)
  await storm.calm()
  storm.server.network = 'waiting'
  for (let step = 0; step < 150; step++) await storm.step(90)
  await storm.calm()

  expect(live.link.state).toBe('live')
  for (const inquiry of inquiries) expect(live.lots(inquiry)).toEqual(lots.filter((lot) => lot.startsWith(inquiry)))
  for (const lot of lots) {
    expect(live.view(lot).public).toEqual(server.picture(lot, 'public'))
    expect(live.view(lot).own).toEqual(server.picture(lot, 'own', '5'))
  }
  for (const bid of storm.bids) {
    const decision = server.decision('5', bid.key)
    expect([bid, bid.ends]).toEqual([bid, [decision?.outcome ?? 'NOT_DELIVERED']])
  }
  // And nothing stands on the list that nobody made, or is still open.
  for (const lot of lots) {
    const listed = live.bids(lot)
    expect(listed.map((bid) => bid.key).sort()).toEqual(storm.bids.filter((bid) => bid.lot === lot).map((bid) => bid.key).sort())
    expect(listed.filter((bid) => !['accepted', 'refused', 'undelivered'].includes(bid.state))).toEqual([])
  }
})
