import { describe, expect, it } from 'vitest'
import type { OwnBid } from '../../src/ebb'
import zh from '../../src/locales/zh/room'
import en from '../../src/locales/en/room'
import { receiptText, situationSaid, type Say } from '../../src/pages/room/said'
import type { Kind } from '../../src/pages/room/situation'
import type { LotState } from '../../src/state/live'
import { mine, receipt, reverse } from './pictures'

type Tree = { [name: string]: string | Tree }
const find = (tree: Tree, path: string): string | Tree | undefined =>
  path.split('.').reduce<string | Tree | undefined>((at, name) => (typeof at === 'object' ? at[name] : undefined), tree)
const say =
  (messages: Tree): Say =>
  (key, named = {}) => {
    const text = find({ room: messages }, key)
    if (typeof text !== 'string') throw new Error(`no such text: ${key}`)
    return text.replace(/\{(\w+)\}/g, (_, name: string) => String(named[name]))
  }

describe('a receipt to keep', () => {
  const lot = { lot: '12-1', public: reverse(), own: mine(), bids: [] } as LotState
  const bid: OwnBid = { key: 'k1', price: '98000.00', state: 'accepted', at: 0, receipt: receipt({ rank: 1, price: '98000.00' }) }
  it('says all that the record can be asked for', () => {
    expect(receiptText(bid, { id: '12', title: '打印纸' }, lot, say(zh), 'zh').split('\n')).toEqual([
      '报价回执',
      '项目: 打印纸 (12)',
      '标段: A4 复印纸 (12-1)',
      '代号: S2',
      '回执号: 71',
      '结果: 已受理,受理时第 1 名',
      '报价: ¥98,000.00',
      '大写: 人民币玖万捌仟元整',
      '受理时间: 2026-11-22 17:05:00.123 (UTC+8)',
      '报价编号: k1',
    ])
  })
  it('of a bid that was voided says so, and why', () => {
    const lines = receiptText({ ...bid, voided: '签名验证不通过 / does not hold' }, { id: '12', title: '打印纸' }, lot, say(zh), 'zh').split('\n')
    expect(lines).toContain('结果: 已作废')
    expect(lines).toContain('原因: 签名验证不通过 / does not hold')
  })
  it('of a refusal says why, and what would have been taken', () => {
    const problem = { type: '', title: '降价幅度不足', title_en: 'not low enough', status: 422, code: 'DECREMENT_TOO_SMALL', rule: 'minimum decrement', limit: '97500.00' }
    const refused: OwnBid = { key: 'k2', state: 'refused', at: 0, problem, receipt: receipt({ outcome: 'refused', problem }) }
    const text = receiptText(refused, { id: '12', title: 'Paper' }, lot, say(en), 'en')
    expect(text).toContain('Outcome: Refused')
    expect(text).toContain('Reason: not low enough (DECREMENT_TOO_SMALL)')
    expect(text).toContain('Limit: 97,500.00')
    expect(text).not.toContain('Price')
  })
})

it('there is a sentence for every situation in both languages, without a hole in it', () => {
  for (const kind of Object.keys(zh.situation) as Kind[]) {
    for (const messages of [zh, en]) {
      const sentence = situationSaid({ kind, tone: 'calm', rank: 3, at: '2026-11-22T09:00:00.000Z' }, say(messages))
      expect(sentence, kind).not.toMatch(/undefined|\{|\}/)
    }
  }
})
it('the two languages have the same texts with the same blanks', () => {
  const blanks = (tree: Tree, path = ''): string[] =>
    Object.entries(tree).flatMap(([name, text]) =>
      typeof text === 'string' ? [`${path}${name} ${[...text.matchAll(/\{\w+\}/g)].map(([blank]) => blank).sort().join()}`] : blanks(text, `${path}${name}.`),
    )
  expect(blanks(en).sort()).toEqual(blanks(zh).sort())
})
