// What the page costs a person: first paint, and the bidding room while a thousand bids a second fall into its lot.
//
//   EBB_SERVER_BINARY=build/release/tools/ebb/ebb node web/e2e/under_load.mjs [--bids 1000] [--seconds 30]
//
// Prints JSON. The lot has eight other bidders who share the bids; the room is one of its own bidders and bids with the
// one tap. Measured inside the page: pointer down to the receipt painted; by the browser's trace: every task of the
// page's main thread. Server, load and browser share this machine, so the times are upper bounds of what each costs.
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { Windows } from './support/browser.mjs'
import { Office } from './support/office.mjs'
import { Server } from './support/server.mjs'
import { LiveSocket } from './support/socket.mjs'

const { values } = parseArgs({ options: { bids: { type: 'string', default: '1000' }, seconds: { type: 'string', default: '30' } } })
const bidsPerSecond = Number(values.bids)
const seconds = Number(values.seconds)
const bidders = 8
const taskMsMax = 50
const quantile = (sorted, q) => (sorted.length === 0 ? null : sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))])
const rounded = (ms) => (ms === null ? null : Math.round(ms * 10) / 10)

// The script is its own little test: what was opened is closed at its end.
const endings = []
const t = { after: (end) => endings.unshift(end) }

/** Eight bidders who bid in turn, each a fen lower than whoever bid before. */
class Crowd {
  static async join(office, lot, logins) {
    const sockets = []
    for (const login of logins) {
      office[login.login] = login
      sockets.push(await LiveSocket.open(office.url, (await office.desk(login.login)).token))
    }
    return new Crowd(sockets, lot)
  }
  constructor(sockets, lot) {
    this.sockets = sockets
    this.lot = lot
    this.fen = 9_999_900_000n
    this.sent = 0
  }
  start() {
    const from = performance.now()
    this.timer = setInterval(() => {
      const due = ((performance.now() - from) / 1000) * bidsPerSecond
      while (this.sent < due) this.bid()
    }, 2)
  }
  bid() {
    const socket = this.sockets[this.sent++ % this.sockets.length]
    this.fen -= 1n
    const digits = this.fen.toString()
    socket.say({ type: 'bid', lot: this.lot, price: `${digits.slice(0, -2)}.${digits.slice(-2)}`, key: randomUUID() })
  }
  stop() {
    clearInterval(this.timer)
    for (const socket of this.sockets) socket.close()
  }
}

async function open() {
  const server = await Server.start(t)
  const office = await Office.open(server)
  const admin = await office.desk('admin')
  const logins = []
  const draft = office.reverse('压力下的竞价室', { ceiling: '100000000.00', decrement: '0.01', duration_s: 3_600, attempts_max: 10_000, slip_below: '90' })
  for (let n = 1; n <= bidders; n++) {
    const org = await admin.post('orgs', { name: `压力供应商${n}`, kind: 'supplier', division: '330400' })
    const login = { login: `load.${n}`, password: 'tide-goes-out-8' }
    await admin.post('people', { ...login, display: `压力${n}`, role: 'supplier', org: org.id })
    logins.push(login)
    draft.lots[0].rules.min_bidders = 2
    draft.admitted.push({ org: org.id })
  }
  const inquiry = await office.publish(draft)
  return { server, office, inquiry, logins }
}

/** First contentful paint of the hall, nothing cached, in a fresh context each time. */
async function firstPaint(windows, url) {
  const paints = []
  for (let run = 0; run < 5; run++) {
    const person = await windows.person(t, url)
    await person.page.goto(person.url)
    await person.page.getByText('压力下的竞价室').first().waitFor()
    paints.push(await person.page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime))
    await person.context.close()
  }
  return paints.sort((a, b) => a - b)
}

