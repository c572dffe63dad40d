// The formats of the field in browsers: levels that fall and rise, and turns, each played in two windows.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { House } from './support/house.mjs'
import { shown } from './support/room.mjs'
import { say } from './support/words.mjs'

const soon = () => ({ opens_at: new Date(Date.now() + 12_000).toISOString() })

test('a japanese auction: who does not accept is out, who stays wins', async (t) => {
  const house = await House.open(t)
  const { office } = house
  const inquiry = await office.publish(office.japanese('投影仪 12 台'), soon())
  const [north, south] = [await house.supplier(t, 'bei', inquiry), await house.supplier(t, 'nan', inquiry)]
  const passer = await house.windows.person(t, house.server.url)
  await passer.go(`/auctions/${inquiry}`)

  for (const room of [north, south]) await room.stands('levelAsked', { price: shown('100000.00') })
  await north.person.accessible('the room of a level')
  for (const room of [north, south]) await room.answer('accept')
  for (const room of [north, south]) await room.stands('levelAccepted', { price: shown('100000.00') })
  await passer.page.getByText(say('zh')('auction.say.japanese')).waitFor()

  await north.stands('levelAsked', { price: shown('95000.00') })
  await north.answer('accept')
  await north.stands('levelAccepted', { price: shown('95000.00') })
  await passer.accessible('a level from outside')
  // The others let the level pass: the last to stay is the winner.
  await north.stands('asked')
  await south.stands('standby')
  await passer.page.getByText(shown('95000.00')).first().waitFor()
})

test('a dutch auction: the first to take the level has it', async (t) => {
  const house = await House.open(t)
  const { office } = house
  const inquiry = await office.publish(office.dutch('碎纸机 8 台'), soon())
  const [north, south] = [await house.supplier(t, 'bei', inquiry, { language: 'en' }), await house.supplier(t, 'nan', inquiry)]

  await south.stands('levelAsked', { price: shown('80000.00') })
  await north.person.accessible('the room of a dutch level')
  await south.stands('levelAsked', { price: shown('85000.00') })
  await north.answer('take')
  await north.receipt('85000.00')
  await north.stands('asked')
  await south.stands('absent')
})

test('a dutch auction that goes on: sealed bids below the taker, then a best bid', async (t) => {
  const house = await House.open(t)
  const { office } = house
  const rules = { sealed_for_s: 20, best_bid_for_s: 20, decrement: '100.00', min_bidders: 2 }
  const inquiry = await office.publish(office.dutch('文件柜 15 组', rules), soon())
  const [north, south] = [await house.supplier(t, 'bei', inquiry), await house.supplier(t, 'nan', inquiry)]

  await north.stands('levelAsked', { price: shown('80000.00') })
  await north.answer('take')
  await north.stands('yourOrder', { price: shown('80000.00') })
  await south.stands('beatTaker')
  await south.person.accessible('the room of sealed bids')
  await south.type('79000')
  await south.stands('beatenTaker')
  assert.ok(!(await north.page.locator('body').innerText()).includes(shown('79000.00')), 'a sealed bid is shown to the taker')
  await north.stands('bestBid')
  await south.stands('otherBestBid')
  await north.type('78500')
  await north.page.getByText(north.say('room.staged.in', { price: shown('78500.00') })).waitFor()
  await north.stands('asked')
  await south.stands('standby')
})

test('rounds: sealed first quotes, then turns, worst first; a bid is taken back and made again', async (t) => {
  const house = await House.open(t)
  const { office } = house
  const inquiry = await office.publish(office.rounds('会议桌 30 张'), soon())
  const [north, south] = [await house.supplier(t, 'bei', inquiry), await house.supplier(t, 'nan', inquiry)]

  for (const room of [north, south]) await room.stands('firstOpen')
  await north.person.accessible('the room of first quotes')
  await north.type('90000')
  await south.type('92000')
  for (const room of [north, south]) await room.stands('firstQuoted')
  assert.ok(!(await north.page.locator('body').innerText()).includes(shown('92000.00')), 'a first quote is shown to another')

  // Opened: the worst bids first, and can change its mind until the turn ends.
  await south.stands('yourTurn', { round: 1 })
  await north.stands('otherTurn')
  await north.leads('90000.00')
  await south.type('89000')
  await south.page.getByText(south.say('room.staged.in', { price: shown('89000.00') })).waitFor()
  await south.person.accessible('the room of a turn')
  await south.page.getByRole('button', { name: south.say('room.staged.withdraw') }).click()
  await south.page.locator('.staged').waitFor({ state: 'detached' })
  await south.type('88000')
  await south.page.getByText(south.say('room.staged.in', { price: shown('88000.00') })).waitFor()
  assert.ok(!(await north.page.locator('body').innerText()).includes(shown('88000.00')), 'the bid of a turn is shown before the turn ends')

  await north.stands('yourTurn', { round: 1 })
  await north.leads('88000.00')
  await south.stands('otherTurn')
  // Who leads the turn past keeps its quote: the second is the first now.
  await south.stands('asked')
  await north.stands('standby')
})
