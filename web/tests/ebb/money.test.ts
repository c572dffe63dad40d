// Yuan as people write it and fen as BigInt; 人民币大写 against the official examples and a table made elsewhere.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fen, readYuan, shown, spoken, wire } from '../../src/ebb/money'

describe('a price on the wire', () => {
  it.each([
    ['0.00', 0n],
    ['0.01', 1n],
    ['98000.00', 9_800_000n],
    ['98000.5', 9_800_050n],
    ['100000000000.00', 10_000_000_000_000n],
    ['-1.05', -105n],
  ])('%s', (text, value) => expect(fen(text)).toBe(value))

  it.each(['', 'abc', '1e3', '+1', '01', '.5', '1.', '1.005', '--1', '1 000 000 x'])('%j is not one', (text) => {
    expect(() => fen(text)).toThrow()
  })

  it('is told back with two decimals, whatever its size', () => {
    for (const value of [0n, 1n, 9n, 10n, 99n, 100n, 12_345n, -5n, -12_345n, 99_999_999_999_999n]) {
      expect(wire(value)).toMatch(/^-?(0|[1-9][0-9]*)\.[0-9]{2}$/)
      expect(fen(wire(value))).toBe(value)
    }
  })
})

describe('what a person types', () => {
  it.each([
    ['98000', 9_800_000n],
    ['98,000.00', 9_800_000n],
    ['1,234,567.8', 123_456_780n],
    [' ¥ 98000 ', 9_800_000n],
    ['¥98000元', 9_800_000n],
    ['98000.50', 9_800_050n],
    ['98 000', 9_800_000n],
    ['0', 0n],
    ['0.05', 5n],
  ])('%j is an amount', (typed, value) => expect(readYuan(typed)).toBe(value))

  it.each(['', ' ', '元', '9元8', '5¥', '-5', '1.005', '9,80', '98,00.00', '1,2345', '1.2.3', '1e5', '007', '九万', '1/2', '9999999999999'])(
    '%j is none',
    (typed) => expect(readYuan(typed)).toBeUndefined(),
  )
})

describe('a price for eyes', () => {
  it.each([
    [0n, '0.00'],
    [99_999n, '999.99'],
    [100_000n, '1,000.00'],
    [9_800_000n, '98,000.00'],
    [123_456_789_012n, '1,234,567,890.12'],
    [-123_456n, '-1,234.56'],
  ])('%s', (value, text) => expect(shown(value)).toBe(text))

  it('takes what is on the wire too', () => expect(shown('1234567.00')).toBe('1,234,567.00'))

  it('says again what was typed', () => {
    for (const value of [0n, 5n, 100_000n, 9_800_050n, 123_456_789_012n]) expect(readYuan(shown(value))).toBe(value)
  })
})

describe('人民币大写', () => {
  // 支付结算办法, 附一《正确填写票据和结算凭证的基本规定》: where it allows two forms, both stand here.
  it.each([
    ['1409.50', ['人民币壹仟肆佰零玖元伍角', '人民币壹仟肆佰零玖元伍角整']],
    ['6007.14', ['人民币陆仟零柒元壹角肆分']],
    ['1680.32', ['人民币壹仟陆佰捌拾元零叁角贰分', '人民币壹仟陆佰捌拾元叁角贰分']],
    ['107000.53', ['人民币壹拾万柒仟元零伍角叁分', '人民币壹拾万零柒仟元伍角叁分']],
    ['16409.02', ['人民币壹万陆仟肆佰零玖元零贰分']],
    ['325.04', ['人民币叁佰贰拾伍元零肆分']],
  ])('%s as the rule book writes it', (amount, forms) => expect(forms).toContain(spoken(fen(amount))))

  it.each([
    ['0.00', '人民币零元整'],
    ['98000.00', '人民币玖万捌仟元整'],
    ['0.05', '人民币伍分'],
    ['0.50', '人民币伍角整'],
    ['100000000000.00', '人民币壹仟亿元整'],
    ['-98000.00', '人民币负玖万捌仟元整'],
  ])('%s', (amount, text) => expect(spoken(fen(amount))).toBe(text))

  const table = join(process.env.EBB_FIXTURES ?? '', 'rmb/rmb-uppercase-nzh-1.0.14.tsv')
  it.skipIf(!process.env.EBB_FIXTURES || !existsSync(table))('as another program writes it', () => {
    const rows = readFileSync(table, 'utf8').trim().split('\n').slice(1).map((row) => row.split('\t'))
    const amounts = rows.flatMap(([amount, text]) => (readYuan(amount!) === undefined ? [] : [[amount!, text!] as const]))
    expect(amounts.length).toBeGreaterThan(300)
    // The rule book leaves free: 整 behind 角, and 零 where a nought stands before 角 or before 仟 of the next group.
    const plain = (text: string): string => text.replace(/整$/, '').replace(/(?<=元)零(?=.角)|(?<=[万亿])零(?=.仟)/g, '')
    const different = amounts.filter(([amount, text]) => plain(spoken(readYuan(amount)!)) !== plain(text))
    expect(different.map(([amount, text]) => `${amount}: ${spoken(readYuan(amount)!)}, there ${text}`)).toEqual([])
  })
})
