// Every page of everybody, on a desktop and a phone: accessible, as wide as the window, and without a word in the console.
import { test } from 'node:test'
import { desktop, phone, refused } from './support/browser.mjs'
import { House } from './support/house.mjs'
import { say } from './support/words.mjs'

test('pages', async (t) => {
  const house = await House.open(t)
  const { office } = house
  const reverse = await office.publish(office.reverse('打印纸 500 箱', { duration_s: 3_000 }))
  const paused = await office.publish(office.reverse('硒鼓 20 支', { duration_s: 3_000 }))
  await office.hold(paused, 'pause', '设备检修,预计一小时后恢复')
  const aborted = await office.publish(office.reverse('办公椅 40 把', { duration_s: 3_000 }))
  await office.hold(aborted, 'abort', '需求取消,经集体研究决定终止')
  const coming = await office.publish(office.sealed('会议桌 30 张'), { opens_at: new Date(Date.now() + 86_400_000).toISOString() })
  const draft = (await (await office.desk('zhou')).post('inquiries', office.reverse('打印机 5 台'))).id
  await office.bid('bei', `${reverse}-1`, '98000.00')

  const pages = {
    admin: ['/', '/admin', '/admin/orgs', '/account'],
    zhou: ['/', '/desk', '/desk/new', `/desk/${draft}/edit`, `/desk/${reverse}`, `/desk/${paused}`, `/desk/${coming}`, `/record/${aborted}`, '/account'],
    bei: ['/', `/auctions/${reverse}`, `/auctions/${paused}`, `/auctions/${aborted}`, `/auctions/${coming}`, '/account'],
    shen: ['/', '/supervision', `/auctions/${reverse}`, `/record/${aborted}`, '/account'],
  }
  for (const [who, paths] of Object.entries(pages)) {
    await t.test(`of ${who}`, async (t) => {
      const person = await house.person(t, who)
      // English is the longer one: it must fit the small screen.
      for (const [viewport, language] of [[desktop, 'zh'], [phone, 'en']]) {
        await person.as(language, viewport)
        for (const path of paths) {
          const what = `${path} of ${who}, ${viewport.width} px, ${language}`
          await person.go(path)
          await person.settled()
          await person.fits(what)
          await person.accessible(what)
        }
      }
    })
  }

  await t.test('a sign-in that fails says why', async (t) => {
    const person = await house.windows.person(t, house.server.url, { forgives: [refused(401)] })
    await person.go('/sign-in')
    await person.page.locator('form button[type="submit"]').click()
    await person.page.getByText(say('zh')('account.signIn.needLogin')).waitFor()
    await person.accessible('an empty sign-in')
    await person.page.locator('input[autocomplete="username"]').fill('nobody.here')
    await person.page.locator('input[autocomplete="current-password"]').fill('wrong-password-1')
    await person.page.locator('form button[type="submit"]').click()
    await person.page.getByText('账号或密码错误').waitFor()
    await person.accessible('a sign-in that failed')
  })

  await t.test('a page that is not for everybody leads to the sign-in and back', async (t) => {
    const person = await house.windows.person(t, house.server.url)
    await person.go('/desk/new')
    await person.page.waitForURL(/#\/sign-in/)
    await person.page.locator('input[autocomplete="username"]').fill(office.zhou.login)
    await person.page.locator('input[autocomplete="current-password"]').fill(office.zhou.password)
    await person.page.locator('form button[type="submit"]').click()
    await person.page.getByRole('heading', { level: 1, name: say('zh')('desk.newTitle') }).waitFor()
  })
})
