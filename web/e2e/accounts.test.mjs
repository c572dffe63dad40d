// Accounts from the office to the chair: an administrator makes an organisation and a person, the person comes in with the
// one-time password, chooses its own, and is locked out when the administrator says so. One that is erased names nobody.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { desktop, refused } from './support/browser.mjs'
import { eventually } from './support/eventually.mjs'
import { House } from './support/house.mjs'
import { say } from './support/words.mjs'

test('an account from its making to its end', async (t) => {
  const house = await House.open(t)
  const said = say('zh')
  const admin = await house.person(t, 'admin')
  const { page } = admin
  const dialog = page.getByRole('dialog')

  await admin.go('/admin/orgs')
  await page.getByRole('button', { name: said('admin.orgs.new') }).click()
  await dialog.getByLabel(said('admin.newOrg.name'), { exact: true }).fill('湖州西山家具有限公司')
  await dialog.getByLabel(said('words.orgKind.supplier'), { exact: true }).check()
  await dialog.getByLabel(said('admin.newOrg.division'), { exact: true }).fill('330500')
  await admin.accessible('a new organisation')
  await dialog.getByRole('button', { name: said('admin.newOrg.submit'), exact: true }).click()
  await page.getByRole('row').filter({ hasText: '湖州西山家具有限公司' }).waitFor()

  await admin.go('/admin/people')
  await page.getByRole('button', { name: said('admin.people.new') }).click()
  await dialog.getByLabel(said('admin.newPerson.display'), { exact: true }).fill('西山 陈')
  await dialog.getByLabel(said('admin.newPerson.login'), { exact: true }).fill('chen.web')
  await dialog.getByLabel(said('words.role.supplier'), { exact: true }).check()
  await dialog.getByLabel(said('admin.newPerson.org'), { exact: true }).fill('湖州')
  await page.getByRole('option').filter({ hasText: '湖州西山家具有限公司' }).click()
  await admin.accessible('a new person')
  await dialog.getByRole('button', { name: said('admin.newPerson.submit'), exact: true }).click()
  const password = (await dialog.locator('code').innerText()).trim()
  await admin.accessible('a one-time password')
  await dialog.getByRole('button', { name: said('admin.password.close') }).click()

  const person = await house.windows.person(t, house.server.url, { forgives: [refused(401)] })
  await person.signIn({ login: 'chen.web', password })
  await person.go('/account')
  const own = 'west-hill-moon-9'
  const field = (key) => person.page.getByLabel(said(`account.password.${key}`), { exact: true })
  await field('old').fill(password)
  await field('chosen').fill(own)
  await field('repeated').fill(own)
  await person.page.getByRole('button', { name: said('account.password.submit'), exact: true }).click()
  await person.page.getByText(said('account.password.done')).waitFor()

  const elsewhere = await house.windows.person(t, house.server.url, { forgives: [refused(401)] })
  await elsewhere.go('/sign-in')
  const enter = async (secret) => {
    await elsewhere.page.locator('input[autocomplete="username"]').fill('chen.web')
    await elsewhere.page.locator('input[autocomplete="current-password"]').fill(secret)
    await elsewhere.page.locator('form button[type="submit"]').click()
  }
  await enter(password)
  await elsewhere.page.getByText('账号或密码错误').waitFor()
  await enter(own)
  await elsewhere.page.waitForURL((address) => !address.hash.includes('sign-in'))

  // All devices at once; each window says that its session is over.
  await page.getByRole('row').filter({ hasText: '西山 陈' }).getByRole('button', { name: said('admin.people.manage') }).click()
  await page.getByRole('button', { name: said('admin.person.endAll'), exact: true }).click()
  const question = page.getByRole('dialog').filter({ hasText: said('admin.person.endAllText', { name: '西山 陈' }) }).last()
  await question.getByLabel(said('words.reason.label')).fill('账号交接,统一退出')
  await question.getByRole('button', { name: said('admin.person.endAll'), exact: true }).click()
  for (const window of [person, elsewhere]) {
    await window.page.getByRole('link', { name: said('words.signIn'), exact: true }).first().waitFor()
    await eventually('nothing of them is shown any more', async () => (await window.page.getByText('西山 陈').count()) === 0)
  }
})

test('an account is disabled, then erased: asked for twice, and nobody is named by it any more', async (t) => {
  const house = await House.open(t)
  const desk = await house.office.desk('admin')
  const admin = await house.person(t, 'admin')
  for (const [language, display] of [['zh', '暂用 钱'], ['en', 'Temporary Qian']]) {
    const said = say(language)
    const login = `qian.${language}`
    const { id } = await desk.post('people', { login, display, role: 'supplier', org: house.office.orgs.east, password: 'tide-goes-out-8' })
    await admin.as(language, desktop)
    await admin.go('/admin/people')
    const { page } = admin
    const row = () => page.getByRole('row').filter({ hasText: login })
    await row().getByRole('button', { name: said('admin.people.manage') }).click()
    // Each question is a dialog of its own above the drawer; the newest is the last.
    const press = (name) => page.getByRole('dialog').last().getByRole('button', { name, exact: true }).click()
    const reason = async (why) => page.getByRole('dialog').last().getByLabel(said('words.reason.label')).fill(why)

    await press(said('admin.person.disable'))
    await reason('本人离职,账号不再使用')
    await press(said('admin.person.disable'))
    await page.getByText(said('admin.person.disabled')).waitFor()
    await admin.accessible(`an account that was disabled, ${language}`)

    await press(said('admin.person.erase'))
    await reason('本人书面申请删除个人信息')
    await admin.accessible(`why somebody is erased, ${language}`)
    await press(said('admin.person.erase'))
    await page.getByText(said('admin.person.eraseSure', { name: display, login })).waitFor()
    assert.ok((await desk.get(`people/${id}`)).login, 'nothing is gone before the second yes')
    await admin.accessible(`the second question, ${language}`)
    await press(said('admin.person.eraseYes'))

    await page.getByText(new RegExp(said('admin.person.erased'))).waitFor()
    await page.getByRole('row').filter({ hasText: said('admin.person.nameless', { id }) }).waitFor()
    await eventually('neither name nor login is left', async () => (await page.getByText(display).count()) + (await page.getByText(login, { exact: true }).count()) === 0)
    await admin.accessible(`who was erased, ${language}`)
    const { login: left, display: name, state } = await desk.get(`people/${id}`)
    assert.deepEqual([left, name, state], [undefined, undefined, 'ERASED'])
  }
})
