// Pictures: kept by updates, resumed after a break, fetched afresh where something is missing.
import { describe, expect, it } from 'vitest'
import { FakeServer, purchaser, supplier } from './support/fake_server'
import { onStage, pass, stage, turnTheClock } from './support/stage'

turnTheClock()

describe('what is followed', () => {
  it('is painted from its first picture and then from updates', async () => {
    const { live, server, changed } = await onStage()
    expect(live.view('12-1').public).toMatchObject({ state: 'RUNNING', extensions: 0 })
    changed.length = 0
    server.tell('12-1', 'public', { extensions: 1, best: '99000.00' })
    expect(live.view('12-1').public).toMatchObject({ extensions: 1, best: '99000.00' })
    expect(live.view('12-1').public!.leads).toHaveLength(1)
    expect(changed).toEqual(['12-1'])
  })

  it('shows each view its own side', async () => {
    const mine = await onStage()
    expect(mine.live.view('12-1').own?.alias).toBe('S5')
    expect(mine.live.view('12-1').supervision).toBeUndefined()
    const server = new FakeServer()
    server.addLot('12-1', ['5'])
    server.you = purchaser
    const buyer = stage(server)
    buyer.live.follow('12')
    buyer.live.start()
    await pass(1_000)
    expect(buyer.live.view('12-1').own).toBeUndefined()
    expect(buyer.live.view('12-1').supervision).toEqual({ bids: [], bidders: [] })
  })

  it('by two parts of a page is asked for once and ends with the second', async () => {
    const { live, server } = stage()
    const first = live.follow('12')
    const second = live.follow('12')
    live.start()
    await pass(100)
    first()
    first()
    await pass(100)
    expect(live.view('12-1').public).toBeDefined()
    second()
    await pass(100)
    expect(server.heard('subscribe')).toHaveLength(1)
    expect(server.heard('unsubscribe')).toMatchObject([{ inquiries: ['12'] }])
    expect(live.view('12-1')).toEqual({ lot: '12-1' })
    expect(live.lots('12')).toEqual([])
  })

  it('from one page to the next is not lost, nor taken for what it was before', async () => {
    const { live, server } = stage()
    const end = live.follow('12')
    live.start()
    await pass(100)
    end()
    live.follow('12')
    server.tell('12-1', 'public', { extensions: 4 })
    await pass(100)
    expect(live.view('12-1').public?.extensions).toBe(4)
    server.tell('12-1', 'public', { extensions: 5 })
    expect(live.view('12-1').public?.extensions).toBe(5)
  })

  it('and unknown is told, without harm to the others', async () => {
    const { live, server, problems } = stage()
    for (const inquiry of ['12', '99', '77']) live.follow(inquiry)
    live.start()
    await pass(1_000)
    expect(problems.map(([inquiry, problem]) => [inquiry, problem.code])).toEqual([['99', 'NOT_FOUND'], ['77', 'NOT_FOUND']])
    expect(live.lots('12')).toEqual(['12-1'])
    server.tell('12-1', 'public', { extensions: 2 })
    expect(live.view('12-1').public?.extensions).toBe(2)
  })

  it('has its lots in their order, also the tenth', async () => {
    const { live, server } = stage()
    for (const place of [10, 2]) server.addLot(`12-${place}`, [])
    live.follow('12')
    live.start()
    await pass(100)
    expect(live.lots('12')).toEqual(['12-1', '12-2', '12-10'])
  })

  it('in great number is asked for in messages that the server takes', async () => {
    const { live, server } = stage()
    for (let inquiry = 1; inquiry <= 600; inquiry++) server.addLot(`${inquiry + 1_000}-1`, ['5'])
    for (let inquiry = 1; inquiry <= 600; inquiry++) live.follow(String(inquiry + 1_000))
    live.start()
    await pass(1_000)
    server.cut()
    await pass(3_000)
    const asked = server.sockets[1]!.said.filter((message) => message.type === 'subscribe')
    expect(asked.length).toBeGreaterThan(4)
    for (const message of asked) expect(JSON.stringify(message).length).toBeLessThan(16 * 1024)
    expect(asked.flatMap((message) => message.resume as object[])).toHaveLength(1_200)
    expect(live.link.state).toBe('live')
  })

  it('with as many lots as an inquiry may have still comes back after a break', async () => {
    const { live, server } = stage()
    server.you = purchaser
    for (let place = 1; place <= 99; place++) server.addLot(`123456-${place}`, [])
    live.follow('123456')
    live.start()
    await pass(1_000)
    expect(live.lots('123456')).toHaveLength(99)
    server.cut()
    await pass(3_000)
    server.tell('123456-99', 'supervision', { bidders: [{ alias: 'S1' }] })
    server.tell('123456-1', 'supervision', { bidders: [{ alias: 'S2' }] })
    expect(live.link.state).toBe('live')
    expect(live.view('123456-99').supervision!.bidders).toEqual([{ alias: 'S1' }])
    expect(live.view('123456-1').supervision!.bidders).toEqual([{ alias: 'S2' }])
  })
})

