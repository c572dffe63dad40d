// A receipt held against a log that is honest, and against every lie that a log could tell.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ProblemError } from '../../src/ebb/problem'
import type { Problem } from '../../src/ebb/types'
import type { Entry } from '../../src/proof/entry'
import { LogMemory } from '../../src/proof/memory'
import type { ShownKey } from '../../src/proof/signed'
import { NoCrypto, NotYet, verify, type Check, type Kept, type LogSource, type Report } from '../../src/proof/verify'
import { SampleLog, Shelf, type Told } from './sample'

const told: Told[] = Array.from({ length: 7 }, (_, i) => ({ key: `bid-${i + 1}`, fen: BigInt(100_000 - 1_000 * i) }))
const more: Told[] = [...told, { key: 'bid-8', fen: 90_000n }, { key: 'bid-9', fen: 89_000n }]
const atOnce = async (): Promise<void> => {}

let log: SampleLog
let memory: LogMemory
let receipt: Kept
beforeEach(async () => {
  log = await SampleLog.of(told)
  memory = new LogMemory(new Shelf())
  receipt = log.receipt(3, told[2]!)
})
afterEach(() => vi.restoreAllMocks())

const run = (source: LogSource = log, what: Kept = receipt, fen: bigint | undefined = 98_000n): Promise<Report> =>
  verify(what, fen, source, memory, atOnce)
const failed = (report: Report): Check[] => report.checks.filter((check) => check.state === 'failed')
/** The log, but for what is said otherwise. */
function lying(about: Partial<LogSource>): LogSource {
  const honest: LogSource = {
    key: () => log.key(), head: () => log.head(), entry: (seq) => log.entry(seq),
    inclusion: (seq, size) => log.inclusion(seq, size), consistency: (from, to) => log.consistency(from, to),
    signingKey: (id) => log.signingKey(id),
  }
  return { ...honest, ...about }
}

describe('a receipt of an honest log', () => {
  it('passes, the first time without a past', async () => {
    const report = await run()
    expect(report.verdict).toBe('passed')
    expect(report.checks.map((check) => `${check.name} ${check.state}`)).toEqual([
      'content passed', 'leaf passed', 'inclusion passed', 'signature passed', 'history unchecked',
    ])
    expect(memory.read()?.head.size).toBe(7)
  })
  it('passes at the end, the beginning and alone', async () => {
    for (const seq of [1, 2, 4, 7]) expect((await run(log, log.receipt(seq, told[seq - 1]!), told[seq - 1]!.fen)).verdict).toBe('passed')
    const single = await SampleLog.of([told[0]!])
    memory = new LogMemory(new Shelf())
    expect((await run(single, single.receipt(1, told[0]!), 100_000n)).verdict).toBe('passed')
  })
  it('passes of a signed bid too, open or sealed', async () => {
    const signed: Told[] = [
      { key: 'a', fen: 98_000n, signed: {} }, { key: 'b', fen: 97_000n, signed: {}, isSealed: true }, { key: 'c', fen: 9_000n, signed: {}, isConfirmed: true },
    ]
    const other = await SampleLog.of(signed)
    for (const [at, one] of signed.entries()) {
      memory = new LogMemory(new Shelf())
      const report = await run(other, other.receipt(at + 1, one), one.fen)
      expect(report.verdict).toBe('passed')
      expect(report.logged?.price).toBe(one.fen)
      const shown = await other.signingKey('7')
      expect(report.checks[1]).toEqual({ name: 'bidSignature', state: 'passed', fingerprint: shown.fingerprint })
      expect(report.file.signing_key).toEqual({ id: '7', algorithm: 'ECDSA_P256', public_key: shown.public_key })
    }
  })
  it('is held against the head that was seen before, which then gives way to the newer one', async () => {
    await run()
    const grown = await SampleLog.of(more, log)
    const report = await run(grown)
    expect(report.verdict).toBe('passed')
    expect(report.checks.at(-1)).toEqual({ name: 'history', state: 'passed' })
    expect(report.seen?.head.size).toBe(7)
    expect(report.file.consistency?.from).toBe(7)
    expect(memory.read()?.head.size).toBe(9)
  })
  it('waits for the next head', async () => {
    log.headSize = 2
    const waited: number[] = []
    const report = await verify(receipt, 98_000n, log, memory, async (ms) => {
      waited.push(ms)
      if (waited.length === 3) log.headSize = 7
    })
    expect(report.verdict).toBe('passed')
    expect(waited).toHaveLength(3)
  })
  it('is not in a head that never comes', async () => {
    log.headSize = 2
    await expect(run()).rejects.toBeInstanceOf(NotYet)
  })
  it('of a hidden quote passes by its own bidder’s price, and shows it where the receipt may not', async () => {
    const sealed: Told[] = [{ key: 'q', fen: 77_700n, isSealed: true }]
    log = await SampleLog.of(sealed)
    const report = await run(log, log.receipt(1, sealed[0]!), 77_700n)
    expect(report.verdict).toBe('passed')
    expect((await run(log, log.receipt(1, sealed[0]!), undefined)).logged?.price).toBe(77_700n)
    expect(failed(await run(log, log.receipt(1, sealed[0]!), 77_800n))[0]).toMatchObject({ field: 'price', expected: '778.00', found: '777.00' })
  })
  it('gives a file that holds all of it', async () => {
    const { file } = await run()
    expect(file).toMatchObject({ format: 'ebb.receipt.v1', receipt: { seq: 3 }, entry: { seq: 3 }, inclusion: { seq: 3, size: 7 }, head: { size: 7 } })
  })
})

