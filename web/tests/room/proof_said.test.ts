// What a check of a receipt found, in words of both languages.
import { beforeAll, describe, expect, it } from 'vitest'
import { whySaid, summarySaid, valuesSaid } from '../../src/pages/room/proof/said'
import { LogMemory } from '../../src/proof/memory'
import { verify, type Check, type Report } from '../../src/proof/verify'
import { SampleLog, Shelf, type Told } from '../proof/sample'
import { speaker } from '../text/speak'

const told: Told[] = [{ key: 'a', fen: 9_900_000n }, { key: 'b', fen: 9_800_000n }]
let first: Report, second: Report
beforeAll(async () => {
  const [log, memory] = [await SampleLog.of(told), new LogMemory(new Shelf())]
  first = await verify({ ...log.receipt(2, told[1]!), price: '98000.00' }, 9_800_000n, log, memory)
  second = await verify(log.receipt(2, told[1]!), undefined, log, memory)
})

describe('a receipt that passed', () => {
  it('is said to be in how large a log, signed when, and that nothing was there to compare with', () => {
    expect(summarySaid(first, speaker('zh'))).toEqual([
      '此回执在日志中:日志共 2 条,于 2026-11-22 17:30:01.000 签名。', '这是本浏览器首次核对这份日志;今后每次都会与这次所见比较。',
    ])
  })
  it('is said to agree with what was seen before, and shows a price that no receipt may', () => {
    const [, since, price] = summarySaid(second, speaker('en'))
    expect(since).toBe('The log agrees with what this browser saw before (2 entries, signed 2026-11-22 17:30:01.000): added to, nothing changed.')
    expect(price).toContain('98,000.00')
  })
})

describe('a check that failed', () => {
  const price: Check = { name: 'content', state: 'failed', why: 'field', field: 'price', expected: '980.00', found: '970.00' }
  it('says what differs, with both values under names that fit', () => {
    expect(whySaid(price, speaker('zh'))).toBe('报价不一致')
    expect(valuesSaid(price, speaker('zh'))).toEqual([['应为', '980.00'], ['实为', '970.00']])
    expect(valuesSaid({ ...price, field: 'at' }, speaker('en'))).toEqual([['Expected', '980.00'], ['Found', '970.00']])
  })
  it('names the code with which the server refused', () => {
    const refused: Check = { name: 'content', state: 'failed', why: 'refused', found: 'ENTRY_NOT_YOURS' }
    expect(whySaid(refused, speaker('en'))).toContain('ENTRY_NOT_YOURS')
    expect(valuesSaid(refused, speaker('en'))).toEqual([])
  })
  it('has nothing to say where it passed', () => {
    expect(whySaid({ name: 'leaf', state: 'passed' }, speaker('zh'))).toBeUndefined()
  })
})
