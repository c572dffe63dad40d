// Requests: what is asked again, with which key, and what is an answer.
import { describe, expect, it, vi } from 'vitest'
import { ProblemError } from '../../src/ebb/problem'
import { Rest } from '../../src/ebb/rest'

type Answer = Response | Error | 'never'
interface Asked {
  url: string
  method: string
  headers: Record<string, string>
  body: unknown
}

const problem = (status: number, code: string, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify({ type: `urn:ebb:problem:${code}`, title: '标题', title_en: 'title', status, code }), {
    status, headers: { 'Content-Type': 'application/problem+json', ...headers },
  })
const json = (body: unknown, headers: Record<string, string> = {}): Response => new Response(JSON.stringify(body), { headers })
const noNetwork = (): Error => new TypeError('Failed to fetch')

/** A server that gives these answers, one a request. */
function server(...answers: Answer[]) {
  const asked: Asked[] = []
  const waits: number[] = []
  const fetcher = async (url: RequestInfo | URL, init: RequestInit = {}): Promise<Response> => {
    asked.push({
      url: String(url), method: init.method!, headers: init.headers as Record<string, string>,
      body: init.body === undefined ? undefined : JSON.parse(init.body as string),
    })
    const answer = answers.shift()
    if (answer === undefined) throw new Error('asked more often than the test expects')
    if (answer === 'never') {
      return new Promise((_, fail) => init.signal!.addEventListener('abort', () => fail(new DOMException('', 'AbortError'))))
    }
    if (answer instanceof Error) throw answer
    return answer
  }
  const rest = new Rest(new URL('https://host/sub/api/v1/'), fetcher as typeof fetch, async (ms) => void waits.push(ms))
  return { rest, asked, waits, answers }
}
async function refusal(promise: Promise<unknown>): Promise<ProblemError> {
  const why = await promise.then(() => undefined, (error: unknown) => error)
  if (!(why instanceof ProblemError)) throw new Error(`no problem: ${String(why)}`)
  return why
}
const keyOf = (asked: Asked): string => asked.headers['Idempotency-Key']!

describe('a request', () => {
  it('goes below the folder the page lies in, with the query that is given', async () => {
    const { rest, asked } = server(json({ items: [] }))
    await rest.get('inquiries', { q: '复印纸 & 笔', before: undefined, mine: '1' })
    expect(asked[0]!.url).toBe('https://host/sub/api/v1/inquiries?q=%E5%A4%8D%E5%8D%B0%E7%BA%B8+%26+%E7%AC%94&mine=1')
    expect(asked[0]!.headers).not.toHaveProperty('Idempotency-Key')
  })

  it('keeps its path in spite of a leading slash', async () => {
    const { rest, asked } = server(json({}))
    await rest.get('/me')
    expect(asked[0]!.url).toBe('https://host/sub/api/v1/me')
  })

  it('gives back body, ETag and the journal’s place', async () => {
    const { rest } = server(json({ id: '12' }, { ETag: '"7"', 'Ebb-Seq': '4711' }))
    expect(await rest.write('POST', 'inquiries', {})).toEqual({ body: { id: '12' }, etag: '"7"', seq: 4711 })
  })

  it('may have no body, either way', async () => {
    const { rest, asked } = server(new Response(null, { status: 204 }))
    expect(await rest.write('POST', 'sign-out')).toEqual({ body: undefined })
    expect(asked[0]!.body).toBeUndefined()
    expect(asked[0]!.headers).not.toHaveProperty('Content-Type')
  })

  it('edits what was read', async () => {
    const { rest, asked } = server(json({}))
    await rest.write('PUT', 'inquiries/12', { title: '纸' }, { ifMatch: '"7"' })
    expect(asked[0]).toMatchObject({ method: 'PUT', headers: { 'If-Match': '"7"' }, body: { title: '纸' } })
  })
})

