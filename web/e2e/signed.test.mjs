// Signed bids: a key is made in the browser and registered, every bid bears its signature, and one that does not hold is
// voided before anybody is awarded.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { desktop, phone } from './support/browser.mjs'
import { House } from './support/house.mjs'
import { shown } from './support/room.mjs'
import { say } from './support/words.mjs'

const fingerprint = /[0-9a-f]{4}( [0-9a-f]{4}){3}/
/** In the room: makes the key that is asked for. */
async function makeKey(room) {
  await room.page.getByRole('button', { name: room.say('signing.make'), exact: true }).click()
  await room.page.getByText(new RegExp(room.say('signing.ready'))).waitFor()
}

/** What the program says of the receipt whose dialog is open. */
async function offline(room) {
  const download = room.page.waitForEvent('download')
  await room.page.getByRole('dialog').getByRole('button', { name: room.say('proof.download'), exact: true }).click()
  return execFileSync(process.env.EBB_SERVER_BINARY, ['verify', '--receipt', await (await download).path()], { encoding: 'utf8' })
}

for (const language of ['zh', 'en']) {
  test(`a signed auction from the key to the award, in ${language}`, async (t) => {
    const house = await House.open(t)
    const { office } = house
    const inquiry = await office.publish(office.reverse('打印纸 500 箱', { duration_s: 40, trigger_window_s: 40, extension_s: 25, signed_bids: true }))
    const north = await house.supplier(t, 'bei', inquiry, { language })
    const said = say(language)

    // Before there is a key nothing can be bid, and the way to one is right here.
    await north.page.getByText(said('signing.room.must')).waitFor()
    await north.page.locator('.bid-box').getByText(said('room.obstacle.unsigned')).waitFor()
    await north.person.accessible('a room that asks for a key')
    await makeKey(north)
    await north.typeAndHear('99000.00')
    await north.stands('leading')
    await north.person.accessible('a room with a key')

    // The other makes its key on the account page.
    const south = await house.supplier(t, 'nan', inquiry, { language })
    await south.person.go('/account')
    const card = south.page.getByRole('region', { name: said('signing.title') })
    await card.getByRole('button', { name: said('signing.make'), exact: true }).click()
    const row = card.getByRole('row').filter({ hasText: said('signing.here') })
    await row.getByText(said('signing.inForce')).waitFor()
    assert.match(await row.innerText(), fingerprint)
    await south.person.accessible('the signing keys')
    await south.enter(inquiry)
    await south.typeAndHear('98500.00')
    await north.stands('overtaken', { rank: 2 })

    // The key outlives a reload; the receipt of a signed bid is in the log as any other.
    await south.enter(inquiry)
    await south.receipt(await south.tap())
    const proof = await south.verify('passed')
    await proof.getByText(south.say('proof.about.bidSignature')).waitFor()
    assert.match(await offline(south), /the signature holds by the key of fingerprint [0-9a-f]{64}/)
    await south.closeDialog()

    const buyer = await house.person(t, 'zhou', { language })
    await buyer.go(`/desk/${inquiry}`)
    await buyer.page.locator('details').filter({ hasText: said('desk.console.rules') }).locator('summary').click()
    await buyer.page.getByText(said('words.facts.signedBidsText')).waitFor()

    await office.until(inquiry, 'AWARDED', 120_000)
    await south.stands('asked')
    await south.page.getByRole('button', { name: said('room.award.confirm'), exact: true }).click()
    await south.page.getByRole('dialog').getByRole('button', { name: said('room.award.confirm'), exact: true }).click()
    await south.stands('won')
    await north.stands('notWon')
    await buyer.page.getByText(said('desk.award.confirmed')).first().waitFor()
  })
}

test('a bid whose signature does not hold is voided, with the reason, and the one before counts again', async (t) => {
  const house = await House.open(t)
  const { office } = house
  const said = say('zh')
  const inquiry = await office.publish(office.reverse('硒鼓 200 支', { duration_s: 600, signed_bids: true }))
  const lot = `${inquiry}-1`
  const north = await house.supplier(t, 'bei', inquiry)
  await makeKey(north)
  await north.typeAndHear('99000.00')
  await north.stands('leading')

  const east = await house.supplier(t, 'dong', inquiry)
  const signer = await office.signer('dong')
  assert.equal((await office.bid('dong', lot, '98000.00')).problem.code, 'SIGNATURE_MISSING')
  assert.equal((await office.signedBid('dong', signer, lot, '98000.00', '97000.00')).outcome, 'accepted')
  await east.stands('voided')
  await east.page.locator('section.receipt .outcome').filter({ hasText: said('room.receipt.voided') }).waitFor()
  await east.page.getByText('报价签名验证不通过').first().waitFor()
  await east.person.accessible('a bid that was voided')
  await east.verify('unsigned')
  await east.page.getByText(said('proof.why.forged')).waitFor()
  await east.person.accessible('a receipt of a bid that was not signed')
  assert.match(await offline(east), /the signature does not hold by the key of fingerprint [0-9a-f]{64}/)
  await east.closeDialog()
  await north.stands('leading')
  await north.leads('99000.00')

  const buyer = await house.person(t, 'zhou')
  await buyer.go(`/desk/${inquiry}`)
  const line = buyer.page.getByRole('row').filter({ hasText: said('words.history.voided') })
  await line.filter({ hasText: shown('98000.00') }).filter({ hasText: '报价签名验证不通过' }).waitFor()
  await buyer.accessible('a console with a voided bid')

  // One that holds is as good as any; what was voided is in the way of nothing.
  assert.equal((await office.signedBid('dong', signer, lot, '98000.00')).outcome, 'accepted')
  await east.stands('leading')
  await north.stands('overtaken', { rank: 2 })
  await makeKey(east)
  await east.receipt(await east.tap())
})

