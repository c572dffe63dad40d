// A proxy that serves Ebb under /buy/ebb/ and takes that prefix away, as offices do; sockets pass through.
import { createServer, request } from 'node:http'
import { once } from 'node:events'
import { finallyDo } from './finally.mjs'

const prefix = '/buy/ebb/'

export async function underSubPath(t, server) {
  const to = ({ method, url, headers }) => ({ port: server.port, host: '127.0.0.1', method, headers, path: `/${url.slice(prefix.length)}` })
  const proxy = createServer((asked, answer) => {
    if (!asked.url.startsWith(prefix)) return answer.writeHead(404).end()
    const behind = request(to(asked), (reply) => {
      answer.writeHead(reply.statusCode, reply.headers)
      reply.pipe(answer)
    })
    behind.on('error', () => answer.destroy())
    asked.pipe(behind)
  })
  proxy.on('upgrade', (asked, browser, head) => {
    browser.on('error', () => {})
    const behind = request(to(asked)).end(head)
    behind.on('upgrade', (reply, socket, first) => {
      const lines = [`HTTP/1.1 101 ${reply.statusMessage}`]
      for (let at = 0; at < reply.rawHeaders.length; at += 2) lines.push(`${reply.rawHeaders[at]}: ${reply.rawHeaders[at + 1]}`)
      browser.write(`${lines.join('\r\n')}\r\n\r\n`)
      browser.write(first)
      socket.on('error', () => browser.destroy())
      socket.pipe(browser).pipe(socket)
    })
    behind.on('error', () => browser.destroy())
    behind.on('response', () => browser.destroy())
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  finallyDo(t, () => {
    proxy.closeAllConnections()
    proxy.close()
  })
  return `http://127.0.0.1:${proxy.address().port}${prefix}`
}
