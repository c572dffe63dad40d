// Other hands and other screens: a keyboard alone, a thumb on a phone, a nervous double click.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { phone } from './support/browser.mjs'
import { calmly, eventually } from './support/eventually.mjs'
import { House } from './support/house.mjs'
import { Room } from './support/room.mjs'

test('hands', async (t) => {
  const house = await House.open(t)
  const { office } = house
  const auction = () => office.publish(office.reverse('打印纸', { duration_s: 3_000 }))

  await t.test('a keyboard alone signs in, bids its own price and takes the offer', async (t) => {
    const inquiry = await auction()
    const person = await house.windows.person(t, house.server.url)
    const { page } = person
    const { keyboard } = page
    await person.go(`/sign-in?then=/auctions/${inquiry}`)
    await tabTo(page, 'input[autocomplete="username"]')
    await keyboard.type(office.bei.login)
    await tabTo(page, 'input[autocomplete="current-password"]')
    await keyboard.type(office.bei.password)
    await keyboard.press('Enter')
    const room = await inRoom(person)
    await keyboard.press('/')
    await keyboard.type('99000')
    await keyboard.press('Enter')
    await page.getByRole('button', { name: room.say('room.box.send'), exact: true }).waitFor()
    await eventually('sent', async () => {
      if ((await focused(page)).includes(room.say('room.box.send'))) await keyboard.press('Enter')
      return (await room.sent()).includes('99000.00')
    }, calmly)
    await room.receipt('99000.00')
    await tabTo(page, 'button.help')
    await keyboard.press('o')
    await eventually('the offer is taken', async () => {
      if (await room.offerButton.evaluate((button) => document.activeElement === button)) await keyboard.press('Enter')
      return (await room.sent()).includes('98500.00')
    }, calmly)
    await room.receipt('98500.00')
    assert.equal((await room.bids()).length, 2)
  })

  await t.test('a double click is one bid', async (t) => {
    const inquiry = await auction()
    const room = await house.supplier(t, 'bei', inquiry)
    await room.typeAndHear('99000.00')
    await eventually('the offer is sent', async () => {
      await room.offerButton.dblclick()
      return room.wasSent('98500.00')
    }, calmly)
    await room.receipt('98500.00')
    assert.equal(await office.bidsIn(`${inquiry}-1`, 'zhou'), 2)
  })

  await t.test('two suppliers who take the same price in the same moment have one bid each', async (t) => {
    const inquiry = await auction()
    const [north, south] = [await house.supplier(t, 'bei', inquiry), await house.supplier(t, 'nan', inquiry)]
    await north.typeAndHear('99000.00')
    await south.typeAndHear('99000.00')
    const prices = await Promise.all([north.tap(), south.tap()])
    assert.deepEqual(prices, ['98500.00', '98500.00'])
    await north.receipt('98500.00')
    await south.receipt('98500.00')
    assert.equal(await office.bidsIn(`${inquiry}-1`, 'zhou'), 4)
  })

  for (const language of ['zh', 'en']) {
    await t.test(`a thumb on a phone, in ${language}`, async (t) => {
      const inquiry = await auction()
      const room = await house.supplier(t, 'bei', inquiry, { viewport: phone, touch: true, language })
      await room.typeAndHear('99000.00')
      await room.stands('leading')
      await room.person.fits('the room on a phone')
      await room.person.accessible('the room on a phone')
      await eventually('the offer is sent by a tap', async () => {
        await room.offerButton.tap()
        return room.wasSent('98500.00')
      }, calmly)
      await room.receipt('98500.00')
      const small = await room.page.locator('main button:visible, main a:visible').evaluateAll((targets) =>
        targets
          .filter((target) => getComputedStyle(target).display !== 'inline')
          .map((target) => [target.innerText || target.outerHTML, target.getBoundingClientRect()])
          .filter(([, box]) => box.height < 43.5)
          .map(([name, box]) => `${name}: ${Math.round(box.height)}`),
      )
      assert.deepEqual(small, [], 'targets lower than 44 px')
    })
  }
})

async function inRoom(person) {
  const room = new Room(person)
  await person.page.getByRole('region', { name: room.say('room.name') }).waitFor()
  return room
}
const focused = (page) => page.evaluate(() => document.activeElement?.textContent ?? '')
/** Tabs until that element has the focus, like somebody who has no mouse. */
async function tabTo(page, selector) {
  for (let presses = 0; presses < 60; presses++) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`no Tab leads to ${selector}`)
}
