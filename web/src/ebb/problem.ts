// Whatever goes wrong reaches the page as one thing: a problem with a stable code, in both languages.
import type { Problem } from './types'

export class ProblemError extends Error {
  override name = 'ProblemError'
  constructor(
    readonly problem: Problem,
    /** Seconds the server asks to wait. */
    readonly retryAfter?: number,
  ) {
    super(`${problem.code}: ${problem.title_en}`)
  }
  get code(): string {
    return this.problem.code
  }
}

/** Codes of the client's own, for what no server said. */
export type LocalCode = 'NETWORK' | 'NO_ANSWER' | 'NOT_DELIVERED' | 'UNREADABLE' | 'STOPPED' | 'NO_SIGNING_KEY' | 'NOT_SIGNED'

const local: Record<LocalCode, [title: string, title_en: string]> = {
  NETWORK: ['网络不通,未能连到服务器', 'the server cannot be reached'],
  NO_ANSWER: ['服务器未及时答复,结果未知', 'no answer in time: the outcome is not known yet'],
  NOT_DELIVERED: ['报价未送达,未产生任何效力', 'the bid was not delivered and has no effect'],
  UNREADABLE: ['服务器的答复无法识别', 'the answer of the server cannot be read'],
  STOPPED: ['连接已停止', 'the connection was stopped'],
  NO_SIGNING_KEY: ['本浏览器没有有效的签名密钥', 'no signing key of this browser is in force'],
  NOT_SIGNED: ['浏览器未能用该密钥签名', 'the browser could not sign with that key'],
}

export function localProblem(code: LocalCode): ProblemError {
  const [title, title_en] = local[code]
  return new ProblemError({ type: `urn:ebb:page:${code}`, title, title_en, status: 0, code })
}

export function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'code' in value && 'title' in value
}
