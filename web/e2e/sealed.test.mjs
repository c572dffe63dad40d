// A sealed inquiry: nothing is shown before the close, to nobody; then a choice in the band that two people make.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { House } from './support/house.mjs'
import { Room, shown } from './support/room.mjs'
import { say } from './support/words.mjs'

test('a sealed inquiry from the quotes to a choice that a colleague approves', async (t) => {
  const house = await House.open(t)
  const { office } = house
  const said = say('zh')
  const [buyer, colleague] = [await house.person(t, 'zhou'), await house.person(t, 'wu')]
  const rooms = {}
  for (const who of ['bei', 'nan', 'dong']) rooms[who] = new Room(await house.person(t, who))

  const opensAt = new Date(Date.now() + 10_000).toISOString()
  const inquiry = await office.publish(office.sealed('会议桌 30 张', { duration_s: 25, band_over: '10', band_places: 3 }), { opens_at: opensAt })
  await buyer.go(`/desk/${inquiry}`)
  for (const room of Object.values(rooms)) await room.enter(inquiry)
  await rooms.bei.stands('scheduled')
  await rooms.bei.person.accessible('the room before the start')

  const quotes = { bei: '90000.00', nan: '91000.00', dong: '99000.00' }
  for (const [who, price] of Object.entries(quotes)) {
    await rooms[who].stands('quoteOpen')
    await rooms[who].typeAndHear(price)
    await rooms[who].stands('quoted')
  }
  await rooms.nan.person.accessible('the room of a sealed quote')
  await buyer.page.getByText(said('desk.console.sealed')).first().waitFor()
  await buyer.accessible('the console of a sealed inquiry')
  for (const window of [buyer, rooms.bei.person]) {
    const text = await window.page.locator('body').innerText()
    for (const price of [quotes.nan, quotes.dong]) assert.ok(!text.includes(shown(price)), `${price} is shown before the close`)
  }

  const option = (name) => buyer.page.locator('label').filter({ hasText: name })
  await option(office.nan.orgName).waitFor()
  assert.equal(await option(office.dong.orgName).count(), 0, 'above the average is not to be chosen')
  await buyer.accessible('the choice')
  await option(office.nan.orgName).click()
  await buyer.page.getByRole('button', { name: said('desk.choice.propose') }).click()
  const dialog = buyer.page.getByRole('dialog')
  await dialog.getByLabel(said('words.reason.label')).fill('第一名此前两次逾期交货,经评审改选第二名。')
  await buyer.accessible('the reason of a choice')
  await dialog.getByRole('button', { name: said('desk.choice.propose') }).click()
  await buyer.page.getByText(said('desk.choice.selfApproval')).waitFor()
  assert.equal(await buyer.page.getByRole('button', { name: said('desk.choice.approve'), exact: true }).count(), 0, 'nobody approves alone')

  await colleague.go(`/desk/${inquiry}`)
  await colleague.page.getByRole('button', { name: said('desk.choice.approve'), exact: true }).click()
  await colleague.page.getByRole('dialog').getByRole('button', { name: said('desk.choice.approve'), exact: true }).click()
  await rooms.nan.stands('asked')
  await rooms.bei.stands('standby')
  await rooms.nan.page.getByRole('button', { name: said('room.award.confirm'), exact: true }).click()
  await rooms.nan.page.getByRole('dialog').getByRole('button', { name: said('room.award.confirm'), exact: true }).click()
  await rooms.nan.stands('won')
  await rooms.dong.stands('notWon')
  await colleague.page.getByText(said('desk.award.confirmed')).first().waitFor()
})
