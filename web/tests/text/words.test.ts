import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ProblemError } from '../../src/ebb'
import { device } from '../../src/text/device'
import { characters, charactersMax, charactersMin, strength } from '../../src/text/password'
import { figure, oneLanguage, problemOf } from '../../src/text/problem'
import { words } from '../../src/text/span'
import { speaker } from './speak'

const [zh, en] = [speaker('zh'), speaker('en')]

describe('a duration in words', () => {
  it('loses nothing', () => {
    expect(words(300, zh)).toBe('5 分钟')
    expect(words(300, en)).toBe('5 min')
    expect(words(90, zh)).toBe('1 分钟 30 秒')
    expect(words(5_400, en)).toBe('1 h 30 min')
    expect(words(86_400, zh)).toBe('1 天')
    expect(words(90_061, en)).toBe('1 d 1 h 1 min 1 s')
    expect(words(0, zh)).toBe('0 秒')
  })
})

describe('a device', () => {
  const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)'
  it.each([
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/120.0.0.0 Safari/537.36`, 'Chrome · Windows'],
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/120.0.0.0 Safari/537.36 Edg/120.0.0.0`, 'Edge · Windows'],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Safari/605.1.15', 'Safari · macOS'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile/15E148 Safari/604.1', 'Safari · iOS'],
    [`Mozilla/5.0 (Linux; Android 13; V2) ${webkit} Version/4.0 Chrome/111.0 Mobile Safari/537.36 MicroMessenger/8.0.42`, '微信 · Android'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0', 'Firefox · Linux'],
    ['curl/7.88.1', '程序 curl'],
    ['ebb-demo', '程序 ebb-demo'],
    ['Mozilla/5.0', '未知设备'],
    ['', '未知设备'],
  ])('%s is %s', (agent, said) => expect(device(agent, zh)).toBe(said))
})

describe('a password', () => {
  it('has the bounds of the server', () => {
    const header = readFileSync('../gateway/password.h', 'utf8')
    const bound = (name: string): number => Number(new RegExp(`std::size_t ${name} = (\\d+);`).exec(header)?.[1])
    expect([charactersMin, charactersMax]).toEqual([bound('characters_min'), bound('characters_max')])
  })
  it('is counted as the server counts it: characters, not bytes or halves of them', () => {
    expect(characters('密码12')).toBe(4)
    expect(characters('🔑🔑')).toBe(2)
  })
  it('is weak when it repeats or runs on, however long', () => {
    for (const weak of ['aaaaaaaaaaaaaaaaaaaa', '1234567890123', 'abcabcabcabcabc', '2026112220']) expect(strength(weak)).toBe('weak')
    expect(strength('kx7fqp2mrt')).toBe('fair')
    expect(strength('Kx7!fqp2Mrt&w9z')).toBe('strong')
    expect(strength('WfhHtGmCrWcHZVgg7QaY')).toBe('strong')
  })
})

describe('a problem', () => {
  const problem = { type: 'x', title: '甲', title_en: 'a', status: 422, code: 'A' }
  it('is found in what was caught', () => {
    expect(problemOf(new ProblemError(problem))).toBe(problem)
    expect(problemOf(problem)).toBe(problem)
    expect(problemOf(new Error('x'))).toBeUndefined()
    expect(problemOf('x')).toBeUndefined()
  })
  it('is told in one language', () => {
    expect(oneLanguage('应为日期 / a date is expected', 'zh')).toBe('应为日期')
    expect(oneLanguage('应为日期 / a date is expected', 'en')).toBe('a date is expected')
    expect(oneLanguage('甲 / a / b', 'en')).toBe('a / b')
    expect(oneLanguage('只有一种', 'en')).toBe('只有一种')
  })
  it('shows prices with separators and all else as it came', () => {
    expect(figure('99400.00')).toBe('99,400.00')
    expect(figure('-1234.50')).toBe('-1,234.50')
    expect(figure('12-1')).toBe('12-1')
    expect(figure(3)).toBe('3')
  })
})