describe('a write', () => {
  it('has a key of its own', async () => {
    const { rest, asked } = server(json({}), json({}))
    await rest.write('POST', 'inquiries', {})
    await rest.write('POST', 'inquiries', {})
    expect(keyOf(asked[0]!)).toMatch(/^[A-Za-z0-9._-]{1,36}$/)
    expect(keyOf(asked[0]!)).not.toBe(keyOf(asked[1]!))
  })

  it('is asked again with the same key when no answer came', async () => {
    const { rest, asked, waits } = server(noNetwork(), noNetwork(), json({ id: '12' }))
    expect((await rest.write('POST', 'inquiries', { title: '纸' })).body).toEqual({ id: '12' })
    expect(new Set(asked.map(keyOf)).size).toBe(1)
    expect(asked.map((one) => one.body)).toEqual([{ title: '纸' }, { title: '纸' }, { title: '纸' }])
    expect(waits).toHaveLength(2)
  })

  it('carries on with the key of an earlier try', async () => {
    const { rest, asked } = server(json({}))
    await rest.write('POST', 'inquiries', {}, { key: 'mine-1' })
    expect(keyOf(asked[0]!)).toBe('mine-1')
  })

  it('waits as long as a busy server asks', async () => {
    const { rest, asked, waits } = server(problem(503, 'BUSY', { 'Retry-After': '7' }), json({}))
    await rest.write('POST', 'inquiries', {})
    expect(waits[0]).toBeGreaterThanOrEqual(7_000)
    expect(waits[0]).toBeLessThan(8_000)
    expect(keyOf(asked[0]!)).toBe(keyOf(asked[1]!))
  })

  it('gives up after four tries and says why', async () => {
    const { rest, asked } = server(noNetwork(), noNetwork(), noNetwork(), noNetwork())
    expect((await refusal(rest.write('POST', 'inquiries', {}))).code).toBe('NETWORK')
    expect(asked).toHaveLength(4)
  })

  it.each([400, 401, 403, 404, 409, 410, 412, 422, 428, 429, 500])('is not asked again after %d', async (status) => {
    const { rest, asked } = server(problem(status, 'SOME_RULE'))
    const why = await refusal(rest.write('POST', 'inquiries', {}))
    expect(why.problem).toMatchObject({ status, code: 'SOME_RULE', title: '标题', title_en: 'title' })
    expect(asked).toHaveLength(1)
  })

  it('tells the pause that a refusal asks for', async () => {
    const { rest } = server(problem(429, 'TOO_MANY', { 'Retry-After': '30' }))
    expect((await refusal(rest.write('POST', 'sign-in', {}))).retryAfter).toBe(30)
  })
})

describe('an answer that is none', () => {
  it('too late is asked again', async () => {
    vi.useFakeTimers()
    try {
      const { rest, asked } = server('never', json({ ok: true }))
      const reply = rest.get<{ ok: boolean }>('me')
      await vi.advanceTimersByTimeAsync(20_000)
      expect((await reply).body.ok).toBe(true)
      expect(asked).toHaveLength(2)
    } finally {
      vi.useRealTimers()
    }
  })

  it('never at all says that the outcome is not known', async () => {
    vi.useFakeTimers()
    try {
      const { rest } = server('never', 'never', 'never', 'never')
      const why = refusal(rest.write('POST', 'inquiries', {}))
      await vi.advanceTimersByTimeAsync(80_000)
      expect((await why).code).toBe('NO_ANSWER')
    } finally {
      vi.useRealTimers()
    }
  })

  it('of a proxy is asked again when it says that nobody is behind it', async () => {
    const { rest, asked } = server(new Response('<html>502 Bad Gateway</html>', { status: 502 }), json({}))
    await rest.get('me')
    expect(asked).toHaveLength(2)
  })

  it('that cannot be read is a problem, not a crash', async () => {
    const { rest } = server(new Response('<html>'), new Response('<html>404', { status: 404 }))
    expect((await refusal(rest.get('me'))).code).toBe('UNREADABLE')
    const second = await refusal(rest.get('me'))
    expect(second.problem).toMatchObject({ code: 'UNREADABLE', status: 404 })
  })
})

describe('who is signed in', () => {
  it.each([
    ['SIGN_IN_REQUIRED', true],
    ['SESSION_ENDED', true],
    ['WRONG_PASSWORD', false],
    ['NOT_ALLOWED', false],
  ])('%s', async (code, isOut) => {
    const { rest } = server(problem(code === 'NOT_ALLOWED' ? 403 : 401, code))
    const told = vi.fn()
    rest.onSignedOut = told
    await refusal(rest.get('me'))
    expect(told).toHaveBeenCalledTimes(isOut ? 1 : 0)
  })
})