describe('a log that lies', () => {
  it('about the price is found out by what was sent', async () => {
    const other = await SampleLog.of(told.map((bid, i) => (i === 2 ? { ...bid, fen: 97_000n } : bid)), log)
    const report = await run(other)
    expect(report.verdict).toBe('failed')
    expect(failed(report).map((check) => check.name)).toEqual(['content', 'leaf'])
    expect(failed(report)[0]).toMatchObject({ field: 'price', expected: '980.00', found: '970.00' })
    expect(failed(report)[1]).toMatchObject({ why: 'otherLeaf', expected: receipt.leaf })
  })
  it('about the time, the lot or the key is found out', async () => {
    const wrong: [Partial<Kept>, string][] = [
      [{ at: '2026-11-22T09:30:00.004Z' }, 'at'], [{ lot: '12-2' }, 'lot'], [{ key: 'mine' }, 'key'],
    ]
    for (const [change, field] of wrong) expect(failed(await run(log, { ...receipt, ...change }))[0]).toMatchObject({ name: 'content', field })
  })
  it('by exchanging the salt is found out', async () => {
    const entry = await log.entry(3)
    const report = await run(lying({ entry: async () => ({ ...entry, salt: '00'.repeat(32) }) }))
    expect(failed(report).map((check) => check.name)).toEqual(['leaf', 'inclusion'])
  })
  it('with the bytes of another bid is found out', async () => {
    const report = await run(lying({ entry: () => log.entry(4) }))
    expect(failed(report).map((check) => check.name)).toEqual(['content', 'leaf', 'inclusion'])
  })
  it('by keeping the entry to itself is said to do so', async () => {
    const problem = { type: '', title: '', title_en: '', status: 403, code: 'ENTRY_NOT_YOURS' }
    const report = await run(lying({ entry: async () => { throw new ProblemError(problem) } }))
    expect(failed(report)).toEqual([{ name: 'content', state: 'failed', why: 'refused', found: 'ENTRY_NOT_YOURS' }])
  })
  it('with a path that leads elsewhere is found out, and both roots are told', async () => {
    const report = await run(lying({ inclusion: (_, size) => log.inclusion(4, size) }))
    const [check] = failed(report)
    expect(check).toMatchObject({ name: 'inclusion', why: 'path', expected: report.file.head.root })
    expect(check!.found).not.toBe(check!.expected)
  })
  it('with a path of no hashes is found out', async () => {
    const report = await run(lying({ inclusion: async (seq, size) => ({ ...(await log.inclusion(seq, size)), path: ['not hex'] }) }))
    expect(failed(report)[0]).toMatchObject({ name: 'inclusion', found: '—' })
  })
  it('with a head that its key did not sign is found out, and the head is not kept', async () => {
    const report = await run(lying({ head: async () => ({ ...(await log.head()), at: '2026-11-22T10:00:00.000Z' }) }))
    expect(failed(report).map((check) => check.name)).toEqual(['signature'])
    expect(memory.read()).toBeUndefined()
  })
})