describe('after a break', () => {
  it('only what was missed comes', async () => {
    const { live, server } = await onStage()
    server.tell('12-1', 'public', { best: '99.00' })
    server.cut()
    server.tell('12-1', 'public', { best: '98.00' })
    server.tell('12-1', 'public', { best: '97.00', extensions: 1 })
    await pass(2_000)
    expect(server.heard('subscribe')[1]).toMatchObject({
      inquiries: ['12'],
      resume: [{ stream: '12-1/public', epoch: 'life-1', offset: 1 }, { stream: '12-1/own', epoch: 'life-1', offset: 0 }],
    })
    expect(live.view('12-1').public).toEqual(server.picture('12-1', 'public'))
    expect(live.view('12-1').public!.leads!.map((point) => point.price)).toEqual(['99.00', '98.00', '97.00'])
  })

  it('longer than the server remembers a whole picture comes', async () => {
    const { live, server } = await onStage()
    server.cut()
    for (let turn = 0; turn < 300; turn++) server.tell('12-1', 'public', { extensions: turn })
    await pass(2_000)
    expect(live.view('12-1').public).toEqual(server.picture('12-1', 'public'))
  })

  it('of a server that started again a whole picture comes, though the positions look alike', async () => {
    const { live, server } = await onStage()
    server.tell('12-1', 'public', { best: '99.00' })
    server.restart()
    server.tell('12-1', 'public', { best: null, state: 'PAUSED', reason: '评审' })
    await pass(2_000)
    expect(live.view('12-1').public).toEqual(server.picture('12-1', 'public'))
    server.tell('12-1', 'public', { state: 'RUNNING', reason: null })
    expect(live.view('12-1').public).toEqual(server.picture('12-1', 'public'))
  })

  it('and another: what was followed meanwhile is there, what was let go is not', async () => {
    const { live, server } = stage()
    server.addLot('13-1', ['5'])
    const end = live.follow('12')
    live.start()
    await pass(100)
    server.network = 'gone'
    server.cut()
    end()
    live.follow('13')
    await pass(1_000)
    server.network = 'flowing'
    await pass(10_000)
    expect(server.sockets.at(-1)!.said.filter((one) => one.type === 'subscribe')).toMatchObject([{ inquiries: ['13'] }])
    expect(live.lots('12')).toEqual([])
    expect(live.lots('13')).toEqual(['13-1'])
  })
})

