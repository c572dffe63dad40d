// The cable between browser and server: a TCP proxy that can be pulled out, frozen and put back. (The browser's own
// offline switch does not touch WebSockets that are open.)
import { createServer, connect } from 'node:net'
import { once } from 'node:events'
import { finallyDo } from './finally.mjs'

export class Cable {
  static async lay(t, server) {
    const cable = new Cable(server.port)
    cable.listener = createServer((browser) => cable.plug(browser)).listen(0, '127.0.0.1')
    await once(cable.listener, 'listening')
    finallyDo(t, () => cable.remove())
    return cable
  }
  constructor(port) {
    this.port = port
    this.pairs = new Set()
    this.isOut = false
    this.isFrozen = false
  }
  get url() {
    return `http://127.0.0.1:${this.listener.address().port}`
  }

  plug(browser) {
    browser.on('error', () => {})
    if (this.isOut) return void browser.resetAndDestroy()
    const server = connect(this.port, '127.0.0.1')
    const pair = { browser, server }
    this.pairs.add(pair)
    const end = () => {
      browser.destroy()
      server.destroy()
      this.pairs.delete(pair)
    }
    for (const [from, to] of [[browser, server], [server, browser]]) {
      from.on('data', (bytes) => to.write(bytes))
      from.on('error', end)
      from.on('close', end)
      from.on('end', end)
    }
    if (this.isFrozen) this.hold(pair)
  }
  hold({ browser, server }) {
    browser.pause()
    server.pause()
  }

  /** Every connection breaks, and no new one is made. */
  pull() {
    this.isOut = true
    for (const { browser, server } of this.pairs) {
      browser.resetAndDestroy()
      server.resetAndDestroy()
    }
    this.pairs.clear()
  }
  putBack() {
    this.isOut = false
  }
  /** Nothing arrives any more, either way, and nothing breaks: a dead radio link. */
  freeze() {
    this.isFrozen = true
    this.pairs.forEach((pair) => this.hold(pair))
  }
  /** What the browser says arrives; what the server says does not. */
  freezeDown() {
    this.pairs.forEach(({ server }) => server.pause())
  }
  thaw() {
    this.isFrozen = false
    for (const { browser, server } of this.pairs) {
      browser.resume()
      server.resume()
    }
  }
  async remove() {
    this.pull()
    this.listener.close()
    await once(this.listener, 'close')
  }
}