describe('a log with another past than it had', () => {
  it('is found out by the head that was kept, which stays, and both are kept', async () => {
    await run()
    const forged = await SampleLog.of(more.map((bid, i) => (i === 0 ? { ...bid, fen: 1n } : bid)), log)
    const report = await run(forged)
    expect(report.verdict).toBe('forked')
    expect(failed(report)[0]).toMatchObject({ name: 'history', why: 'rewritten' })
    const seen = memory.read()!
    expect(seen.head.size).toBe(7)
    expect(seen.alarms).toHaveLength(1)
    expect(seen.alarms[0]).toMatchObject({ kept: { head: { size: 7 } }, shown: { head: { size: 9 } } })
    // It stays an alarm until a person says otherwise, and is noted once.
    expect((await run(forged)).verdict).toBe('forked')
    expect(memory.read()!.alarms).toHaveLength(1)
  })
  it('of the same length is found out without any proof', async () => {
    await run()
    const forged = await SampleLog.of(told.map((bid, i) => (i === 5 ? { ...bid, fen: 1n } : bid)), log)
    expect(failed(await run(forged))[0]).toMatchObject({ name: 'history', why: 'rewritten' })
  })
  it('that was cut short is found out', async () => {
    await run()
    const cut = await SampleLog.of(told.slice(0, 5), log)
    expect(failed(await run(cut))[0]).toMatchObject({ name: 'history', why: 'shorter' })
  })
  it('under another key is found out', async () => {
    await run()
    const other = await SampleLog.of(told)
    const report = await run(other)
    expect(report.verdict).toBe('forked')
    expect(failed(report)[0]).toMatchObject({ name: 'history', why: 'otherKey', found: await other.key() })
  })
  it('counts again once a person has taken note; the alarm stays on record', async () => {
    await run()
    const cut = await SampleLog.of(told.slice(0, 5), log)
    const { file } = await run(cut)
    memory.startAnew(file.key, file.head)
    expect((await run(cut)).verdict).toBe('passed')
    expect(memory.read()!.alarms).toHaveLength(1)
  })
})

describe('what a browser cannot do', () => {
  it('leaves the signature open and says so', async () => {
    const [key, head] = [await log.key(), await log.head()]
    vi.spyOn(crypto.subtle, 'importKey').mockRejectedValue(new DOMException('', 'NotSupportedError'))
    const report = await run(lying({ key: async () => key, head: async () => head }))
    expect(report.verdict).toBe('partly')
  })
  it('is said where a page over plain http has no means to compute with', async () => {
    vi.stubGlobal('crypto', {})
    await expect(run()).rejects.toBeInstanceOf(NoCrypto)
    vi.unstubAllGlobals()
  })
  it('is to remember, where storage is forbidden: each time is the first', async () => {
    memory = new LogMemory(undefined)
    await run()
    expect((await run()).checks.at(-1)).toMatchObject({ state: 'unchecked', why: 'first' })
  })
})

describe('two windows', () => {
  it('do not take each other’s newer head for an alarm', async () => {
    const grown = await SampleLog.of(more, log)
    const report = await verify(receipt, 98_000n, lying({
      head: async () => {
        memory.keep(await grown.key(), await grown.headOf(9)) // the other window was faster
        return log.head()
      },
    }), memory, atOnce)
    expect(report.verdict).toBe('passed')
    expect(memory.read()!.head.size).toBe(9)
  })
})

