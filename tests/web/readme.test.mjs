// The examples with curl and wscat in the README at the top, taken from it as they stand: a server and a demo day as
// tools/run starts them, the commands typed into one bash, what a reader has to fill in filled in, every answer looked at.
//
// EBB_SERVER_BINARY and EBB_DEMO_BINARY name the programs.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { eventually } from '../../web/e2e/support/eventually.mjs'
import { finallyDo } from '../../web/e2e/support/finally.mjs'
import { Server } from '../../web/e2e/support/server.mjs'
import { commandsIn, Terminal } from './terminal.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const read = (path) => readFileSync(join(root, path), 'utf8')

/** Of the README, the blocks that talk to a server. */
function examples() {
  const blocks = [...read('README.md').matchAll(/^```\n([\s\S]*?)^```$/gm)].map(([, block]) => block)
  return blocks.filter((block) => /^(curl|wscat) /m.test(block))
}

/** The rules of the platform under which tools/run starts its server. */
const rulesOfTheDay = () => Object.fromEntries([...read('tools/run').matchAll(/--(rules\.\w+) (\d+)/g)].map(([, name, value]) => [name, value]))

/** The demo, and the accounts that it prints for people: login, password and organisation by role. */
async function openDemo(t, server) {
  const demo = spawn(process.env.EBB_DEMO_BINARY, ['--server', new URL(server.url).host, '--book', join(server.folder, 'demo.json')], {
    env: { ...process.env, EBB_DEMO_ADMIN_PASSWORD: server.password },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [demo.stdout, demo.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text))
  finallyDo(t, async () => {
    if (demo.exitCode !== null) return
    demo.kill('SIGKILL')
    await once(demo, 'exit')
  })
  return eventually('the accounts of the demo', () => {
    assert.equal(demo.exitCode, null, said)
    const accounts = [...said.matchAll(/^ {2}\S+ (supplier|purchaser) +(\S+) +(\S+) +(\S+)$/gm)]
    return accounts.length >= 2 && new Map(accounts.reverse().map(([, role, login, password, org]) => [role, { login, password, org }]))
  })
}

/** An auction as a reader would pick it: open, bids need no signature, and of those the one that goes on longest. */
function auctionToWatch(server) {
  const asked = async (path) => (await fetch(`${server.url}/api/v1/${path}`)).json()
  return eventually('an auction that runs', async () => {
    const { items } = await asked('inquiries?state=RUNNING&format=reverse')
    const whole = await Promise.all(items.map(({ id }) => asked(`inquiries/${id}`)))
    const endOf = ({ lots: [{ opens_at, rules }] }) => Date.parse(opens_at) + rules.duration_s * 1_000
    return whole.filter(({ lots: [{ rules }] }) => !rules.signed_bids).sort((a, b) => endOf(b) - endOf(a))[0]
  })
}

/** Every answer's status comes on standard error, so that the commands stay as they are. */
function environment(folder) {
  writeFileSync(join(folder, '.curlrc'), 'write-out = "%{stderr}%{http_code}\\n"\n')
  const path = [join(root, 'web/node_modules/.bin'), dirname(process.execPath), process.env.PATH].join(delimiter)
  return { ...process.env, PATH: path, CURL_HOME: folder }
}

const messages = ({ output }) => output.trim().split('\n').map((line) => JSON.parse(line))
const only = (found, type) => found.filter((message) => message.type === type)

/** What each kind of command is to answer. In this order they are looked for; a command is of the first that fits. */
const kinds = {
  bid: {
    fits: /^wscat [\s\S]*"type":"bid"/,
    holds(said, { inquiry, price }) {
      const [receipt, ...others] = only(messages(said), 'receipt')
      assert.deepEqual(others, [])
      assert.deepEqual(only(messages(said), 'problem'), [])
      assert.equal(receipt.outcome, 'accepted', said.output)
      assert.deepEqual([receipt.lot, receipt.price, receipt.key], [`${inquiry.id}-1`, price, 'my-first-bid'])
      assert.ok(only(messages(said), 'snapshot').some(({ stream }) => stream === `${inquiry.id}-1/own`), said.output)
    },
  },
  watch: {
    fits: /^wscat [\s\S]*"type":"subscribe"/,
    holds(said, { inquiry }) {
      const heard = messages(said)
      const streams = inquiry.lots.map(({ lot }) => `${lot}/public`)
      assert.equal(heard[0].type, 'hello')
      assert.deepEqual(only(heard, 'subscribed').map((answer) => [answer.id, answer.streams]), [['a', streams]])
      assert.deepEqual(only(heard, 'snapshot').map(({ stream }) => stream).sort(), streams)
      for (const { lot } of only(heard, 'snapshot')) assert.equal(lot.format, 'reverse')
    },
  },
  publish: {
    fits: /^curl [\s\S]*\/publish/,
    holds({ output, errors }, { made }) {
      assert.equal(errors.trim(), '200', output)
      const { id, state, lots } = JSON.parse(output)
      assert.equal(id, made.id)
      assert.equal(state, 'RUNNING')
      assert.ok(Date.parse(lots[0].opens_at) > 0)
    },
  },
  draft: {
    fits: /^curl [\s\S]*"admitted"/,
    holds({ output, errors }, day) {
      assert.equal(errors.trim(), '201', output)
      day.made = JSON.parse(output)
      assert.match(day.made.id, /^[1-9][0-9]*$/)
      assert.equal(day.made.state, 'DRAFT')
      assert.ok(day.made.admitted.some(({ name }) => name === day.accounts.get('supplier').org), output)
    },
  },
  list: {
    fits: /^curl [\s\S]*\/inquiries\?state=RUNNING/,
    // The beginning of the list, newest first: the demo may have published another since one was chosen to watch.
    holds({ output, errors }) {
      assert.equal(errors.trim(), '200')
      assert.match(output, /^\{"items":\[\{"id":"[1-9][0-9]*","title":"[^"]+","state":"RUNNING"/)
    },
  },
  signIn: {
    fits: /^TOKEN=/,
    holds: ({ errors }) => assert.equal(errors.trim(), '200'),
  },
  words: { fits: /^(EBB|INQUIRY|PRICE)=|^sign_in\(\) \{/, holds: () => {} },
}

/** What a reader fills in. */
function filled(command, day) {
  const assigned = { EBB: day.host, INQUIRY: day.made?.id ?? day.inquiry.id, PRICE: day.price }
  const whose = /<(supplier|purchaser) login>/.exec(command)?.[1]
  if (whose) {
    const { login, password } = day.accounts.get(whose)
    return command.replace(`<${whose} login>`, login).replace('<its password>', password)
  }
  return command.replace(/^([A-Z]+)=\S+/, (all, name) => (name in assigned ? `${name}=${assigned[name]}` : all))
}

test('the examples of the README do what it says of them', { timeout: 240_000 }, async (t) => {
  const commands = examples().flatMap(commandsIn)
  const server = await Server.start(t, rulesOfTheDay())
  const accounts = await openDemo(t, server)
  const inquiry = await auctionToWatch(server)
  const day = { host: new URL(server.url).host, accounts, inquiry, price: inquiry.lots[0].rules.ceiling }
  const terminal = new Terminal(environment(server.folder))
  finallyDo(t, () => terminal.close())

  const seen = new Set()
  for (const command of commands) {
    const kind = Object.keys(kinds).find((name) => kinds[name].fits.test(command))
    assert.ok(kind, `nothing is known of what this should answer:\n${command}`)
    const said = await terminal.run(filled(command, day))
    assert.equal(said.code, 0, `${command}\n${said.output}\n${said.errors}`)
    kinds[kind].holds(said, day)
    seen.add(kind)
  }
  assert.deepEqual([...seen].sort(), Object.keys(kinds).sort())
})
