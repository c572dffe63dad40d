// The connection: how it begins, breaks, comes back, and what it says of itself meanwhile.
import { describe, expect, it, vi } from 'vitest'
import { FakeServer, supplier } from './support/fake_server'
import { onStage, pass, stage, turnTheClock } from './support/stage'

turnTheClock()

describe('a beginning', () => {
  it('is connecting, then live, and asks for what is followed', async () => {
    const { live, links, server } = stage()
    live.follow('12')
    live.start()
    expect(links).toEqual(['connecting'])
    await pass(10)
    expect(links).toEqual(['connecting', 'live'])
    expect(live.you).toEqual(supplier('5'))
    expect(server.heard('subscribe')).toMatchObject([{ inquiries: ['12'] }])
    expect(live.lots('12')).toEqual(['12-1'])
  })

  it('is asked for twice and happens once', async () => {
    const { live, server } = stage()
    live.start()
    live.start()
    await pass(10)
    expect(server.sockets).toHaveLength(1)
  })

  it('learns the server’s clock within a second', async () => {
    const { live } = await onStage()
    expect(live.clock.error).toBeLessThan(5)
    expect(live.clock.now()).toBeCloseTo(Date.now(), 0)
  })

  it('that is never greeted is given up after ten seconds', async () => {
    const server = new FakeServer()
    server.network = 'silent'
    const { live, links } = stage(server)
    live.start()
    await pass(9_900)
    expect(links).toEqual(['connecting'])
    await pass(200)
    expect(links).toEqual(['connecting', 'lost'])
    server.network = 'flowing'
    await pass(2_000)
    expect(links.at(-1)).toBe('live')
  })
})

describe('a break', () => {
  it('is lost, then live again, and says since when', async () => {
    const { live, links, server } = await onStage()
    server.network = 'gone'
    server.cut()
    expect(links.at(-1)).toBe('lost')
    await pass(3_000)
    expect(links.at(-1)).toBe('lost')
    server.network = 'flowing'
    await pass(10_000)
    expect(links.at(-1)).toBe('live')
    expect(live.link.resumedAt).toBe(live.link.since)
    expect(links.filter((state) => state === 'connecting')).toHaveLength(1)
  })

  it('tries again later and later, but never later than a quarter of a minute', async () => {
    const { server } = await onStage()
    server.network = 'gone'
    const tries: number[] = []
    server.cut()
    for (let second = 0; second < 120; second++) {
      const before = server.sockets.length
      await pass(1_000)
      if (server.sockets.length > before) tries.push(second)
    }
    const pauses = tries.slice(1).map((at, index) => at - tries[index]!)
    expect(pauses.at(-1)).toBeGreaterThan(pauses[0]!)
    expect(Math.max(...pauses)).toBeLessThanOrEqual(16)
    expect(tries.length).toBeGreaterThan(10)
  })

  it('of many clients does not bring them all back at once', async () => {
    const server = new FakeServer()
    server.addLot('12-1', ['5'])
    const clients = Array.from({ length: 40 }, (_, index) => stage(server, undefined, () => index / 40))
    clients.forEach(({ live }) => live.start())
    await pass(100)
    server.cut(3001)
    const arrivals = new Set<number>()
    for (let at = 0; at < 600; at += 20) {
      const before = server.sockets.length
      await pass(20)
      if (server.sockets.length > before) arrivals.add(at)
    }
    expect(server.sockets).toHaveLength(80)
    expect(arrivals.size).toBeGreaterThan(10)
  })

  it('ends at once when the page wakes it', async () => {
    const { live, links, server } = await onStage()
    server.network = 'gone'
    server.cut()
    await pass(60_000)
    server.network = 'flowing'
    live.wake()
    await pass(10)
    expect(links.at(-1)).toBe('live')
  })

  it('does not wait for a question about who this is that gets no answer', async () => {
    const { live, links, server } = await onStage()
    live.onIdentityDoubt = () => new Promise(() => {})
    server.network = 'gone'
    server.cut()
    await pass(2_000)
    server.network = 'flowing'
    await pass(7_000)
    expect(links.at(-1)).toBe('live')
  })

  it('survives a question about who this is that fails', async () => {
    const { live, links, server } = await onStage()
    live.onIdentityDoubt = () => Promise.reject(new Error('no network'))
    server.network = 'gone'
    server.cut()
    await pass(5_000)
    server.network = 'flowing'
    await pass(10_000)
    expect(links.at(-1)).toBe('live')
  })

  it('stopped meanwhile stays stopped', async () => {
    const { live, links, server } = await onStage()
    server.network = 'gone'
    server.cut()
    live.stop()
    server.network = 'flowing'
    await pass(60_000)
    expect(links.at(-1)).toBe('stopped')
    expect(server.sockets).toHaveLength(1)
  })

  it('leaves the old socket unheard', async () => {
    const { live, server } = await onStage()
    const old = server.socket
    live.restart()
    await pass(100)
    const before = live.view('12-1')
    old.onmessage?.({ data: '{"type":"update","stream":"12-1/public","offset":1,"at":"x","state":"ABORTED"}' } as MessageEvent)
    old.onclose?.({ code: 1006 } as CloseEvent)
    expect(live.view('12-1')).toEqual(before)
    expect(live.link.state).toBe('live')
  })
})

