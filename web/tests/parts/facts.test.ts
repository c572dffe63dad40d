import { describe, expect, it } from 'vitest'
import { factsOf, type LotRules } from '../../src/parts/facts'
import { linksFor } from '../../src/parts/frame/links'
import { toneOf } from '../../src/parts/states'
import { dutch, elaborate, japanese, rounds } from '../desk/sample'
import { messagesOf, speaker } from '../text/speak'

const texts = (rules: LotRules): string[] => factsOf(rules, speaker('zh')).map((fact) => `${fact.name}:${fact.text}`)

describe('the rules in words', () => {
  it('say all of a reverse auction', () => {
    const rules: LotRules = {
      ...{ format: 'reverse', ceiling: '141000.00', duration_s: 600, decrement: '500.00', step_basis: 'own' },
      ...{ trigger_window_s: 30, extension_s: 90, hard_cap_s: 3_600, min_bidders: 2, slip_below: '50.00', attempts_max: 50 },
      confirm_for_s: 259_200,
    }
    expect(texts(rules)).toEqual([
      '方式:反向竞价 · 公开最低价,逐次降价',
      '最高限价:¥141,000.00',
      '时长:10 分钟',
      '降价幅度:每次至少降低 500.00 元,与自己的上一次报价相比',
      '延时:结束前 30 秒内有报价被受理,则从该报价起至少再进行 1 分钟 30 秒;自开始起总时长不超过 1 小时',
      '最少家数:截止时有效报价不足 2 家即流标',
      '报价次数:每家最多 50 次,含未被接受的',
      '防误报:报价低于当前最低报价的 50% 时,须再次确认',
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
  it('say the band of a sealed inquiry, its second window, and what its guard measures against', () => {
    const rules: LotRules = { format: 'sealed', ceiling: '1.00', min_bidders: 3, slip_below: '12.50', band_over: '10' }
    const said = texts({ ...rules, band_places: 3, choose_for_s: 3_600, min_bidders_approved: 2 })
    expect(said.slice(2)).toEqual([
      '最少家数:截止时有效报价不足 3 家的,再开一次同样长的报价时段;仍不足即流标(重新发起的项目,经批准可放宽至 2 家)',
      '防误报:报价低于最高限价的 12.5% 时,须再次确认',
      '选择范围:第一名,以及前 3 名中高出第一名不超过 10% 且不高于平均价的',
      '选定期限:截止后 1 小时内;逾期未选定的,由第一名成交',
    ])
  })
})

describe('the later rules in words', () => {
  const said = (rules: LotRules): Map<string, string> => new Map(factsOf(rules, speaker('zh')).map((fact) => [fact.name, fact.text]))
  it('say every one that differs from the plain auction', () => {
    const names = [...said(elaborate).keys()]
    for (const name of ['演练', '轮次', '间歇', '降价幅度', '缓冲区', '领先者', '限时', '排名依据', '同价', '可见信息', '代理报价', '代录报价', '结果公布']) {
      expect(names).toContain(name)
    }
    expect(names).not.toContain('确认成交') // nobody is awarded anything
    expect(said(elaborate).get('可见信息')).toBe('最低价(自己报价后)、领先灯色、有效报价家数;有效报价满 3 家后才显示最低价')
    expect(said(elaborate).get('限时')).toContain('每轮最多延时 5 次')
  })
  it('show a ladder as its bands', () => {
    const step = factsOf(elaborate, speaker('zh')).find((fact) => fact.ladder)
    expect(step?.ladder).toEqual(elaborate.ladder)
  })
  it('say levels with both ends, and what follows a taking', () => {
    expect(said(dutch).get('价位')).toBe('自 50,000.00 元起,每 30 秒上升 1,000.00 元,至 90,000.00 元;先应价者得')
    expect(said(dutch).get('后续阶段')).toBe('应价后,其他供应商有 5 分钟密封报出更低价;随后应价者有 2 分钟作最后报价')
    expect(said(japanese).get('价位')).toContain('否则退出')
    expect(said(japanese).has('防误报')).toBe(false)
    expect(said({ ...japanese, visibility: { ...japanese.visibility!, count: false } }).get('可见信息')).toBe('竞价中不显示最低价和名次')
  })
  it('say that bids are signed', () => {
    expect(said({ ...elaborate, signed_bids: true }).has('签名报价')).toBe(true)
    expect(said(elaborate).has('签名报价')).toBe(false)
  })
  it('say turns, their pauses, and a single quote', () => {
    expect(said(rounds).get('轮次')).toContain('再进行 2 轮')
    expect(said(rounds).get('间歇')).toBe('首轮公布后 1 分钟 · 轮次之间 30 秒')
    expect(said(rounds).get('降价幅度')).toBe('每次至少降低比较价的 0.5%,且不少于 500.00 元')
    expect(said(rounds).has('重新报价')).toBe(true)
  })
  it('say no minimum where there is only one taker', () => {
    const { sealed_for_s: _, ...alone } = dutch
    expect(said(alone).has('最少家数')).toBe(false)
  })
})

describe('states', () => {
  const states = (kind: string): string[] => Object.keys((messagesOf('zh').words as Record<string, Record<string, string>>)[kind]!)
  it('that need somebody look so, and none is forgotten', () => {
    const plain = states('lotState').filter((state) => toneOf('lot', state) === 'plain')
    expect(plain).toEqual(['SCHEDULED', 'RESULT_PENDING', 'PRACTICE_ENDED'])
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
