// What is done beside bidding by hand: automatic bids, a bid that the buyer's side enters, a bid that a regulator voids.
import { test } from 'node:test'
import { House } from './support/house.mjs'
import { shown } from './support/room.mjs'
import { say } from './support/words.mjs'

const said = say('zh')

test('automatic bids answer for a supplier down to a limit that only its tab knows', async (t) => {
  const house = await House.open(t)
  const { office } = house
  const inquiry = await office.publish(office.reverse('硒鼓 200 支', { duration_s: 600, proxies: true }))
  const north = await house.supplier(t, 'bei', inquiry)
  await north.typeAndHear('99000.00')

  const panel = north.page.getByRole('region', { name: said('room.proxy.title') })
  await panel.getByLabel(said('room.proxy.limit')).fill('90000')
  await panel.getByRole('button', { name: said('room.proxy.set') }).click()
  await north.person.accessible('the question before automatic bids')
  await north.page.getByRole('dialog').getByRole('button', { name: said('room.proxy.set') }).click()
  await panel.getByText(said('room.proxy.limitIs', { price: shown('90000.00') })).waitFor()
  await north.page.getByText(said('room.obstacle.proxy')).waitFor()
  await north.person.accessible('active automatic bids')

  await office.bid('nan', `${inquiry}-1`, '95000.00')
  await north.leads('94500.00')
  await north.stands('leading')
  await panel.getByRole('button', { name: said('room.proxy.cancel') }).click()
  await panel.getByLabel(said('room.proxy.limit')).waitFor()

  // Beyond the limit there is nothing left to answer with.
  await panel.getByLabel(said('room.proxy.limit')).fill('90000')
  await panel.getByRole('button', { name: said('room.proxy.set') }).click()
  await north.page.getByRole('dialog').getByRole('button', { name: said('room.proxy.set') }).click()
  await panel.getByText(said('room.proxy.active')).waitFor()
  await office.bid('nan', `${inquiry}-1`, '80000.00')
  await north.stands('overtaken', { rank: 2 })
  await panel.getByLabel(said('room.proxy.limit')).waitFor()
})

test("a bid for a supplier takes two people of the buyer's; a regulator voids it, and the one before counts again", async (t) => {
  const house = await House.open(t)
  const { office } = house
  const inquiry = await office.publish(office.reverse('打印机 30 台', { duration_s: 600, surrogates: true }))
  const north = await house.supplier(t, 'bei', inquiry)
  await north.typeAndHear('98000.00')
  const [buyer, colleague, regulator] = [await house.person(t, 'zhou'), await house.person(t, 'wu'), await house.person(t, 'shen')]

  await buyer.go(`/desk/${inquiry}`)
  await buyer.page.getByLabel(said('desk.surrogate.bidder'), { exact: true }).selectOption({ label: office.bei.orgName })
  const act = async (person, name, fill = async () => {}) => {
    await person.page.getByRole('button', { name: said(name), exact: true }).click()
    const dialog = person.page.getByRole('dialog')
    await fill(dialog)
    await dialog.getByRole('button', { name: said(name), exact: true }).click()
    await dialog.waitFor({ state: 'hidden' })
  }
  await act(buyer, 'desk.surrogate.ask', (dialog) => dialog.getByLabel(said('words.reason.label')).fill('供应商机房断电,已电话核实身份和报价'))
  await buyer.page.getByText(said('desk.surrogate.selfApproval')).waitFor()
  await buyer.accessible('a surrogate bid that waits')
  await colleague.go(`/desk/${inquiry}`)
  await act(colleague, 'desk.surrogate.approve')
  await buyer.go(`/desk/${inquiry}`)
  await act(buyer, 'desk.surrogate.place', (dialog) => dialog.getByLabel(said('desk.surrogate.price')).fill('96000'))
  await north.leads('96000.00')
  await north.stands('leading')

  await regulator.go(`/auctions/${inquiry}`)
  await regulator.page.getByRole('button', { name: said('auction.cancel') }).click()
  const dialog = regulator.page.getByRole('dialog')
  await dialog.getByLabel(said('words.reason.label')).fill('代录价格与供应商书面报价不符')
  await regulator.accessible('voiding a bid')
  await dialog.getByRole('button', { name: said('auction.cancel') }).click()
  await north.leads('98000.00')
  await regulator.page.getByText(said('words.history.voided')).first().waitFor()
})
