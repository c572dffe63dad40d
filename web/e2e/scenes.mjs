// What there is to see: every page in every state that it has a design for. Data for screenshots.mjs.
//
//   who   signed in as, or nobody · at  the address, given the world · then  what is done there before the picture
//   (a room at hand) · forgives  what the browser must say about it
import { refused } from './support/browser.mjs'
import { Room } from './support/room.mjs'
import { say } from './support/words.mjs'

const day = 86_400_000

/** The state of the world that the scenes look at; made once. */
export async function world(house) {
  const { office } = house
  const long = { duration_s: 3_000 }
  const short = { duration_s: 6, trigger_window_s: 0 }
  const publish = (title, rules, when) => office.publish(office.reverse(title, rules), when)
  const bids = async (inquiry, ...all) => {
    for (const [who, price] of all) await office.bid(who, `${inquiry}-1`, price)
    return inquiry
  }
  const tomorrow = { opens_at: new Date(Date.now() + day).toISOString() }
  const many = [['bei', '98000.00'], ['nan', '97500.00'], ['dong', '96000.00'], ['bei', '95000.00'], ['nan', '94500.00'], ['bei', '93000.00']]
  const made = {
    running: await bids(await publish('打印纸 500 箱', long), ...many),
    overtaken: await bids(await publish('硒鼓 200 支', long), ['bei', '98000.00'], ['nan', '91000.00']),
    refused: await bids(await publish('台式计算机 60 台', long), ['bei', '98000.00'], ['bei', '97900.00']),
    paused: await bids(await publish('投影仪 12 台', long), ['bei', '98000.00']),
    scheduled: await publish('笔记本电脑 60 台', long, tomorrow),
    sealed: await office.publish(office.sealed('会议桌 30 张', long)),
    asked: await bids(await publish('空调 25 台', short), ['nan', '92000.00'], ['bei', '91000.00']),
    won: await bids(await publish('办公椅 120 把', short), ['nan', '92000.00'], ['bei', '90500.00']),
    few: await bids(await publish('文件柜 15 组', short), ['bei', '97000.00']),
    selecting: await bids(await office.publish(office.sealed('档案盒 3000 只', { duration_s: 6 })), ['bei', '90000.00'], ['nan', '91000.00'], ['dong', '99000.00']),
    aborted: await publish('碎纸机 8 台', long),
    practice: await bids(await publish('演练:打印纸', { ...long, practice: true, proxies: true, visibility: { rank: false, colour: true, count: true } }), ['bei', '98000.00'], ['nan', '97500.00']),
    signed: await publish('绿植租摆 200 盆', { ...long, signed_bids: true }),
    voided: await publish('饮水机 40 台', { ...long, signed_bids: true }),
    japanese: await office.publish(office.japanese('投影仪 6 台', { turn_s: 600 })),
    dutch: await office.publish(office.dutch('档案柜 20 组', { turn_s: 600 })),
    dutchTaken: await bids(await office.publish(office.dutch('保险柜 4 台', { sealed_for_s: 3_000, best_bid_for_s: 600 })), ['nan', '80000.00']),
    firstQuotes: await office.publish(office.rounds('讲台 10 张', { duration_s: 3_000 })),
    turns: await bids(await office.publish(office.rounds('课桌 300 张', { duration_s: 6, first_pause_s: 0, turn_s: 3_000 })), ['bei', '93000.00'], ['nan', '91000.00']),
  }
  await bids(made.sealed, ['bei', '93000.00'])
  const signer = await office.signer('bei')
  for (const [signed, meant] of [['98000.00', '98000.00'], ['97000.00', '79000.00']]) await office.signedBid('bei', signer, `${made.voided}-1`, signed, meant)
  await office.hold(made.paused, 'pause', '供应商反映系统卡顿,核查后恢复')
  await office.hold(made.aborted, 'abort', '需求取消,经集体研究决定终止')
  const desk = await office.desk('zhou')
  made.draft = (await desk.post('inquiries', office.reverse('复印机 4 台'))).id
  const bei = await office.desk('bei')
  await office.until(made.won, 'AWARDED')
  await bei.post(`lots/${made.won}-1/award-answer`, { answer: 'confirm' })
  await office.until(made.asked, 'AWARDED')
  await office.until(made.selecting, 'SELECTING')
  await office.until(made.few, 'FAILED_FEW')
  return made
}

const room = (name, of, more = {}) => ({ name: `room-${name}`, who: 'bei', at: (made) => `/auctions/${made[of]}`, ...more })

