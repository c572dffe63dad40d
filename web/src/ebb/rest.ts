// Requests. Every write carries an idempotency key, so that what got no answer can be asked again without doing it twice.
import { Backoff } from './backoff'
import { newKey } from './key'
import { isProblem, localProblem, ProblemError } from './problem'
import type { Problem } from './types'

export interface Reply<T> {
  body: T
  etag?: string
  /** The journal's place of a decision. */
  seq?: number
}
export interface WriteOptions {
  /** The key of an earlier try of the same write; a fresh one otherwise. */
  key?: string
  /** The ETag of what is being edited. */
  ifMatch?: string
}

const answerWithinMs = 20_000
const tries = 4

export class Rest {
  /** Called when the server says that nobody is signed in here (any more). */
  onSignedOut: () => void = () => {}

  constructor(
    /** "https://host/sub/api/v1/" */
    private readonly root: URL,
    private readonly fetcher: typeof fetch = (...args) => fetch(...args),
    private readonly wait: (ms: number) => Promise<void> = (ms) => new Promise((done) => setTimeout(done, ms)),
  ) {}

  get<T>(path: string, query: Record<string, string | undefined> = {}): Promise<Reply<T>> {
    return this.ask<T>('GET', path, undefined, {}, query)
  }

  write<T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown, options: WriteOptions = {}): Promise<Reply<T>> {
    const headers: Record<string, string> = { 'Idempotency-Key': options.key ?? newKey() }
    if (options.ifMatch !== undefined) headers['If-Match'] = options.ifMatch
    return this.ask<T>(method, path, body, headers)
  }

  // No answer, and 503, are tried again with the same key; everything else is an answer.
  private async ask<T>(
    method: string,
    path: string,
    body: unknown,
    headers: Record<string, string>,
    query: Record<string, string | undefined> = {},
  ): Promise<Reply<T>> {
    const url = new URL(path.replace(/^\//, ''), this.root)
    for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, value)
    const init: RequestInit = { method, headers: { Accept: 'application/json', ...headers }, credentials: 'same-origin' }
    if (body !== undefined) {
      init.body = JSON.stringify(body)
      init.headers = { ...init.headers, 'Content-Type': 'application/json' }
    }
    const backoff = new Backoff()
    for (let left = tries - 1; ; left--) {
      try {
        return await this.once<T>(url, init)
      } catch (error) {
        const problem = error instanceof ProblemError ? error : localProblem('NETWORK')
        const again = problem.problem.status === 503 || problem.code === 'NETWORK' || problem.code === 'NO_ANSWER'
        if (!again || left === 0) throw problem
        await this.wait(backoff.next((problem.retryAfter ?? 0) * 1_000))
      }
    }
  }

  private async once<T>(url: URL, init: RequestInit): Promise<Reply<T>> {
    const patience = new AbortController()
    const timer = setTimeout(() => patience.abort(), answerWithinMs)
    try {
      const response = await this.fetcher(url, { ...init, signal: patience.signal })
      const text = await response.text()
      if (!response.ok) throw this.refused(response, text)
      const reply: Reply<T> = { body: (text === '' ? undefined : JSON.parse(text)) as T }
      const etag = response.headers.get('ETag')
      const seq = response.headers.get('Ebb-Seq')
      if (etag !== null) reply.etag = etag
      if (seq !== null) reply.seq = Number(seq)
      return reply
    } catch (error) {
      if (error instanceof ProblemError) throw error
      if (error instanceof SyntaxError) throw localProblem('UNREADABLE')
      throw localProblem(patience.signal.aborted ? 'NO_ANSWER' : 'NETWORK')
    } finally {
      clearTimeout(timer)
    }
  }

  private refused(response: Response, text: string): ProblemError {
    let problem: Problem | undefined
    try {
      const parsed: unknown = JSON.parse(text)
      if (isProblem(parsed)) problem = parsed
    } catch {
      // A proxy's page of its own: the status is all it says.
    }
    problem ??= { ...localProblem(response.status >= 500 ? 'NETWORK' : 'UNREADABLE').problem, status: response.status }
    if (problem.code === 'SIGN_IN_REQUIRED' || problem.code === 'SESSION_ENDED') this.onSignedOut()
    const after = Number(response.headers.get('Retry-After'))
    return new ProblemError(problem, Number.isFinite(after) && after > 0 ? after : undefined)
  }
}
