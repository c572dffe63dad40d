// What is sent that is no bid: done or refused, and never answered twice.
import { describe, expect, it } from 'vitest'
import { onStage, pass, turnTheClock } from './support/stage'

turnTheClock()
const lot = '12-1'
const came = (promise: Promise<void>): { now: string } => {
  const seen = { now: 'open' }
  promise.then(
    () => (seen.now = 'done'),
    (why: { code: string }) => (seen.now = why.code),
  )
  return seen
}

describe('a withdrawal and a proxy', () => {
  it('are done when the server says so, each under its own id', async () => {
    const { live, server } = await onStage()
    const [set, cancelled, withdrawn] = [came(live.setProxy(lot, '80.00', '1.00')), came(live.cancelProxy(lot)), came(live.withdraw(lot))]
    const ids = ['set_proxy', 'cancel_proxy', 'withdraw'].map((type) => server.heard(type)[0]!.id as string)
    expect(new Set(ids).size).toBe(3)
    expect(server.heard('set_proxy')).toMatchObject([{ lot, limit: '80.00', step: '1.00' }])
    server.socket.tell({ type: 'done', id: ids[1], seq: 7 })
    await pass(0)
    expect([set.now, cancelled.now, withdrawn.now]).toEqual(['open', 'done', 'open'])
    server.socket.tell({ type: 'problem', id: ids[0], problem: { type: '', title: '', title_en: '', status: 409, code: 'NO_BID' } })
    await pass(0)
    expect([set.now, withdrawn.now]).toEqual(['NO_BID', 'open'])
  })
  it('are not known to be done when the connection breaks before the answer', async () => {
    const { live, server } = await onStage()
    const withdrawn = came(live.withdraw(lot))
    server.socket.end(1006)
    await pass(0)
    expect(withdrawn.now).toBe('NO_ANSWER')
    expect(came(live.cancelProxy(lot))).toEqual({ now: 'open' })
    await pass(0)
    expect(server.heard('cancel_proxy')).toEqual([])
  })
})
