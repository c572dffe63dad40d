// People in front of a browser: a window each, signed in through the page, with everything recorded that a browser
// complains about. A test ends red when a console said more than it must.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'
import { finallyDo } from './finally.mjs'

const program = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path))
const flags = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']
export const desktop = { width: 1280, height: 860 }
export const phone = { width: 390, height: 844 }
export const patienceMs = 30_000

// A browser writes these by itself for answers that are part of the game; no page can keep it from doing so.
const usual = [
  /^Failed to load resource: the server responded with a status of 401 .*\/api\/v1\/me$/, // who am I? nobody
]
/** While the network or the server is away. */
export const whileAway = [
  /net::ERR_(CONNECTION_(REFUSED|RESET|CLOSED|ABORTED)|EMPTY_RESPONSE|SOCKET_NOT_CONNECTED|NETWORK_CHANGED)/,
  /^WebSocket connection to .* failed/,
  /^Failed to load resource: the server responded with a status of 503 /, // it is back, and reads its journal
]
/** A refusal by the rules, told by the browser as a failed request. */
export const refused = (status) => new RegExp(`^Failed to load resource: the server responded with a status of ${status} `)

export class Windows {
  /** One browser for a test file; each person has a context of their own. */
  static async open(t) {
    if (!program) throw new Error('no chromium: tools/install brings it')
    const windows = new Windows()
    windows.browser = await chromium.launch({ executablePath: program, args: flags })
    finallyDo(t, () => windows.browser.close())
    return windows
  }

  /** A window of somebody new. `t` is the test that fails if this window complains. */
  async person(t, url, { viewport = desktop, language = 'zh', touch = false, forgives = [] } = {}) {
    const context = await this.browser.newContext({ viewport, locale: 'zh-CN', timezoneId: 'Europe/Lisbon', hasTouch: touch })
    context.setDefaultTimeout(patienceMs)
    await context.addInitScript((chosen) => {
      if (location.protocol === 'http:') localStorage.setItem('ebb.language', localStorage.getItem('ebb.language') ?? chosen)
    }, language)
    const person = new Person(context, url, forgives)
    finallyDo(t, async () => {
      await context.close()
      assert.equal([...new Set(person.complaints)].join('\n'), '', 'what was wrong in this window')
    })
    await person.window()
    return person
  }
}

export class Person {
  constructor(context, url, forgives) {
    this.context = context
    this.url = url.endsWith('/') ? url : `${url}/`
    this.forgives = [...usual, ...forgives]
    this.complaints = []
  }
  /** A (further) window of this person; the newest is `page`. */
  async window() {
    this.page = await this.context.newPage()
    this.page.on('console', (said) => {
      if (['warning', 'error'].includes(said.type())) this.heard(`${said.text()} ${said.location().url}`)
    })
    this.page.on('pageerror', (error) => this.heard(`page error: ${error.stack}`))
    await this.page.addInitScript(() => {
      addEventListener('securitypolicyviolation', (event) => console.error(`CSP ${event.violatedDirective} ${event.blockedURI} ${event.sample}`))
      addEventListener('unhandledrejection', (event) => console.error(`unhandled ${event.reason}`))
    })
    return this.page
  }
  heard(text) {
    if (!this.forgives.some((pattern) => pattern.test(text.trim()))) this.complaints.push(text)
  }
  /** From here on this may be said too: by the browser itself, about what the test does to it. */
  forgive(...patterns) {
    this.forgives.push(...patterns)
  }

  /** Loads the page afresh at that address, until its heading is there. */
  async go(path = '/') {
    await this.page.goto('about:blank') // or the browser only moves within the page that is shown, heading and all
    await this.page.goto(`${this.url}#${path}`)
    await this.page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' })
  }
  /** Everything that the page asked for is there and shown. */
  async settled() {
    await this.page.waitForLoadState('networkidle')
    await this.page.locator('.el-skeleton, [aria-busy="true"]').first().waitFor({ state: 'detached' })
  }
  async signIn({ login, password }) {
    await this.go('/sign-in')
    await this.page.locator('input[autocomplete="username"]').fill(login)
    await this.page.locator('input[autocomplete="current-password"]').fill(password)
    await this.page.locator('form button[type="submit"]').click()
    await this.page.waitForURL((address) => !address.hash.includes('sign-in'))
  }
  /** Of that size and in that language from the next go() on. */
  async as(language, viewport) {
    await this.page.setViewportSize(viewport)
    await this.page.evaluate((chosen) => localStorage.setItem('ebb.language', chosen), language)
  }
  speak(language) {
    return this.page.getByRole('button', { name: language === 'en' ? 'English' : '中文', exact: true }).click()
  }

  /** WCAG 2.1 A and AA of what is shown now. What is wrong is told when the test ends, with all the rest. */
  async accessible(what) {
    await this.page.evaluate(stillness) // a dialog that fades in has the contrast of a ghost
    await this.page.evaluate(axe)
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']
    const { violations } = await this.page.evaluate((only) => globalThis.axe.run(document, { runOnly: only }), tags)
    for (const { id, help, nodes } of violations) {
      for (const { html, failureSummary } of nodes) this.complaints.push(`${what}: ${id}: ${help}\n  ${html}\n  ${failureSummary}`)
    }
  }
  /** Nothing is wider than the window. */
  async fits(what) {
    const [wide, window] = await this.page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth])
    if (wide > window) this.complaints.push(`${what} is ${wide} wide in a window of ${window}`)
  }
}

/** In the page: until everything that moves and ends has ended. */
async function stillness() {
  const ends = (animation) => Number.isFinite(animation.effect?.getComputedTiming().endTime)
  await Promise.all(document.getAnimations().filter(ends).map((animation) => animation.finished.catch(() => {})))
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
