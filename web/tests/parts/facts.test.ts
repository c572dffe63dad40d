import { describe, expect, it } from 'vitest'
import { factsOf, type LotRules } from '../../src/parts/facts'
import { linksFor } from '../../src/parts/frame/links'
import { toneOf } from '../../src/parts/states'
import { messagesOf, speaker } from '../text/speak'

const texts = (rules: LotRules): string[] => factsOf(rules, speaker('zh')).map((fact) => `${fact.name}:${fact.text}`)

describe('the rules in words', () => {
  it('say all of a reverse auction', () => {
    const rules: LotRules = {
      ...{ format: 'reverse', ceiling: '141000.00', duration_s: 600, decrement: '500.00', step_basis: 'own' },
      ...{ trigger_window_s: 30, extension_s: 90, hard_cap_s: 3_600, min_bidders: 2, slip_below: '20', attempts_max: 50 },
      confirm_for_s: 259_200,
    }
    expect(texts(rules)).toEqual([
      '方式:反向竞价 · 公开最低价,逐次降价',
      '最高限价:¥141,000.00',
      '时长:10 分钟',
      '降价幅度:每次至少降低 500.00 元,与本单位上一次报价相比',
      '延时:结束前 30 秒内有新的最低报价,即延长 1 分钟 30 秒;累计最多延长 1 小时',
      '最少家数:有效报价不足 2 家即流标',
      '报价次数:每家最多 50 次',
      '防误报:一次降价超过 20% 须再次确认',
      '确认成交:成交供应商须在 3 天内确认',
    ])
  })
  it('leave out what a picture does not say, and what is switched off', () => {
    expect(texts({ format: 'reverse', ceiling: '1.00', decrement: '0.01', trigger_window_s: 0, extension_s: 0 })).toEqual([
      '方式:反向竞价 · 公开最低价,逐次降价',
      '最高限价:¥1.00',
      '降价幅度:每次至少降低 0.01 元',
    ])
  })
  it('say the band of a sealed inquiry', () => {
    const said = texts({ format: 'sealed', ceiling: '1.00', band_over: '5', band_places: 3, choose_for_s: 3_600 })
    expect(said.slice(2)).toEqual(['选择范围:可在高于最低报价不超过 5% 的前 3 名中选定', '选定期限:截止后 1 小时内'])
  })
})

describe('states', () => {
  const states = (kind: string): string[] => Object.keys((messagesOf('zh').common as Record<string, Record<string, string>>)[kind]!)
  it('that need somebody look so, and none is forgotten', () => {
    const plain = states('lotState').filter((state) => toneOf('lot', state) === 'plain')
    expect(plain).toEqual(['SCHEDULED'])
    expect(toneOf('lot', 'FAILED_FEW')).toBe('bad')
    expect(toneOf('inquiry', 'RUNNING')).toBe('live')
    expect(toneOf('inquiry', 'NEW')).toBe('plain')
  })
})

describe('places of the header', () => {
  const names = (...of: Parameters<typeof linksFor>): string[] =>
    linksFor(...of).map((link) => link.name + (link.isHere ? '!' : ''))
  it('are those of the role', () => {
    expect(names(undefined, '/')).toEqual(['hall!'])
    expect(names('supplier', '/account')).toEqual(['hall'])
    expect(names('purchaser', '/desk/12/edit')).toEqual(['hall', 'desk!'])
    expect(names('regulator', '/supervision')).toEqual(['hall', 'supervision!'])
    expect(names('administrator', '/admin/orgs')).toEqual(['hall', 'admin!'])
    expect(names('purchaser', '/auctions/12/1')).toEqual(['hall!', 'desk'])
    expect(names('purchaser', '/desktop')).toEqual(['hall', 'desk'])
  })
})