// In the page: pointer down on the offer until a frame after the new receipt stands there; how often the lead was
// changed between two frames.
function watchRoom() {
  const seen = { receipts: [], changesAFrame: 0, frames: 0, leads: 0 }
  globalThis.seen = seen
  let pressedAt
  let before
  const receipt = () => document.querySelector('.receipt.good dl')?.textContent
  addEventListener('pointerdown', (event) => ((pressedAt = event.timeStamp), (before = receipt())), true)
  new MutationObserver(() => {
    if (pressedAt === undefined || receipt() === undefined || receipt() === before) return
    const from = pressedAt
    pressedAt = undefined
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => seen.receipts.push(performance.now() - from)
      port2.postMessage('painted')
    })
  }).observe(document.querySelector('.room'), { subtree: true, childList: true, characterData: true })
  let changes = 0
  const lead = document.querySelector('.figures .cell:nth-child(3) dd')
  new MutationObserver(() => (changes++, seen.leads++)).observe(lead, { subtree: true, childList: true, characterData: true })
  const frame = () => {
    seen.changesAFrame = Math.max(seen.changesAFrame, changes)
    seen.frames++
    changes = 0
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
}

/** Tasks of the page's main thread, from the browser's own trace: how long they took, and how much of it they worked, in ms. */
async function traced(page, during) {
  const cdp = await page.context().newCDPSession(page)
  const events = []
  cdp.on('Tracing.dataCollected', ({ value }) => events.push(...value))
  await cdp.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: ['toplevel', 'disabled-by-default-devtools.timeline', '__metadata'] } })
  await during()
  const whole = new Promise((done) => cdp.once('Tracing.tracingComplete', done))
  await cdp.send('Tracing.end')
  await whole
  const { frameTree } = await cdp.send('Page.getFrameTree')
  const started = events.find((e) => e.name === 'TracingStartedInBrowser' || e.name === 'TracingStartedInPage')
  const own = started?.args?.data?.frames?.find((f) => f.frame === frameTree.frame.id)?.processId
  const mains = events.filter((e) => e.name === 'thread_name' && e.args.name === 'CrRendererMain' && (own === undefined || e.pid === own))
  const isMain = (e) => mains.some((main) => main.pid === e.pid && main.tid === e.tid)
  return events
    .filter((e) => e.name === 'RunTask' && e.ph === 'X' && isMain(e))
    .map((e) => ({ wall: e.dur / 1000, cpu: (e.tdur ?? e.dur) / 1000 }))
}

function longest(tasks, by) {
  const times = tasks.map((task) => task[by]).sort((a, b) => b - a)
  return { [`longest_${by}_ms`]: rounded(times[0]), [`over_${taskMsMax}_${by}`]: times.filter((ms) => ms > taskMsMax).length }
}

try {
  const { server, office, inquiry, logins } = await open()
  const windows = await Windows.open(t)
  const paints = await firstPaint(windows, server.url)
  const person = await windows.person(t, server.url)
  await person.signIn(office.bei)
  await person.go(`/auctions/${inquiry}`)
  const offer = person.page.locator('button.offer')
  await offer.and(person.page.locator('[aria-disabled=false]')).waitFor()

  const crowd = await Crowd.join(office, `${inquiry}-1`, logins)
  t.after(() => crowd.stop())
  crowd.start()
  await pause(3_000)
  await person.page.evaluate(watchRoom)
  const until = performance.now() + seconds * 1000
  const sentBefore = crowd.sent
  const tasks = await traced(person.page, async () => {
    while (performance.now() < until) {
      await offer.click()
      await pause(900)
    }
  })
  const elapsed = (performance.now() - until) / 1000 + seconds
  const seen = await person.page.evaluate(() => globalThis.seen)
  const receipts = seen.receipts.sort((a, b) => a - b)
  const figures = {
    first_paint_ms: { median: rounded(quantile(paints, 0.5)), worst: rounded(paints.at(-1)) },
    bids_a_second: Math.round((crowd.sent - sentBefore) / elapsed),
    tap_to_receipt_ms: { n: receipts.length, p50: rounded(quantile(receipts, 0.5)), p95: rounded(quantile(receipts, 0.95)), worst: rounded(receipts.at(-1) ?? null) },
    main_thread: { tasks: tasks.length, ...longest(tasks, 'wall'), ...longest(tasks, 'cpu') },
    lead: { changes: seen.leads, frames: seen.frames, most_changes_a_frame: seen.changesAFrame },
  }
  console.log(JSON.stringify(figures, null, 2))
} finally {
  for (const end of endings) await end()
}