describe('the signature of the bid itself', () => {
  const bid: Told = { key: 'a', fen: 98_000n, signed: {} }
  const check = (report: Report): Check => report.checks.find((one) => one.name === 'bidSignature')!
  beforeEach(async () => {
    log = await SampleLog.of([bid])
    receipt = log.receipt(1, bid)
  })
  const shownAs = (other: Partial<ShownKey>): LogSource => lying({ signingKey: async (id) => ({ ...(await log.signingKey(id)), ...other }) })

  it('is not asked for where a bid has none', async () => {
    log = await SampleLog.of(told)
    receipt = log.receipt(3, told[2]!)
    expect(check(await run())).toBeUndefined()
    expect(log.asked.filter((what) => what.startsWith('signing key'))).toEqual([])
  })
  it('does not hold over anything else than this bid: the receipt is true all the same', async () => {
    for (const signed of [{ price: '970.00' }, { lot: '12-2' }, { key: 'b' }, { confirm: true }, { org: '31' }, { house: '0'.repeat(64) }]) {
      const forged: Told = { ...bid, signed }
      log = await SampleLog.of([forged])
      memory = new LogMemory(new Shelf())
      const report = await run(log, log.receipt(1, forged))
      expect(report.verdict, JSON.stringify(signed)).toBe('unsigned')
      expect(check(report)).toMatchObject({ state: 'failed', why: 'forged' })
      expect(failed(report)).toHaveLength(1)
    }
  })
  it('is a lie with the receipt where the receipt is one', async () => {
    const report = await run(log, { ...receipt, leaf: '0'.repeat(64) })
    expect(report.verdict).toBe('failed')
    expect(check(report).state).toBe('passed')
  })
  it('does not hold by the key of another, or of another time', async () => {
    const at = (ms: number): string => new Date(Date.parse(receipt.at) + ms).toISOString()
    expect(check(await run(shownAs({ org: '31' })))).toMatchObject({ state: 'failed', why: 'keyOfAnother' })
    expect(check(await run(shownAs({ added_at: at(1) })))).toMatchObject({ state: 'failed', why: 'keyNotInForce' })
    expect(check(await run(shownAs({ revoked_at: at(-1) })))).toMatchObject({ state: 'failed', why: 'keyNotInForce' })
    expect(check(await run(shownAs({ revoked_at: at(1) })))).toMatchObject({ state: 'passed' })
    const other = await SampleLog.of([bid])
    expect(check(await run(lying({ signingKey: (id) => other.signingKey(id) })))).toMatchObject({ state: 'failed', why: 'forged' })
    for (const public_key of ['', 'zz', '00ff']) expect(check(await run(shownAs({ public_key })))).toMatchObject({ why: 'forged' })
  })
  it('is left to a program where it is SM2, and the key goes into the file', async () => {
    const report = await run(shownAs({ algorithm: 'SM2' }))
    expect(report.verdict).toBe('passed')
    expect(check(report)).toMatchObject({ state: 'unchecked', why: 'sm2' })
    expect(report.file.signing_key?.algorithm).toBe('SM2')
  })
  it('is not checked where the server gives no key, or not what was signed', async () => {
    const refusal = lying({ signingKey: () => Promise.reject(new ProblemError({ type: '', title: '没有', status: 404, code: 'NOT_FOUND' } as Problem)) })
    expect(check(await run(refusal))).toMatchObject({ state: 'unchecked', why: 'keyNotShown', found: 'NOT_FOUND' })
    const sealed: Told = { ...bid, isSealed: true }
    log = await SampleLog.of([sealed])
    memory = new LogMemory(new Shelf())
    const hidden = lying({ entry: async (seq) => ({ ...(await log.entry(seq)), salt: undefined, private: undefined }) as Entry })
    expect(check(await run(hidden, log.receipt(1, sealed), undefined))).toMatchObject({ state: 'unchecked', why: 'hidden' })
  })
})