export const scenes = [
  { name: 'hall', at: () => '/' },
  { name: 'hall-closed', at: () => '/?show=closed' },
  { name: 'hall-nothing', at: () => '/?q=没有这样的项目' },
  {
    name: 'hall-error',
    at: () => '/',
    before: (page) => page.route(/api\/v1\/inquiries\?/, (route) => route.fulfill({ status: 500, body: '{}' })),
    after: (page) => page.unrouteAll(),
    forgives: [refused(500)],
  },
  { name: 'auction-running', at: (made) => `/auctions/${made.running}` },
  { name: 'auction-sealed', at: (made) => `/auctions/${made.sealed}` },
  { name: 'auction-won', at: (made) => `/auctions/${made.won}` },
  { name: 'auction-few', at: (made) => `/auctions/${made.few}` },
  { name: 'auction-aborted', at: (made) => `/auctions/${made.aborted}` },
  { name: 'auction-unknown', at: () => '/auctions/999999', forgives: [refused(404)] },
  { name: 'sign-in', at: () => '/sign-in' },
  {
    name: 'sign-in-error',
    at: () => '/sign-in',
    forgives: [refused(401)],
    then: async ({ page }) => {
      await page.locator('input[autocomplete="username"]').fill('nobody.here')
      await page.locator('input[autocomplete="current-password"]').fill('wrong-password-1')
      await page.locator('form button[type="submit"]').click()
      await page.getByRole('alert').first().waitFor()
    },
  },
  { name: 'account', who: 'zhou', at: () => '/account' },
  { name: 'account-keys', who: 'bei', at: () => '/account' },
  { name: 'admin-people', who: 'admin', at: () => '/admin/people' },
  { name: 'admin-orgs', who: 'admin', at: () => '/admin/orgs' },
  { name: 'desk', who: 'zhou', at: () => '/desk' },
  { name: 'draft-new', who: 'zhou', at: () => '/desk/new' },
  { name: 'draft', who: 'zhou', at: (made) => `/desk/${made.draft}/edit` },
  { name: 'console-live', who: 'zhou', at: (made) => `/desk/${made.running}` },
  { name: 'console-paused', who: 'zhou', at: (made) => `/desk/${made.paused}` },
  { name: 'console-sealed', who: 'zhou', at: (made) => `/desk/${made.sealed}` },
  { name: 'console-selecting', who: 'zhou', at: (made) => `/desk/${made.selecting}` },
  { name: 'console-few', who: 'zhou', at: (made) => `/desk/${made.few}` },
  { name: 'console-voided', who: 'zhou', at: (made) => `/desk/${made.voided}` },
  { name: 'record', who: 'zhou', at: (made) => `/record/${made.won}` },
  { name: 'supervision', who: 'shen', at: () => '/supervision' },
  { name: 'auction-supervised', who: 'shen', at: (made) => `/auctions/${made.running}` },
  room('scheduled', 'scheduled'),
  room('leading', 'running'),
  room('overtaken', 'overtaken'),
  room('refused', 'refused'),
  room('paused', 'paused'),
  room('sealed', 'sealed'),
  room('asked', 'asked'),
  room('won', 'won'),
  room('not-won', 'won', { who: 'nan' }),
  room('failed', 'few'),
  room('practice', 'practice'),
  room('signing', 'signed', { who: 'nan' }),
  room('signs', 'signed', {
    then: async ({ page }, language) => {
      const said = say(language)
      await page.locator('.bid-box').waitFor()
      const make = page.getByRole('button', { name: said('signing.make'), exact: true })
      if (await make.isVisible()) await make.click()
      await page.getByText(new RegExp(said('signing.ready'))).waitFor()
    },
  }),
  room('voided', 'voided'),
  room('receipt-voided', 'voided', { then: (person, language) => new Room(person, language).verify('unsigned') }),
  room('japanese', 'japanese'),
  room('dutch', 'dutch'),
  room('dutch-taken', 'dutchTaken'),
  room('first-quotes', 'firstQuotes'),
  room('turn', 'turns'),
  room('turn-of-another', 'turns', { who: 'nan' }),
  { name: 'auction-japanese', at: (made) => `/auctions/${made.japanese}` },
  { name: 'auction-turns', at: (made) => `/auctions/${made.turns}` },
  { name: 'console-turns', who: 'zhou', at: (made) => `/desk/${made.turns}` },
  room('far-below', 'overtaken', {
    then: async (person, language) => {
      const room = new Room(person, language)
      await room.typeOnly('9000')
      await person.page.getByRole('dialog').waitFor()
    },
  }),
  room('receipt-passed', 'running', { then: (person, language) => new Room(person, language).verify('passed') }),
  room('receipt-failed', 'running', {
    before: (page) =>
      page.route(/\/log\/entries\//, async (route) => {
        const response = await route.fetch()
        const entry = await response.json()
        await route.fulfill({ response, json: { ...entry, public: entry.public.replace(/.{16}$/, 'c092960000000000') } })
      }),
    then: (person, language) => new Room(person, language).verify('failed'),
    after: (page) => page.unrouteAll(),
  }),
  room('receipt-forked', 'running', {
    then: async (person, language) => {
      const remember = (change) =>
        person.page.evaluate((head) => {
          const seen = JSON.parse(localStorage.getItem('ebb.log'))
          localStorage.setItem('ebb.log', JSON.stringify({ ...seen, head: { ...seen.head, ...head } }))
        }, change)
      const { root } = await person.page.evaluate(() => JSON.parse(localStorage.getItem('ebb.log')).head)
      await remember({ root: '5'.repeat(64) })
      await new Room(person, language).verify('forked')
      await remember({ root })
    },
  }),
  room('reconnecting', 'overtaken', {
    then: async ({ page }, language, cable) => {
      cable.pull()
      await page.locator('.bid-box .shut').waitFor()
    },
    after: (page, cable) => cable.putBack(),
  }),
  { name: 'nowhere', at: () => '/nowhere/at/all' },
]
