// Bids: one click is one bid, whatever happens to the connection before its receipt.
import { describe, expect, it } from 'vitest'
import { FakeServer, supplier } from './support/fake_server'
import { onStage, outcome, pass, stage, TabMemory, turnTheClock } from './support/stage'

turnTheClock()
const lot = '12-1'

describe('a bid', () => {
  it('is answered by its receipt, and listed with it', async () => {
    const { live, server } = await onStage()
    const receipt = await live.bid(lot, '99000.00')
    expect(receipt).toMatchObject({ outcome: 'accepted', attempt: 1, price: '99000.00' })
    expect(receipt).not.toHaveProperty('lot')
    expect(receipt).not.toHaveProperty('repeated')
    expect(server.heard('bid')).toEqual([{ type: 'bid', lot, price: '99000.00', key: receipt.key }])
    expect(live.bids(lot)).toMatchObject([{ state: 'accepted', price: '99000.00', key: receipt.key }])
  })

  it('that is refused is an answer too', async () => {
    const { live, server } = await onStage()
    server.decide(lot, '6', 'theirs', '90.00')
    const receipt = await live.bid(lot, '95.00')
    expect(receipt).toMatchObject({ outcome: 'refused', problem: { code: 'DECREMENT_TOO_SMALL' } })
    expect(live.bids(lot)).toMatchObject([{ state: 'refused', price: '95.00', problem: { code: 'DECREMENT_TOO_SMALL' } }])
  })

  it('carries a confirmation where it was given', async () => {
    const { live, server } = await onStage()
    await live.bid(lot, '9.00', { confirm: true })
    expect(server.heard('bid')).toMatchObject([{ confirm: true }])
  })

  it('carries its signature, the same whenever it is sent', async () => {
    const { live, server } = await onStage()
    const signature = { key: '7', value: 'ab'.repeat(64) }
    server.network = 'waiting'
    const answer = outcome(live.bid(lot, '99.00', { key: 'k-1', signature }))
    server.network = 'flowing'
    server.cut()
    await pass(2_000)
    expect(answer.now).toBe('accepted')
    expect(server.heard('bid')).toEqual(Array(2).fill({ type: 'bid', lot, price: '99.00', key: 'k-1', signature }))
  })

  it('is shown as on its way until it is answered', async () => {
    const { live, server, changed } = await onStage()
    server.network = 'waiting'
    changed.length = 0
    const answer = outcome(live.bid(lot, '99.00'))
    expect(live.bids(lot)).toMatchObject([{ state: 'sending', price: '99.00' }])
    expect(changed).toEqual([lot])
    server.network = 'flowing'
    server.socket.flow()
    await pass(0)
    expect(answer.now).toBe('accepted')
  })

  it('clicked twice is one', async () => {
    const { live, server } = await onStage()
    server.network = 'waiting'
    const [first, second] = [live.bid(lot, '99.00'), live.bid(lot, '99.00')]
    server.network = 'flowing'
    server.socket.flow()
    expect((await first).key).toBe((await second).key)
    expect(server.heard('bid')).toHaveLength(1)
  })

  it('at another price, or confirmed, is another', async () => {
    const { live, server } = await onStage()
    server.network = 'waiting'
    void live.bid(lot, '99.00')
    void live.bid(lot, '98.00')
    void live.bid(lot, '98.00', { confirm: true })
    expect(new Set(server.heard('bid').map((message) => message.key)).size).toBe(3)
    server.network = 'flowing'
    server.socket.flow()
  })

  it('of before, refused, may be made again', async () => {
    const { live, server } = await onStage()
    server.decide(lot, '6', 'theirs', '90.00')
    await live.bid(lot, '95.00')
    server.tell(lot, 'public', { best: null })
    expect((await live.bid(lot, '95.00')).outcome).toBe('accepted')
    expect(server.heard('bid')).toHaveLength(2)
  })

  it('is not sent without a connection', async () => {
    const { live } = stage()
    live.start()
    expect(outcome(live.bid(lot, '99.00'))).toBeDefined()
    await expect(live.bid(lot, '99.00')).rejects.toMatchObject({ code: 'NETWORK' })
    expect(live.bids(lot)).toEqual([])
  })

  it('that was not understood says so, by its key', async () => {
    const { live, server } = await onStage()
    server.network = 'waiting'
    const wrong = live.bid(lot, '99.00')
    const right = outcome(live.bid(lot, '98.00'))
    const [first] = server.heard('bid')
    server.socket.toServer.shift()
    const problem = { type: 'x', title: '精度', title_en: 'precision', status: 422, code: 'AMOUNT_PRECISION' }
    server.socket.tell({ type: 'problem', key: first!.key, problem })
    server.network = 'flowing'
    server.socket.flow()
    await expect(wrong).rejects.toMatchObject({ code: 'AMOUNT_PRECISION' })
    await pass(0)
    expect(right.now).toBe('accepted')
    expect(live.bids(lot).map((bid) => [bid.price, bid.state])).toContainEqual(['99.00', 'failed'])
  })

  it('of another window of the supplier is listed from its receipt', async () => {
    const { live, server } = await onStage()
    server.decide(lot, '5', 'other-window', '99.00')
    expect(live.bids(lot)).toMatchObject([{ key: 'other-window', state: 'accepted', price: '99.00' }])
  })
})

