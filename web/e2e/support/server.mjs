// A real `ebb serve` on loopback with scratch data: started, killed like by a power cut, started again on the same port.
//
// EBB_SERVER_BINARY names the program. EBB_WEB_ROOT, while developing, a folder to serve instead of the page built in.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { finallyDo } from './finally.mjs'

const comesUpWithinMs = 60_000 // a server with sanitizers on a busy machine

// An auction of seconds is too short for the law and long enough for a proof.
const shortRules = {
  notice_min_s: 0,
  duration_min_s: 1,
  extension_min_s: 1,
  quoting_min_s: 1,
  confirm_min_s: 1,
  resume_floor_s: 1,
}

export class Server {
  /** Comes up listening; ends with the test `t`. */
  static async start(t, settings = {}) {
    const server = new Server(await mkdtemp(join(tmpdir(), 'ebb-web-')), settings)
    finallyDo(t, () => server.remove())
    await server.up(0)
    return server
  }

  constructor(folder, settings) {
    this.folder = folder
    this.settings = settings
    this.log = ''
    process.once('exit', () => this.process?.kill('SIGKILL')) // also when the test itself breaks down
  }

  get url() {
    return `http://127.0.0.1:${this.port}`
  }

  async up(port) {
    const binary = process.env.EBB_SERVER_BINARY
    if (!binary) throw new Error('EBB_SERVER_BINARY must name the program "ebb"')
    const settings = { 'log.level': 'warn', ...this.settings }
    for (const [rule, seconds] of Object.entries(shortRules)) settings[`rules.${rule}`] ??= seconds
    if (process.env.EBB_WEB_ROOT) settings['server.web_root'] ??= process.env.EBB_WEB_ROOT
    const words = Object.entries(settings).map(([name, value]) => `--${name}=${value}`)
    this.process = spawn(binary, ['serve', `--data.directory=${this.folder}/data`, `--server.port=${port}`, ...words], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.ended = once(this.process, 'exit')
    this.process.stderr.on('data', (text) => (this.log += text))
    const patience = setTimeout(() => this.process.kill('SIGKILL'), comesUpWithinMs)
    for await (const line of createInterface({ input: this.process.stdout })) {
      const password = /^administrator one-time password: (.+)$/.exec(line)
      if (password) this.password = password[1]
      const listening = /^ebb: listening on 127\.0\.0\.1:(\d+)/.exec(line)
      if (!listening) continue
      this.port = Number(listening[1])
      clearTimeout(patience)
      this.process.stdout.resume()
      return
    }
    throw new Error(`the server did not come up\n${this.log}`)
  }

  /** kill -9: nothing is said, nothing is flushed. */
  async kill() {
    this.process.kill('SIGKILL')
    await this.ended
  }
  /** Again, on the port of before, from what the journal holds. */
  startAgain() {
    return this.up(this.port)
  }
  async remove() {
    await this.kill()
    await rm(this.folder, { recursive: true, force: true })
  }
}
