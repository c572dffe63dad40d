// A purchaser at the console while suppliers bid: pause and resume with a reason, disqualify, end it; start again what failed.
import { test } from 'node:test'
import { House } from './support/house.mjs'
import { say } from './support/words.mjs'

test('the console', async (t) => {
  const house = await House.open(t)
  const { office } = house
  const said = say('zh')
  const buyer = await house.person(t, 'zhou')
  const { page } = buyer
  const inquiry = await office.publish(office.reverse('打印纸', { duration_s: 3_000 }))
  const [north, south] = [await house.supplier(t, 'bei', inquiry), await house.supplier(t, 'nan', inquiry)]
  await north.typeAndHear('99000.00')
  await south.typeAndHear('98000.00')
  await buyer.go(`/desk/${inquiry}`)

  /** Opens the dialog of an act, gives the reason, and waits until it is done. */
  const act = async (button, name, reason) => {
    await button.click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(said('words.reason.label')).fill(reason)
    await buyer.accessible(`the question before: ${name}`)
    await dialog.getByRole('button', { name, exact: true }).click()
    await dialog.waitFor({ state: 'hidden' })
  }
  const hold = (verb, reason) => act(page.getByRole('button', { name: said(`desk.hold.${verb}`), exact: true }), said(`desk.hold.${verb}`), reason)

  await t.test('pauses: the clock stands still for everybody, and says why', async () => {
    const reason = '供应商反映系统卡顿,核查后恢复'
    await hold('pause', reason)
    await north.stands('paused', { reason })
    await north.page.getByText(north.say('room.obstacle.paused')).waitFor()
    await buyer.page.getByText(said('desk.console.heldBecause', { reason })).waitFor()
    await hold('resume', '核查完毕,系统正常')
    await south.stands('leading')
    await south.typeAndHear('97000.00')
  })

  await t.test('disqualifies: the supplier is told, the next one leads', async () => {
    const reason = '提供虚假材料,经查属实'
    const row = page.getByRole('listitem').filter({ hasText: office.nan.orgName })
    await act(row.getByRole('button', { name: said('desk.admitted.disqualify') }), said('desk.admitted.disqualify'), reason)
    await south.stands('disqualified', { reason })
    await north.stands('leading')
    await south.person.accessible('the room of somebody who is out')
    await act(row.getByRole('button', { name: said('desk.admitted.reinstate') }), said('desk.admitted.reinstate'), '申诉成立,撤销处理决定')
    await south.stands('leading')
  })

  await t.test('ends it, for everybody', async () => {
    const reason = '需求取消,经集体研究决定终止'
    await hold('abort', reason)
    await north.stands('aborted', { reason })
    await south.stands('aborted', { reason })
  })

  await t.test('starts again what failed, as a new draft', async () => {
    const failed = await office.publish(office.reverse('硒鼓', { duration_s: 1, trigger_window_s: 0 }))
    await office.until(failed, 'FAILED_NO_BID')
    await buyer.go(`/desk/${failed}`)
    await page.getByRole('button', { name: said('desk.relaunch.start'), exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: said('desk.relaunch.start'), exact: true }).click()
    await page.getByRole('heading', { level: 1, name: said('desk.editTitle') }).waitFor()
    await page.getByText(said('desk.draft.relaunch', { of: failed })).waitFor()
    await buyer.accessible('the draft of a relaunch')
  })
})