describe('a break before the receipt', () => {
  it('is asked about, and answered by the receipt', async () => {
    const { live, server } = await onStage()
    server.network = 'waiting'
    const answer = outcome(live.bid(lot, '99.00'))
    server.socket.stepUp() // it arrives; its receipt is lost
    server.network = 'flowing'
    server.cut()
    expect(live.bids(lot)).toMatchObject([{ state: 'asking' }])
    await pass(2_000)
    expect(answer.now).toBe('accepted')
    expect(server.heard('ask')).toHaveLength(1)
    expect(server.heard('bid')).toHaveLength(1)
  })

  it('of a bid that never arrived, seconds ago: it is sent again with its key', async () => {
    const { live, server } = await onStage()
    server.network = 'waiting'
    const answer = outcome(live.bid(lot, '99.00'))
    server.network = 'flowing'
    server.cut()
    await pass(2_000)
    expect(answer.now).toBe('accepted')
    expect(new Set(server.heard('bid').map((message) => message.key)).size).toBe(1)
    expect(server.heard('bid')).toHaveLength(2)
    expect(server.picture(lot, 'own', '5').receipts).toHaveLength(1)
  })

  it('of a bid that never arrived, long ago: it is handed back, because the market moved on', async () => {
    const { live, server } = await onStage()
    server.network = 'waiting'
    const answer = outcome(live.bid(lot, '99.00'))
    server.network = 'gone'
    server.cut()
    await pass(20_000)
    expect(answer.now).toBe('open')
    server.network = 'flowing'
    await pass(20_000)
    expect(answer.now).toBe('NOT_DELIVERED')
    expect(live.bids(lot)).toMatchObject([{ state: 'undelivered' }])
    expect(server.picture(lot, 'own', '5').receipts).toEqual([])
  })

  it('and a second one before the answer: still one bid', async () => {
    const { live, server } = await onStage()
    server.network = 'waiting'
    const answer = outcome(live.bid(lot, '99.00'))
    server.network = 'flowing'
    server.cut()
    await pass(600) // connected again, but…
    server.cut()
    await pass(3_000)
    expect(answer.now).toBe('accepted')
    expect(server.picture(lot, 'own', '5').receipts).toHaveLength(1)
  })

  it('by a restart of the server: the receipt is in the journal', async () => {
    const { live, server } = await onStage()
    server.network = 'waiting'
    const answer = outcome(live.bid(lot, '99.00'))
    server.socket.stepUp()
    server.network = 'flowing'
    server.restart()
    await pass(3_000)
    expect(answer.now).toBe('accepted')
    expect(live.view(lot).own).toEqual(server.picture(lot, 'own', '5'))
  })

  it('that the stream answers first settles the promise once', async () => {
    const { live, server } = await onStage()
    server.network = 'waiting'
    const answer = outcome(live.bid(lot, '99.00'))
    server.socket.stepUp()
    const own = server.socket.toClient.findIndex((text) => text.includes('12-1/own'))
    server.socket.toClient.unshift(...server.socket.toClient.splice(own, 1))
    server.socket.stepDown()
    await pass(0)
    expect(answer.now).toBe('accepted')
    server.network = 'flowing'
    server.socket.flow()
    expect(live.bids(lot)).toHaveLength(1)
  })

  it('handed back and yet arrived is put right by its receipt', async () => {
    const { live, server } = await onStage()
    server.network = 'waiting'
    const answer = outcome(live.bid(lot, '99.00'))
    const { key } = server.heard('bid')[0]!
    server.network = 'gone'
    server.cut()
    await pass(20_000)
    server.network = 'flowing'
    await pass(20_000)
    expect(answer.now).toBe('NOT_DELIVERED')
    server.decide(lot, '5', key as string, '99.00') // a proxy on the way had kept it
    expect(live.bids(lot)).toMatchObject([{ state: 'accepted' }])
    expect(live.bids(lot)[0]).not.toHaveProperty('problem')
  })
})

