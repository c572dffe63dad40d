// A receipt held against the transparency log, in the browser: passed, or exactly what does not fit.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { phone, whileAway } from './support/browser.mjs'
import { House } from './support/house.mjs'
import { Room } from './support/room.mjs'

const zeros = '0'.repeat(64)

test('receipts', async (t) => {
  const house = await House.open(t)
  const { office } = house
  const auction = () => office.publish(office.reverse('打印纸', { duration_s: 3_000 }))
  /** The file that a button of the dialog gives. */
  const saved = async (room, key) => {
    const download = room.page.waitForEvent('download')
    await room.page.getByRole('dialog').getByRole('button', { name: room.say(key), exact: true }).click()
    return JSON.parse(await readFile(await (await download).path(), 'utf8'))
  }
  const checks = (room) => room.page.getByRole('dialog').locator('.checks li').evaluateAll((all) => all.map((one) => one.className))
  /** What another past looks like to a browser that has seen the first. */
  const rememberAnotherPast = (room) =>
    room.page.evaluate((root) => {
      const seen = JSON.parse(localStorage.getItem('ebb.log'))
      localStorage.setItem('ebb.log', JSON.stringify({ ...seen, head: { ...seen.head, root } }))
    }, zeros)

  await t.test('pass; the next one is held against what was seen before', async (t) => {
    const room = await house.supplier(t, 'bei', await auction())
    await room.typeAndHear('99000.00')
    const dialog = await room.verify('passed')
    await dialog.getByText(room.say('proof.summary.first')).waitFor()
    assert.deepEqual(await checks(room), ['passed', 'passed', 'passed', 'passed', 'unchecked'])
    await room.person.accessible('a receipt that passed')
    await room.closeDialog()
    await room.typeAndHear('98000.00')
    await room.verify('passed')
    assert.deepEqual(await checks(room), ['passed', 'passed', 'passed', 'passed', 'passed'])
  })

  await t.test('are given as a file that holds everything to check them by', async (t) => {
    const inquiry = await auction()
    const room = await house.supplier(t, 'bei', inquiry)
    await room.typeAndHear('99000.00')
    await room.verify('passed')
    const file = await saved(room, 'proof.download')
    assert.equal(file.format, 'ebb.receipt.v1')
    assert.equal(file.receipt.lot, `${inquiry}-1`)
    assert.equal(file.receipt.leaf, file.inclusion.leaf)
    assert.equal(file.entry.seq, file.receipt.seq)
    assert.equal(file.inclusion.size, file.head.size)
    assert.match(file.key, /^[0-9a-f]{64}$/)
  })

  await t.test('of a sealed quote pass and show the quote to its own supplier, after a reload and in the list too', async (t) => {
    const inquiry = await office.publish(office.sealed('会议桌', { duration_s: 3_000 }))
    const room = await house.supplier(t, 'bei', inquiry)
    await room.type('93000.00')
    await room.stands('quoted')
    await room.page.evaluate(() => sessionStorage.clear())
    await room.enter(inquiry)
    await room.page.getByRole('region', { name: room.say('room.bids.title') }).getByRole('button', { name: new RegExp(room.say('proof.verify')) }).click()
    const dialog = await room.verdict('passed')
    await dialog.getByText(room.say('proof.summary.price', { price: '93,000.00' })).waitFor()
  })

  await t.test('pass after the server was killed and started again: it is the same log', async (t) => {
    const inquiry = await auction()
    const room = await house.supplier(t, 'bei', inquiry, { forgives: whileAway })
    await room.typeAndHear('99000.00')
    await room.verify('passed')
    await room.closeDialog()
    await house.server.kill()
    await room.stands('lost')
    await house.server.startAgain()
    await room.stands('leading')
    await room.verify('passed')
    assert.deepEqual(await checks(room), ['passed', 'passed', 'passed', 'passed', 'passed'])
  })

  await t.test('that the log records otherwise do not pass, and both values are shown', async (t) => {
    const room = await house.supplier(t, 'bei', await auction())
    await room.typeAndHear('99000.00')
    // The price of an open bid stands at the end of the public bytes: 98,999.00.
    await room.page.route(/\/log\/entries\//, async (route) => {
      const response = await route.fetch()
      const entry = await response.json()
      const fen = Buffer.alloc(8)
      fen.writeBigInt64LE(9_899_900n)
      await route.fulfill({ response, json: { ...entry, public: entry.public.slice(0, -16) + fen.toString('hex') } })
    })
    const dialog = await room.verify('failed')
    assert.deepEqual((await checks(room)).slice(0, 4), ['failed', 'failed', 'failed', 'passed'])
    for (const value of ['99000.00', '98999.00']) await dialog.getByText(value, { exact: true }).waitFor()
    await room.person.accessible('a receipt that did not pass')
    await room.page.unrouteAll()
  })

  await t.test('of a log with another past are an alarm that keeps both heads and stays until a person has taken note', async (t) => {
    const room = await house.supplier(t, 'bei', await auction())
    await room.typeAndHear('99000.00')
    await room.verify('passed')
    await room.closeDialog()
    await rememberAnotherPast(room)
    const dialog = await room.verify('forked')
    await dialog.getByText(zeros).first().waitFor()
    await room.person.accessible('the alarm')
    const evidence = await saved(room, 'proof.fork.save')
    assert.equal(evidence.format, 'ebb.fork.v1')
    assert.equal(evidence.kept.head.root, zeros)
    assert.match(evidence.shown.head.signature, /^[0-9a-f]{128}$/)
    await room.closeDialog()
    await room.verify('forked')
    await dialog.getByRole('button', { name: room.say('proof.fork.anew'), exact: true }).click()
    await dialog.getByRole('button', { name: room.say('proof.fork.yes'), exact: true }).click()
    await room.verdict('passed')
    const seen = await room.page.evaluate(() => JSON.parse(localStorage.getItem('ebb.log')))
    assert.equal(seen.alarms.length, 1)
  })

  await t.test('fit a phone, in English too, the alarm included', async (t) => {
    const person = await house.person(t, 'bei', { viewport: phone, touch: true, language: 'en' })
    const room = new Room(person, 'en')
    await room.enter(await auction())
    await room.typeAndHear('99000.00')
    await room.verify('passed')
    await person.fits('a receipt that passed')
    await room.closeDialog()
    await rememberAnotherPast(room)
    await room.verify('forked')
    await person.fits('the alarm')
    await person.accessible('the alarm on a phone')
  })
})