describe('a silence', () => {
  it('is late after some seconds, and live with the next word', async () => {
    const { links, server } = await onStage()
    server.network = 'waiting'
    await pass(8_000)
    expect(links.at(-1)).toBe('late')
    server.network = 'flowing'
    server.socket.flow()
    expect(links.at(-1)).toBe('live')
  })

  it('too long is a break: a new connection is made', async () => {
    const { live, links, server } = await onStage()
    server.network = 'silent'
    await pass(14_000)
    expect(links).toContain('late')
    expect(links.at(-1)).toBe('lost')
    expect(server.sockets[0]!.isOpen).toBe(false)
    server.network = 'flowing'
    await pass(30_000)
    expect(links.at(-1)).toBe('live')
    expect(live.link.resumedAt).toBeDefined()
  })

  it('of a quiet auction is none, because probes are answered', async () => {
    const { links } = await onStage()
    await pass(600_000)
    expect(links).toEqual(['connecting', 'live'])
  })
})

describe('a code', () => {
  it('3001, 3008 and 3012 mean: come back', async () => {
    for (const code of [3001, 3008, 3012]) {
      const { links, server } = await onStage()
      server.cut(code)
      await pass(2_000)
      expect(links).toEqual(['connecting', 'live', 'lost', 'live'])
    }
  })

  it('3500 means: never again', async () => {
    const { live, links, server } = await onStage()
    server.cut(3500)
    await pass(600_000)
    live.wake()
    await pass(1_000)
    expect(links.at(-1)).toBe('refused')
    expect(server.sockets).toHaveLength(1)
  })

  it('3501 means: who am I? and then only by a restart', async () => {
    const { live, links, server } = await onStage()
    const doubt = vi.fn(async () => {})
    live.onIdentityDoubt = doubt
    server.cut(3501)
    await pass(600_000)
    expect(doubt).toHaveBeenCalledTimes(1)
    expect(links.at(-1)).toBe('ended')
    expect(server.sockets).toHaveLength(1)
    server.you = null
    live.restart()
    await pass(1_000)
    expect(links.at(-1)).toBe('live')
    expect(live.you).toBeNull()
  })

  it('3503 means: not before half a minute', async () => {
    const { links, server } = await onStage()
    server.cut(3503)
    await pass(29_000)
    expect(server.sockets).toHaveLength(1)
    await pass(3_000)
    expect(links.at(-1)).toBe('live')
  })

  it('of a connection that was never greeted raises the question who this is', async () => {
    const { live, server } = await onStage()
    const doubt = vi.fn(async () => {})
    live.onIdentityDoubt = doubt
    server.network = 'gone'
    server.cut()
    expect(doubt).not.toHaveBeenCalled()
    await pass(1_000)
    expect(doubt).toHaveBeenCalled()
  })
})

it('what cannot be read ends the connection, and a new one begins', async () => {
  const { links, server } = await onStage()
  server.socket.onmessage?.({ data: '{"type":' } as MessageEvent)
  expect(links.at(-1)).toBe('lost')
  await pass(2_000)
  expect(links.at(-1)).toBe('live')
})
