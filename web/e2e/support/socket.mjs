// A WebSocket to the live stream without a browser (Node 20 has none): as much of RFC 6455 as the server speaks.
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { request } from 'node:http'

const opcode = { text: 1, close: 8, ping: 9, pong: 10 }

export class LiveSocket {
  static async open(url, token) {
    const headers = {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
      'Sec-WebSocket-Protocol': 'ebb.v1.json',
      Authorization: `Bearer ${token}`,
    }
    const asked = request(`${url}/api/v1/live`, { headers }).end()
    const [, socket, first] = await once(asked, 'upgrade')
    return new LiveSocket(socket, first)
  }
  constructor(socket, first) {
    this.socket = socket
    this.bytes = first
    this.waiting = [] // [does this message answer?, tell who waits]
    socket.on('error', () => {})
    socket.on('data', (more) => {
      this.bytes = Buffer.concat([this.bytes, more])
      this.read()
    })
    this.read()
  }

  say(message) {
    this.frame(opcode.text, Buffer.from(JSON.stringify(message)))
  }
  /** The next message that `fits`. */
  hear(fits) {
    return new Promise((tell) => this.waiting.push([fits, tell]))
  }
  close() {
    this.socket.destroy()
  }

  frame(code, body) {
    const mask = randomBytes(4)
    const head = body.length < 126 ? [0x80 | code, 0x80 | body.length] : [0x80 | code, 0xfe, body.length >> 8, body.length & 255]
    this.socket.write(Buffer.concat([Buffer.from(head), mask, body.map((byte, at) => byte ^ mask[at % 4])]))
  }
  read() {
    for (;;) {
      if (this.bytes.length < 2) return
      const short = this.bytes[1] & 127
      const head = short === 126 ? 4 : short === 127 ? 10 : 2
      if (this.bytes.length < head) return
      const length = short === 126 ? this.bytes.readUInt16BE(2) : short === 127 ? Number(this.bytes.readBigUInt64BE(2)) : short
      if (this.bytes.length < head + length) return
      const body = this.bytes.subarray(head, head + length)
      const code = this.bytes[0] & 15
      this.bytes = this.bytes.subarray(head + length)
      if (code === opcode.ping) this.frame(opcode.pong, body)
      else if (code === opcode.text) this.tell(JSON.parse(body.toString()))
    }
  }
  tell(message) {
    const heard = this.waiting.filter(([fits]) => fits(message))
    this.waiting = this.waiting.filter((one) => !heard.includes(one))
    for (const [, tell] of heard) tell(message)
  }
}
