// What anybody sees without an account: small, accessible, in both languages, on a phone, under any path.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { desktop, phone, Windows } from './support/browser.mjs'
import { eventually } from './support/eventually.mjs'
import { Office } from './support/office.mjs'
import { Server } from './support/server.mjs'
import { underSubPath } from './support/sub_path.mjs'

const firstLoadBytesMax = 300_000
const isFolder = process.env.EBB_WEB_ROOT !== undefined
const title = '打印纸 500 箱'

test('the hall', async (t) => {
  const server = await Server.start(t)
  const windows = await Windows.open(t)
  const office = await Office.open(server)

  await t.test('with nothing in it says so', async (t) => {
    const person = await windows.person(t, server.url)
    await person.go()
    await person.page.getByText('目前没有进行中的竞价').waitFor()
    await person.accessible('the empty hall')
  })

  const running = await office.publish(office.reverse(title, { duration_s: 3_600 }))
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString()
  await office.publish(office.sealed('会议桌 30 张', { duration_s: 3_600 }), { opens_at: tomorrow })

  for (const [size, viewport] of Object.entries({ desktop, phone })) {
    for (const language of ['zh', 'en']) {
      await t.test(`on a ${size} in ${language}`, async (t) => {
        const person = await windows.person(t, server.url, { viewport, language })
        await person.go()
        await person.page.getByText(title).first().waitFor()
        await person.page.getByText('会议桌 30 张').first().waitFor()
        assert.equal(await person.page.evaluate(() => document.documentElement.lang), language === 'en' ? 'en' : 'zh-CN')
        await person.fits('the hall')
        await person.accessible('the hall')
        await person.page.getByText(title).first().click()
        await person.page.waitForURL((address) => address.hash.startsWith(`#/auctions/${running}`))
        await person.page.getByRole('heading', { level: 1, name: title }).waitFor()
        await person.page.getByRole('timer').first().waitFor()
        await person.fits('an auction')
        await person.accessible('an auction')
      })
    }
  }

  await t.test('shows the price as it falls, without a reload', async (t) => {
    const person = await windows.person(t, server.url)
    await person.go()
    await person.page.getByText(title).first().waitFor()
    await office.bid('bei', `${running}-1`, '98765.00')
    await person.page.getByText('98,765.00').first().waitFor()
    await person.go(`/auctions/${running}`)
    await person.page.getByText('98,765.00').first().waitFor()
    await office.bid('nan', `${running}-1`, '87654.00')
    await person.page.getByText('87,654.00').first().waitFor()
  })

  await t.test('loads in less than 300 KB', { skip: isFolder && 'a folder is served as it is, not compressed' }, async (t) => {
    const person = await windows.person(t, server.url)
    const cdp = await person.context.newCDPSession(person.page)
    await cdp.send('Network.enable')
    let bytes = 0
    cdp.on('Network.loadingFinished', (done) => (bytes += done.encodedDataLength))
    await person.go()
    await person.page.getByText(title).first().waitFor()
    await person.page.waitForLoadState('networkidle')
    t.diagnostic(`${bytes} bytes`)
    assert.ok(bytes > 10_000 && bytes <= firstLoadBytesMax, `${bytes} bytes`)
  })

  await t.test('works under a path that a proxy takes away', async (t) => {
    const person = await windows.person(t, await underSubPath(t, server))
    await person.signIn(office.zhou)
    await person.go(`/auctions/${running}`)
    await person.page.getByRole('heading', { level: 1, name: title }).waitFor()
    await person.page.getByText('87,654.00').first().waitFor()
    await office.bid('bei', `${running}-1`, '76543.00')
    await person.page.getByText('76,543.00').first().waitFor()
    await person.page.reload()
    await person.page.getByText('76,543.00').first().waitFor()
    assert.ok(person.page.url().includes('/buy/ebb/#/auctions/'))
  })

  await t.test('switches its language in place and keeps it', async (t) => {
    const person = await windows.person(t, server.url)
    await person.go()
    await person.page.getByRole('heading', { level: 1, name: '竞价大厅' }).waitFor()
    await person.speak('en')
    await eventually('English', async () => (await person.page.getByRole('heading', { level: 1 }).innerText()) !== '竞价大厅')
    await person.page.reload()
    await person.page.getByRole('button', { name: 'English', pressed: true }).waitFor()
    assert.equal(await person.page.evaluate(() => document.documentElement.lang), 'en')
  })

  await t.test('leads back from an address that is none', async (t) => {
    const person = await windows.person(t, server.url)
    await person.go('/nowhere/at/all')
    await person.page.getByRole('heading', { level: 1, name: '页面不存在' }).waitFor()
    await person.accessible('the page that is none')
    await person.page.getByRole('link', { name: '回到竞价大厅' }).click()
    await person.page.getByRole('heading', { level: 1, name: '竞价大厅' }).waitFor()
  })
})