describe('a gap', () => {
  it('fetches a fresh picture, once, however much comes behind it', async () => {
    const { live, server } = await onStage()
    server.network = 'waiting'
    for (let turn = 1; turn <= 50; turn++) server.tell('12-1', 'public', { extensions: turn })
    server.socket.toClient.splice(0, 1)
    while (server.socket.stepDown());
    expect(live.view('12-1').public?.extensions).toBe(0)
    server.network = 'flowing'
    server.socket.flow()
    expect(server.heard('subscribe')).toHaveLength(2)
    expect(live.view('12-1').public?.extensions).toBe(50)
  })

  it('in one view leaves the others as they are', async () => {
    const { live, server } = await onStage()
    server.network = 'waiting'
    server.tell('12-1', 'own', { rank: 2 }, '5')
    server.tell('12-1', 'own', { rank: 3 }, '5')
    server.tell('12-1', 'public', { extensions: 7 })
    server.socket.toClient.splice(0, 1)
    while (server.socket.stepDown());
    expect(live.view('12-1').public?.extensions).toBe(7)
    server.network = 'flowing'
    server.socket.flow()
    expect(live.view('12-1').own?.rank).toBe(3)
  })

  it('whose fresh picture was lost with the connection can happen again', async () => {
    const { live, server } = await onStage()
    server.network = 'waiting'
    for (let turn = 1; turn <= 3; turn++) server.tell('12-1', 'public', { extensions: turn })
    server.socket.toClient.splice(0, 1)
    while (server.socket.stepDown());
    server.network = 'flowing'
    server.cut()
    await pass(2_000)
    server.network = 'waiting'
    for (let turn = 4; turn <= 6; turn++) server.tell('12-1', 'public', { extensions: turn })
    server.socket.toClient.splice(0, 1)
    server.network = 'flowing'
    server.socket.flow()
    expect(live.view('12-1').public?.extensions).toBe(6)
  })

  it('can happen again to the same stream', async () => {
    const { live, server } = await onStage()
    for (const round of [1, 2, 3]) {
      server.network = 'waiting'
      server.tell('12-1', 'public', { extensions: round * 10 })
      server.tell('12-1', 'public', { extensions: round * 10 + 1 })
      server.socket.toClient.splice(0, 1)
      server.network = 'flowing'
      server.socket.flow()
      expect(live.view('12-1').public?.extensions).toBe(round * 10 + 1)
    }
  })
})

describe('a repeat', () => {
  it('changes nothing and paints nothing', async () => {
    const { live, server, changed } = await onStage()
    server.network = 'waiting'
    server.tell('12-1', 'public', { best: '99.00' })
    server.socket.toClient.push(server.socket.toClient[0]!)
    server.network = 'flowing'
    changed.length = 0
    server.socket.flow()
    expect(live.view('12-1').public!.leads).toHaveLength(1)
    expect(changed).toEqual(['12-1'])
  })
})

describe('somebody else', () => {
  it('signing in sees nothing of who was here before, and the page is told', async () => {
    const { live, server, changed } = await onStage()
    server.decide('12-1', '5', 'k1', '99.00')
    changed.length = 0
    server.you = null
    live.restart()
    expect(live.view('12-1').own).toBeUndefined()
    expect(live.view('12-1').public).toBeDefined()
    expect(changed).toContain('12-1')
    await pass(1_000)
    expect(live.view('12-1').own).toBeUndefined()
    expect(live.bids('12-1')).toEqual([])
  })

  it('signed in through another window is noticed at the next connection: another stream of the same name', async () => {
    const { live, server } = await onStage()
    server.decide('12-1', '6', 'other', '99.00')
    server.tell('12-1', 'own', { rank: 1 }, '5')
    server.you = supplier('6')
    server.cut()
    server.tell('12-1', 'own', { rank: 2 }, '6')
    await pass(2_000)
    expect(live.view('12-1').own).toEqual(server.picture('12-1', 'own', '6'))
  })

  it('does not change what a colleague’s return resumes: the same person carries on', async () => {
    const { server } = await onStage()
    server.cut()
    await pass(2_000)
    expect(server.heard('subscribe')[1]!.resume).toHaveLength(2)
  })
})