test('the history and the record of a lot say which bid was voided, and why', async (t) => {
  const house = await House.open(t)
  const { office } = house
  const inquiry = await office.publish(office.reverse('饮水机 40 台', { duration_s: 12, trigger_window_s: 0, min_bidders: 1, signed_bids: true }))
  const lot = `${inquiry}-1`
  const [north, east] = [await office.signer('bei'), await office.signer('dong')]
  await office.signedBid('bei', north, lot, '99000.00')
  await office.signedBid('dong', east, lot, '98000.00', '97000.00')
  await office.until(inquiry, 'AWARDED')

  const passer = await house.windows.person(t, house.server.url)
  await passer.go(`/auctions/${inquiry}`)
  const buyer = await house.person(t, 'zhou', { viewport: phone })
  await buyer.go(`/record/${inquiry}`)
  for (const [language, reason] of [['zh', '报价签名验证不通过'], ['en', 'the signature of the bid does not hold']]) {
    for (const person of [passer, buyer]) {
      if (language === 'en') await person.as(language, desktop).then(() => person.page.reload())
      const row = person.page.getByRole('row').filter({ hasText: shown('98000.00') }).filter({ hasText: say(language)('words.history.voided') })
      await row.filter({ hasText: reason }).waitFor()
      await person.page.getByRole('row').filter({ hasText: shown('99000.00') }).last().waitFor()
      await person.accessible(`a history with a voided bid, ${language}`)
      await person.fits(`a history with a voided bid, ${language}`)
    }
  }
})

test('a key that was revoked signs no more; a browser that cannot sign, or a server that is not who it was, says so', async (t) => {
  const house = await House.open(t)
  const { office } = house
  const said = say('zh')
  const inquiry = await office.publish(office.reverse('办公椅 40 把', { duration_s: 600, signed_bids: true }))
  const north = await house.supplier(t, 'bei', inquiry)
  await makeKey(north)
  await north.typeAndHear('99000.00')
  await north.person.go('/account')
  await north.page.getByRole('button', { name: said('signing.revoke') }).click()
  const dialog = north.page.getByRole('dialog')
  await north.person.accessible('revoking a key')
  await dialog.getByRole('button', { name: said('signing.revoke'), exact: true }).click()
  await north.page.getByText(said('signing.revoked')).waitFor()
  await north.enter(inquiry)
  await north.page.getByText(said('signing.revoked')).waitFor()
  await north.page.locator('.bid-box').getByText(said('room.obstacle.unsigned')).waitFor()
  await makeKey(north)
  await north.typeAndHear('98000.00')

  await t.test('no place to keep a key', async (t) => {
    const south = await house.person(t, 'nan')
    await south.page.addInitScript(() => Object.defineProperty(globalThis, 'indexedDB', { value: undefined }))
    await south.go(`/auctions/${inquiry}`)
    await south.page.getByText(said('signing.noCabinet')).waitFor()
    await south.page.locator('.bid-box').getByText(said('room.obstacle.unsigned')).waitFor()
    await south.accessible('a browser that keeps nothing')
  })
  await t.test('another house', async (t) => {
    const south = await house.person(t, 'nan')
    await south.page.route('**/api/v1/me/signing-keys', async (route) => {
      const answer = await route.fetch()
      await route.fulfill({ response: answer, json: { ...(await answer.json()), house: '0'.repeat(64) } })
    })
    await south.go(`/auctions/${inquiry}`)
    await south.page.getByText(said('signing.otherHouse')).waitFor()
    await south.page.locator('.bid-box').getByText(said('room.obstacle.unsigned')).waitFor()
  })
})

test('a purchaser asks for signed bids, and is told what they exclude', async (t) => {
  const house = await House.open(t)
  const { office } = house
  const said = say('zh')
  const { id } = await (await office.desk('zhou')).post('inquiries', office.reverse('会议桌 30 张', { surrogates: true }))
  const buyer = await house.person(t, 'zhou')
  const { page } = buyer
  await buyer.go(`/desk/${id}/edit`)
  await page.locator('summary').filter({ hasText: said('desk.draft.moreRules') }).click()
  await page.getByLabel(said('desk.rule.signedBids')).check()
  const byOthers = page.getByRole('checkbox', { name: new RegExp(`^${said('words.facts.surrogates')}`) })
  await byOthers.focus()
  await page.getByText(said('desk.fault.signedByOthers')).first().waitFor()
  await buyer.accessible('a draft that contradicts itself')
  await byOthers.uncheck()
  await page.getByText(said('desk.fault.signedByOthers')).first().waitFor({ state: 'detached' })
  await page.getByRole('button', { name: said('desk.draft.save'), exact: true }).click()
  await page.getByText(said('desk.draft.saved')).first().waitFor()
  const { rules } = (await (await office.desk('zhou')).get(`inquiries/${id}`)).lots[0]
  assert.deepEqual([rules.signed_bids, rules.surrogates], [true, undefined])
})
