// What a network does to a supplier in the middle of bidding: cut, frozen, restarted, reloaded. Nothing lost, nothing twice.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { whileAway } from './support/browser.mjs'
import { Cable } from './support/cable.mjs'
import { eventually } from './support/eventually.mjs'
import { House } from './support/house.mjs'
import { shown } from './support/room.mjs'

test('on a bad network', async (t) => {
  const house = await House.open(t)
  const { office } = house
  const auction = () => office.publish(office.reverse('打印纸', { duration_s: 3_000 }))
  /** A supplier whose cable the test holds. */
  const wired = async (t, who, inquiry) => {
    const cable = await Cable.lay(t, house.server)
    const room = await house.supplier(t, who, inquiry, { url: cable.url, forgives: whileAway })
    return { cable, room, accepted: room.say('room.bids.state.accepted') }
  }

  await t.test('a cable that is pulled and put back: what was missed is there, the banner says both', async (t) => {
    const inquiry = await auction()
    const { cable, room } = await wired(t, 'bei', inquiry)
    await room.typeAndHear('99000.00')
    cable.pull()
    await room.page.getByText(room.say('words.link.lost')).waitFor()
    await room.stands('lost')
    await room.page.getByText(room.say('room.obstacle.lost')).waitFor()
    await room.person.accessible('the room without a connection')
    await office.bid('nan', `${inquiry}-1`, '98000.00')
    await office.bid('dong', `${inquiry}-1`, '97000.00')
    cable.putBack()
    await room.stands('overtaken', { rank: 3 })
    await room.leads('97000.00')
    await room.typeAndHear('96000.00')
    assert.deepEqual((await room.bids()).map(([price]) => price), ['96000.00', '99000.00'])
  })

  await t.test('a bid on its way when the cable is pulled is one bid, and is answered', async (t) => {
    const inquiry = await auction()
    const { cable, room, accepted } = await wired(t, 'bei', inquiry)
    cable.freeze()
    await room.type('99000.00')
    await room.page.getByText(room.say('room.box.sentPrice', { price: shown('99000.00') })).waitFor()
    cable.pull()
    cable.thaw()
    await room.stands('lost')
    cable.putBack()
    await room.receipt('99000.00')
    assert.deepEqual(await room.bids(), [['99000.00', accepted]])
    assert.equal(await office.bidsIn(`${inquiry}-1`, 'zhou'), 1)
  })

  await t.test('a bid whose receipt was lost is not made again', async (t) => {
    const inquiry = await auction()
    const { cable, room, accepted } = await wired(t, 'bei', inquiry)
    cable.freezeDown()
    await room.type('99000.00')
    await eventually('the server has the bid', async () => (await office.bidsIn(`${inquiry}-1`, 'zhou')) === 1)
    cable.pull()
    cable.thaw()
    await room.stands('lost')
    cable.putBack()
    await room.receipt('99000.00')
    assert.deepEqual(await room.bids(), [['99000.00', accepted]])
    assert.equal(await office.bidsIn(`${inquiry}-1`, 'zhou'), 1)
  })

  await t.test('a dead radio link is noticed, said, and survived', async (t) => {
    const inquiry = await auction()
    const { cable, room } = await wired(t, 'bei', inquiry)
    cable.freeze()
    await room.page.getByText(room.say('words.link.late')).waitFor()
    await room.page.getByText(room.say('words.link.lost')).waitFor()
    cable.thaw()
    await room.stands('open')
    await room.typeAndHear('99000.00')
  })

  await t.test('a reload in the middle shows the same room, and what was typed', async (t) => {
    const inquiry = await auction()
    const { room, accepted } = await wired(t, 'bei', inquiry)
    await room.typeAndHear('99000.00')
    await room.page.getByLabel(room.say('room.box.price'), { exact: true }).fill('97,500')
    await room.page.reload()
    await room.stands('leading')
    await room.receipt('99000.00')
    assert.deepEqual(await room.bids(), [['99000.00', accepted]])
    assert.equal(await room.page.getByLabel(room.say('room.box.price'), { exact: true }).inputValue(), '97,500')
  })

  await t.test('a reload with a bid on its way: it is asked about', async (t) => {
    const inquiry = await auction()
    const { cable, room, accepted } = await wired(t, 'bei', inquiry)
    cable.freezeDown()
    await room.type('99000.00')
    await eventually('the server has the bid', async () => (await office.bidsIn(`${inquiry}-1`, 'zhou')) === 1)
    cable.thaw()
    await room.page.reload()
    await room.receipt('99000.00')
    assert.deepEqual(await room.bids(), [['99000.00', accepted]])
  })

  await t.test('two windows of one supplier show the same, whichever bids', async (t) => {
    const inquiry = await auction()
    const { room } = await wired(t, 'bei', inquiry)
    const first = room.page
    const second = await room.person.window()
    await room.enter(inquiry)
    await room.typeAndHear('99000.00')
    await first.bringToFront()
    room.person.page = first
    await room.stands('leading')
    await room.receipt('99000.00')
    await room.typeAndHear('98000.00')
    room.person.page = second
    await second.bringToFront()
    await room.receipt('98000.00')
    assert.equal((await room.bids()).length, 2)
  })

  await t.test('signed out in one window, the other one says so and bids no more', async (t) => {
    const inquiry = await auction()
    const { room } = await wired(t, 'bei', inquiry)
    const first = room.page
    const second = await room.person.window()
    await room.person.go('/account')
    await room.person.settled() // what is asked for while the session ends would be refused, and told
    await second.getByRole('button', { name: office.bei.display }).click()
    await second.locator('#account-menu').getByRole('button', { name: room.say('words.signOut') }).click()
    await second.getByRole('link', { name: room.say('words.signIn'), exact: true }).first().waitFor()
    await first.bringToFront()
    await first.getByRole('link', { name: room.say('words.signIn'), exact: true }).first().waitFor()
    await eventually('no box to bid in', async () => (await first.locator('.bid-box').count()) === 0 || (await first.getByText(room.say('room.obstacle.signedOut')).count()) > 0)
  })

  await t.test('a server that is killed and started again gives the lost time back and forgets nothing', async (t) => {
    const inquiry = await auction()
    const { room, accepted } = await wired(t, 'bei', inquiry)
    const other = await house.supplier(t, 'nan', inquiry, { forgives: whileAway })
    await room.typeAndHear('99000.00')
    await house.server.kill()
    await room.stands('lost')
    await house.server.startAgain()
    await room.stands('leading')
    await other.stands('open')
    await other.typeAndHear('98000.00')
    await room.stands('overtaken', { rank: 2 })
    await room.typeAndHear('97000.00')
    assert.deepEqual(await room.bids(), [['97000.00', accepted], ['99000.00', accepted]])
  })
})
