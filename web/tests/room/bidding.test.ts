import { beforeEach, describe, expect, it } from 'vitest'
import { localProblem, type Money, type OwnBid, type OwnPicture, type PublicPicture, type Receipt } from '../../src/ebb'
import { createBidding, type Bidding } from '../../src/pages/room/bidding'
import type { Obstacle } from '../../src/pages/room/obstacle'
import { mine, receipt, reverse, sealed } from './pictures'

interface Placed {
  price: Money
  confirm: boolean
  done: (receipt: Receipt) => void
  fail: (why: unknown) => void
}
const asked: Receipt['problem'] = { type: '', title: '', title_en: '', status: 422, code: 'CONFIRMATION_NEEDED', rule: 'confirmation', limit: '49250.00' }

let placed: Placed[]
let seen: PublicPicture
let own: OwnPicture
let bids: OwnBid[]
let obstacle: Obstacle | undefined
let desk: Bidding
const settled = (): Promise<void> => new Promise((done) => setImmediate(done))

beforeEach(() => {
  placed = []
  seen = reverse({ best: '98500.00' })
  own = mine({ next_limit: '98000.00' })
  bids = []
  obstacle = undefined
  desk = createBidding({
    place: (price, { confirm }) => new Promise((done, fail) => placed.push({ price, confirm, done, fail })),
    seen: () => seen,
    own: () => own,
    bids: () => bids,
    obstacle: () => obstacle,
  })
})

it('a bid that could not be signed left nothing behind but the reason', async () => {
  for (const code of ['NO_SIGNING_KEY', 'NOT_SIGNED', 'NETWORK'] as const) {
    desk.submit(9_800_000n)
    placed.at(-1)!.fail(localProblem(code))
    await settled()
    expect(desk.trouble.value).toMatchObject({ price: '98000.00', problem: { code } })
    expect(desk.underWay()).toBeUndefined()
  }
})

describe('one decision, one bid', () => {
  it('sends the price as the wire wants it, without confirm', () => {
    expect(desk.submit(9_800_000n)).toBe('sent')
    expect(placed).toMatchObject([{ price: '98000.00', confirm: false }])
    expect(desk.underWay()).toBe('98000.00')
  })
  it('a double click, a repeating Enter, another price: nothing more while the first is under way', () => {
    desk.submit(9_800_000n)
    for (const again of [9_800_000n, 9_800_000n, 9_700_000n]) expect(desk.submit(again)).toBe('busy')
    expect(placed).toHaveLength(1)
  })
  it('nor after a reload, while the server is being asked about one of before', () => {
    bids = [{ key: 'old', price: '98000.00', state: 'asking', at: 0 }]
    expect(desk.submit(9_800_000n)).toBe('busy')
    expect(desk.underWay()).toBe('98000.00')
    expect(placed).toHaveLength(0)
  })
  it('nor between the receipt and the picture that follows it', async () => {
    desk.submit(9_800_000n)
    placed[0]!.done(receipt({ price: '98000.00', rank: 1 }))
    await settled()
    expect(desk.underWay()).toBeUndefined()
    expect(desk.submit(9_800_000n)).toBe('busy') // the limit on screen is still the one of before
    own = mine({ next_limit: '97500.00' })
    expect(desk.submit(9_800_000n)).toBe('aboveLimit')
    expect(desk.submit(9_750_000n)).toBe('sent')
    expect(placed.map((one) => one.price)).toEqual(['98000.00', '97500.00'])
  })
  it('what is known to be refused is not sent', () => {
    expect(desk.submit(9_800_001n)).toBe('aboveLimit')
    expect(desk.submit(10_000_001n)).toBe('aboveCeiling')
    expect(desk.submit(0n)).toBe('notPositive')
    obstacle = 'paused'
    expect(desk.submit(9_800_000n)).toBe('paused')
    expect(placed).toHaveLength(0)
  })
  it('a refusal frees the box', async () => {
    desk.submit(9_800_000n)
    placed[0]!.done(receipt({ outcome: 'refused' }))
    await settled()
    expect(desk.submit(9_800_000n)).toBe('sent')
  })
  it('what did not leave this machine is said; what stands in the list is not said twice', async () => {
    desk.submit(9_800_000n)
    placed[0]!.fail(localProblem('NETWORK'))
    await settled()
    expect(desk.trouble.value).toMatchObject({ price: '98000.00', problem: { code: 'NETWORK' } })
    desk.submit(9_800_000n)
    expect(desk.trouble.value).toBeUndefined()
    placed[1]!.fail(localProblem('NOT_DELIVERED'))
    await settled()
    expect(desk.trouble.value).toBeUndefined()
    expect(desk.underWay()).toBeUndefined()
  })
  it('sealed: a quote after a quote, with no limit but the ceiling', async () => {
    seen = sealed()
    own = mine()
    desk.submit(9_000_000n)
    placed[0]!.done(receipt())
    await settled()
    expect(desk.submit(9_500_000n)).toBe('sent') // replaces the former; may be higher
  })
})

describe('a price far below', () => {
  it('is asked about before an attempt is spent, and is then sent as any other', () => {
    expect(desk.submit(6_800_000n)).toBe('asked')
    expect(desk.question.value).toMatchObject({ price: '68000.00', byServer: false, cut: { percent: '30.9' } })
    expect(placed).toHaveLength(0)
    expect(desk.agree()).toBe('sent')
    expect(placed).toMatchObject([{ price: '68000.00', confirm: false }])
    expect(desk.question.value).toBeUndefined()
  })
  it('confirm is said only where the server asked, in a second message', async () => {
    desk.submit(980_000n)
    desk.agree()
    placed[0]!.done(receipt({ outcome: 'refused', problem: asked }))
    await settled()
    expect(desk.question.value).toMatchObject({ price: '9800.00', byServer: true })
    expect(placed).toHaveLength(1)
    expect(desk.agree()).toBe('sent')
    expect(placed[1]).toMatchObject({ price: '9800.00', confirm: true })
  })
  it('taken back, nothing was sent and nothing will be', () => {
    desk.submit(980_000n)
    desk.withdraw()
    expect(desk.agree()).toBe('busy')
    expect(placed).toHaveLength(0)
  })
  it('agreed to twice, it is sent once', () => {
    desk.submit(980_000n)
    expect([desk.agree(), desk.agree()]).toEqual(['sent', 'busy'])
    expect(placed).toHaveLength(1)
  })
  it('is judged again when it is agreed to: meanwhile the lot may be closed', () => {
    desk.submit(980_000n)
    obstacle = 'closed'
    expect(desk.agree()).toBe('closed')
    expect(placed).toHaveLength(0)
  })
  it('the question of the server can be taken up again after a reload', () => {
    desk.reconsider('9800.00')
    expect(desk.agree()).toBe('sent')
    expect(placed).toMatchObject([{ price: '9800.00', confirm: true }])
  })
})