describe('a reload', () => {
  it('asks what became of what was under way', async () => {
    const { live, server, memory } = await onStage()
    server.network = 'waiting'
    void live.bid(lot, '99.00')
    server.socket.stepUp()
    server.network = 'flowing'
    live.stop()
    const again = await onStage(server, memory)
    expect(server.heard('ask')).toHaveLength(1)
    expect(again.live.bids(lot)).toMatchObject([{ state: 'accepted', price: '99.00' }])
  })

  it('shows a refused bid with the price that was typed, which no receipt repeats', async () => {
    const { live, server, memory } = await onStage()
    server.decide(lot, '6', 'theirs', '90.00')
    await live.bid(lot, '95.00')
    live.stop()
    const again = await onStage(server, memory)
    expect(again.live.bids(lot)).toMatchObject([{ state: 'refused', price: '95.00' }])
  })

  it('as somebody else shows and asks nothing', async () => {
    const { live, server, memory } = await onStage()
    server.network = 'waiting'
    void live.bid(lot, '99.00')
    server.network = 'flowing'
    live.stop()
    server.you = supplier('6')
    const again = await onStage(server, memory)
    expect(server.heard('ask')).toEqual([])
    expect(again.live.bids(lot)).toEqual([])
    expect([...memory.kept.values()].join()).not.toContain('99.00')
  })

  it('with a memory that makes no sense begins with none', async () => {
    for (const rubbish of ['', '{', 'null', '7', '{"owner":"5"}', '{"owner":"5","bids":[null]}', '[]']) {
      const memory = new TabMemory()
      memory.setItem('ebb.sent', rubbish)
      const { live } = await onStage(new FakeServer(), memory)
      expect(live.link.state).toBe('live')
      expect(live.bids(lot)).toEqual([])
      expect((await live.bid(lot, '99.00')).outcome).toBe('accepted')
      live.stop()
    }
  })

  it('without a memory works all the same', async () => {
    const full = new TabMemory()
    full.setItem = () => {
      throw new Error('QuotaExceededError')
    }
    const { live } = await onStage(undefined, full)
    expect((await live.bid(lot, '99.00')).outcome).toBe('accepted')
  })
})

describe('somebody else signed in before the answer', () => {
  it('leaves nobody waiting', async () => {
    const { live, server } = await onStage()
    server.network = 'waiting'
    const answer = outcome(live.bid(lot, '99.00'))
    server.you = supplier('6')
    server.network = 'flowing'
    server.cut()
    await pass(2_000)
    expect(answer.now).toBe('NO_ANSWER')
    expect(server.heard('bid')).toHaveLength(1)
    expect(live.bids(lot)).toEqual([])
  })
})
