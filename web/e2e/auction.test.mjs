// A whole reverse auction in browsers: a purchaser writes and publishes it, suppliers press the price down, it is extended,
// ends, and the winner confirms; everybody sees the same.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventually } from './support/eventually.mjs'
import { House } from './support/house.mjs'
import { Room, shown } from './support/room.mjs'
import { say } from './support/words.mjs'

for (const language of ['zh', 'en']) {
  test(`an auction from the draft to the award, in ${language}`, async (t) => {
    const house = await House.open(t)
    const { office } = house
    const said = say(language)
    const title = '2026 年度打印纸采购'

    const buyer = await house.person(t, 'zhou')
    if (language === 'en') await buyer.speak(language)
    const inquiry = await publishByHand(buyer, said, { title, suppliers: [office.bei, office.nan] })
    const north = await house.supplier(t, 'bei', inquiry, { language })
    const south = await house.supplier(t, 'nan', inquiry, { language })
    await north.stands('open')
    await north.person.accessible('the room before a bid')

    await north.typeAndHear('99000.00')
    await north.stands('leading')
    await south.leads('99000.00')
    await south.typeAndHear('98500.00')
    await north.stands('overtaken', { rank: 2 })
    await south.stands('leading')
    await buyer.page.getByText(shown('98500.00')).first().waitFor()

    // The one tap, until it comes late enough to extend.
    await south.typeAndHear('80000.00')
    await eventually('an extension', async () => {
      await north.receipt(await north.tap())
      return buyer.page.getByText(said('desk.console.extensions')).count()
    })
    await north.page.getByText(said('room.extension.so')).waitFor()
    await south.stands('leading')
    await north.person.accessible('the room after bids')
    await buyer.accessible('the console')

    // It ends by itself; the first confirms.
    await south.stands('asked')
    await north.stands('standby')
    await south.person.accessible('the award')
    await south.page.getByRole('button', { name: said('room.award.confirm'), exact: true }).click()
    await south.page.getByRole('dialog').getByRole('button', { name: said('room.award.confirm'), exact: true }).click()
    await south.stands('won')
    await north.stands('notWon')
    await buyer.page.getByText(office.nan.orgName).first().waitFor()
    await buyer.page.getByText(said('desk.award.confirmed')).first().waitFor()

    // And so does everybody else, from the outside.
    const passer = await house.windows.person(t, house.server.url, { language })
    await passer.go(`/auctions/${inquiry}`)
    await passer.page.getByText(said('auction.say.confirmed', { name: office.nan.orgName })).waitFor()
    await passer.page.getByRole('heading', { name: said('auction.history') }).waitFor()
    const rows = passer.page.getByRole('row').filter({ hasText: shown('80000.00') })
    await rows.first().waitFor()
    assert.equal(await passer.page.getByText(office.bei.orgName).count(), 0, 'the loser has no name')
    await passer.accessible('the result')

    await buyer.go(`/record/${inquiry}`)
    await buyer.page.getByText(shown('80000.00')).first().waitFor()
    await buyer.accessible('the record')
  })
}

test('a price is refused with the reason, and nothing is lost', async (t) => {
  const house = await House.open(t)
  const inquiry = await house.office.publish(house.office.reverse('打印纸', { duration_s: 600 }))
  const north = await house.supplier(t, 'bei', inquiry)
  await north.typeAndHear('99000.00')
  // Above what may be bid: the page says so before anything is sent.
  const field = north.page.getByLabel(north.say('room.box.price'), { exact: true })
  await field.fill('98800')
  await north.page.getByText(north.say('room.check.aboveLimit', { limit: shown('98500.00') })).first().waitFor()
  await field.fill('100001')
  await north.page.getByText(north.say('room.check.aboveCeiling', { ceiling: shown('100000.00') })).first().waitFor()
  // Far below: asked back, in figures and in words.
  await field.fill('9000')
  await north.page.locator('button.ask').click()
  const dialog = north.page.getByRole('dialog')
  await dialog.getByText('人民币玖仟元整').waitFor()
  await north.person.accessible('the question about a price far below')
  await dialog.getByRole('button', { name: north.say('room.slip.back') }).click()
  await dialog.waitFor({ state: 'hidden' })
  assert.deepEqual(await north.bids(), [['99000.00', north.say('room.bids.state.accepted')]])
})

/** The draft page, as somebody fills it in; ends in the console. */
async function publishByHand(buyer, said, { title, suppliers }) {
  const { page } = buyer
  await buyer.go('/desk/new')
  const field = (key) => page.getByLabel(said(key), { exact: true })
  await field('desk.draft.name').fill(title)
  await field('desk.draft.lotTitle').fill('A4 复印纸 70 克')
  await field('desk.draft.quantity').fill('500')
  await field('desk.draft.ceiling').fill('100,000')
  await field('desk.draft.decrement').fill('500')
  for (const [key, seconds] of [['duration', '20'], ['trigger', '15'], ['extension', '15']]) {
    await page.locator('.form-field').filter({ hasText: said(`desk.draft.${key}`) }).locator('select').first().selectOption('s')
    await field(`desk.draft.${key}`).fill(seconds)
  }
  await field('desk.draft.minBidders').fill('2')
  for (const { orgName } of suppliers) {
    await field('desk.draft.findSupplier').fill(orgName.slice(0, 4))
    await page.getByRole('button', { name: said('desk.draft.addNamed', { name: orgName }) }).click()
  }
  await buyer.accessible('the draft')
  await page.getByRole('button', { name: said('desk.draft.publish') }).click()
  await page.getByRole('dialog').getByRole('button', { name: said('desk.publish.startNow') }).click()
  await page.waitForURL(/#\/desk\/\d+$/)
  return /desk\/(\d+)$/.exec(page.url())[1]
}
