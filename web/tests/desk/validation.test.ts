import { describe, expect, it } from 'vitest'
import { effective } from '../../src/pages/desk/draft/derived'
import { formOf, type DraftForm, type RulesForm } from '../../src/pages/desk/draft/form'
import { earliest, isBeforeDay, momentOf, noticeMs, wallOf } from '../../src/pages/desk/draft/opening'
import { atFields } from '../../src/pages/desk/draft/pointers'
import { factsOfDraft, preview } from '../../src/pages/desk/draft/preview'
import { suppliersNeeded, validate } from '../../src/pages/desk/draft/validation'
import { dutch, elaborate, inquiry, japanese, limits, lot, reverse, rounds, sealed, words } from './sample'

function form(rules = reverse): DraftForm {
  return formOf(inquiry('DRAFT', [lot(1, undefined, { rules })], { admitted: [{ org: '5', name: 'x', deduction: '0.00' }] }), limits)
}
function faultOf(name: string, change: (rules: RulesForm, form: DraftForm) => void, rules = reverse): unknown {
  const changed = form(rules)
  change(changed.lots[0]!.rules, changed)
  return validate(changed, limits, words).get(name)
}
const at = (name: string): string => `/lots/0/rules/${name}`
const min = (amount: string): { amount: string; unit: 'min' } => ({ amount, unit: 'min' })

describe('validate', () => {
  it('finds nothing wrong with what the server accepted', () => {
    expect(validate(form(reverse), limits, words).size).toBe(0)
    for (const rules of [sealed, rounds, dutch, japanese, elaborate]) expect([...validate(form(rules), limits, words)]).toEqual([])
  })
  it('says the limit of each length in words', () => {
    expect(faultOf(at('duration_s'), (rules) => (rules.duration_s = min('9')))).toEqual({ key: 'desk.fault.tooShort', named: { min: '600s' } })
    expect(faultOf(at('duration_s'), (rules) => (rules.duration_s = min('1441')))).toEqual({ key: 'desk.fault.tooLongSpan', named: { max: '86400s' } })
    expect(faultOf(at('extension_s'), (rules) => (rules.extension_s = min('31')))).toMatchObject({ named: { max: '1800s' } })
    expect(faultOf(at('hard_cap_s'), (rules) => (rules.hard_cap_s = min('29')))).toMatchObject({ named: { min: '1800s' } })
    expect(faultOf(at('confirm_for_s'), (rules) => (rules.confirm_for_s = min('5')))).toMatchObject({ named: { min: '86400s' } })
    expect(faultOf(at('duration_s'), (rules) => (rules.duration_s = min('60')), sealed)).toMatchObject({ named: { min: '86400s' } })
  })
  it('holds the cap against the default length where none is typed', () => {
    const fault = faultOf(at('hard_cap_s'), (rules) => Object.assign(rules, { duration_s: min(''), hard_cap_s: min('20') }))
    expect(fault).toMatchObject({ named: { min: '1800s' } })
  })
  it('lets nobody but the supplier make a signed bid', () => {
    const signed = { ...reverse, signed_bids: true }
    const found = (change: (rules: RulesForm) => void, rules = signed): unknown => (faultOf(at('signed_bids'), change, rules) as { key: string } | undefined)?.key
    expect(found(() => {})).toBeUndefined()
    expect(found((rules) => (rules.proxies = true))).toBe('desk.fault.signedByOthers')
    expect(found((rules) => (rules.surrogates = true))).toBe('desk.fault.signedByOthers')
    expect(found((rules) => (rules.rounds = '2'))).toBe('desk.fault.signedRounds')
    expect(found((rules) => (rules.surrogates = true), { ...sealed, signed_bids: true })).toBe('desk.fault.signedByOthers')
    expect(found((rules) => Object.assign(rules, { signed_bids: false, proxies: true }))).toBeUndefined()
  })
  it('lets a hard close have any extension', () => {
    const hard = (rules: RulesForm): unknown => Object.assign(rules, { trigger_window_s: min('0'), extension_s: min('0') })
    expect(faultOf(at('extension_s'), hard)).toBeUndefined()
    expect(faultOf(at('extension_s'), (rules) => (rules.extension_s = min('0')))).toBeDefined()
  })
  it('judges prices as fen', () => {
    expect(faultOf(at('ceiling'), (rules) => (rules.ceiling = ''))).toMatchObject({ key: 'desk.fault.required' })
    expect(faultOf(at('ceiling'), (rules) => (rules.ceiling = '1.005'))).toMatchObject({ key: 'desk.fault.money' })
    expect(faultOf(at('ceiling'), (rules) => (rules.ceiling = '0'))).toMatchObject({ key: 'desk.fault.positive' })
    expect(faultOf(at('decrement'), (rules) => (rules.decrement = '100000.01'))).toMatchObject({ named: { max: '100,000.00' } })
    expect(faultOf(at('decrement'), (rules) => (rules.decrement = ''))).toBeUndefined()
  })
  it('knows the other fields', () => {
    expect(faultOf('/title', (_, all) => (all.title = '  '))).toMatchObject({ key: 'desk.fault.required' })
    expect(faultOf('/title', (_, all) => (all.title = '纸'.repeat(201)))).toMatchObject({ named: { max: 200 } })
    expect(faultOf('/title', (_, all) => (all.title = '𠮷'.repeat(200)))).toBeUndefined() // characters, not code units
    expect(faultOf('/description', (_, all) => (all.description = '一\t二'))).toMatchObject({ key: 'desk.fault.control' })
    expect(faultOf('/description', (_, all) => (all.description = '一\n二'))).toBeUndefined()
    expect(faultOf('/lots', (_, all) => (all.lots = []))).toMatchObject({ key: 'desk.fault.noLot' })
    expect(faultOf(at('min_bidders'), (rules) => (rules.min_bidders = '10'))).toMatchObject({ named: { min: 1, max: 9 } })
    expect(faultOf('/admitted/0/deduction', (_, all) => (all.admitted[0]!.deduction = '100'))).toBeDefined()
    expect(faultOf('/admitted/0/deduction', (_, all) => (all.admitted[0]!.deduction = '99.99'))).toBeUndefined()
  })
  it('counts the suppliers the strictest lot needs', () => {
    const two = form()
    two.lots.push(form(sealed).lots[0]!)
    two.lots[1]!.rules.min_bidders = '5'
    expect(suppliersNeeded(two, limits)).toBe(5)
    expect(suppliersNeeded(two, limits, [undefined, 1])).toBe(3)
    two.lots[0]!.rules.min_bidders = ''
    expect(suppliersNeeded(two, limits, [undefined, 1])).toBe(3) // the default
  })
})

describe('what follows from other fields', () => {
  const now = (change: Partial<RulesForm>, rules = reverse): ReturnType<typeof effective> => {
    return effective({ ...form(rules).lots[0]!.rules, ...change }, limits)
  }
  it('is what the server computes', () => {
    const step = (ceiling: string): bigint | undefined => now({ ceiling, decrement: '' }).decrement
    expect(['100000.00', '100000.01', '50.00', '0.50', ''].map(step)).toEqual([50_000n, 50_001n, 100n, 50n, undefined])
    const quoting = (ceiling: string): number | undefined => now({ ceiling, duration_s: min('') }, sealed).duration
    expect(['99999.99', '100000.00', ''].map(quoting)).toEqual([86_400, 259_200, undefined])
    expect(now({ duration_s: min('20'), hard_cap_s: min('') }).cap).toBe(2_400)
    expect(now({ duration_s: min(''), hard_cap_s: min('') }).cap).toBe(3_600)
  })
  it('stands behind what is typed', () => {
    expect(now({ decrement: '700' }).decrement).toBe(70_000n)
    expect(now({ hard_cap_s: min('50') }).cap).toBe(3_000)
    expect(now({ duration_s: min('3000') }, sealed).duration).toBe(180_000)
  })
})

describe('the server’s pointers', () => {
  const problem = (...pointers: string[]): Parameters<typeof atFields>[0] => ({
    ...{ type: 'x', title: 'x', title_en: 'x', status: 400, code: 'MALFORMED' },
    errors: pointers.map((pointer) => ({ pointer, detail: '应为金额 / an amount is expected' })),
  })
  it('lead to fields, in one language', () => {
    expect([...atFields(problem(at('ceiling'), '/admitted/0/org'), form(), 'zh')]).toEqual([
      [at('ceiling'), '应为金额'],
      ['/admitted/0/org', '应为金额'],
    ])
    expect(atFields(problem(at('ceiling')), form(), 'en').get(at('ceiling'))).toBe('an amount is expected')
  })
  it('lead to the nearest field around, or nowhere', () => {
    expect([...atFields(problem('/admitted/7/org', '/lots/0/rules/unknown', ''), form(), 'en').keys()]).toEqual(['/admitted', '/lots'])
    expect(atFields(undefined, form(), 'en').size).toBe(0)
  })
})

describe('levels, turns and steps', () => {
  const key = (name: string, change: (rules: RulesForm, form: DraftForm) => void, rules: typeof reverse): string | undefined =>
    (faultOf(name, change, rules) as { key: string } | undefined)?.key.replace('desk.fault.', '')
  it('need their levels, in the right order and not too many', () => {
    expect(key(at('first_level'), (rules) => (rules.first_level = ''), dutch)).toBe('required')
    expect(key(at('last_level'), (rules) => (rules.last_level = ''), dutch)).toBeUndefined()
    expect(key(at('last_level'), (rules) => (rules.last_level = ''), japanese)).toBe('required')
    expect(key(at('last_level'), (rules) => (rules.last_level = '49999.99'), dutch)).toBe('levelsFall')
    expect(key(at('last_level'), (rules) => (rules.first_level = '59999.99'), japanese)).toBe('levelsRise')
    expect(key(at('level_step'), (rules) => (rules.level_step = '40.00'), dutch)).toBe('tooManyLevels') // 1,001
    expect(key(at('level_step'), (rules) => (rules.level_step = '40.05'), dutch)).toBeUndefined()
    expect(key(at('turn_s'), (rules) => (rules.turn_s = { amount: '10', unit: 'h' }), dutch)).toBe('levelsTooLong')
    expect(key(at('first_level'), (rules) => (rules.first_level = '100000.01'), japanese)).toBe('aboveCeiling')
  })
  it('need a ladder that falls to the lowest price', () => {
    const ladder = (...bands: [string, string][]) => (rules: RulesForm): unknown => (rules.ladder = bands.map(([above, decrement]) => ({ above, decrement })))
    expect(key(at('ladder'), ladder(['500', '5'], ['500', '2'], ['0', '1']), elaborate)).toBe('ladder')
    expect(key(at('ladder'), ladder(['500', '5'], ['0', '']), elaborate)).toBe('ladder')
    expect(key(at('ladder'), ladder(['500', '5']), elaborate)).toBe('ladder')
    expect(key(at('ladder'), ladder(['500', '5'], ['0', '1']), elaborate)).toBeUndefined()
  })
  it('keep rounds and ranks in their range', () => {
    expect(key(at('rounds'), (rules) => (rules.rounds = '10'), rounds)).toBe('count')
    expect(key(at('eliminate'), (rules) => (rules.eliminate = 'x'), elaborate)).toBe('count')
    expect(key(at('front_buffer'), (rules) => (rules.front_buffer = '100000.01'), elaborate)).toBe('aboveCeiling')
  })
  it('stagger only where there is a main time to be moved', () => {
    const staggered = (_: RulesForm, form: DraftForm): unknown => Object.assign(form, { closing: 'staggered', stagger_s: min('5') })
    expect(key('/closing', staggered, rounds)).toBe('stagger')
    expect(key('/closing', staggered, reverse)).toBeUndefined()
    expect(key('/stagger_s', (_, form) => (form.closing = 'staggered'), reverse)).toBe('required')
  })
  it('read what makes a supplier comparable', () => {
    const supplier = (more: object) => (_: RulesForm, form: DraftForm): unknown => Object.assign(form.admitted[0]!, more)
    expect(key('/admitted/0/coefficient', supplier({ coefficient: '10.0001' }), reverse)).toBe('coefficient')
    expect(key('/admitted/0/coefficient', supplier({ coefficient: '0.1' }), reverse)).toBeUndefined()
    expect(key('/admitted/0/addition', supplier({ addition: '-12.5' }), reverse)).toBeUndefined()
    expect(key('/admitted/0/addition', supplier({ addition: '--1' }), reverse)).toBe('money')
  })
  it('need one supplier where there is one taker', () => {
    const alone = form(dutch)
    alone.lots[0]!.rules.sealed_for_s = min('')
    expect(suppliersNeeded(alone, limits)).toBe(1)
    expect(suppliersNeeded(form(dutch), limits)).toBe(2)
  })
})

describe('the preview', () => {
  it('tells the rules one by one where sentences do not say them all', () => {
    expect(factsOfDraft(form().lots[0]!, false, limits)).toBeUndefined()
    expect(factsOfDraft(form().lots[0]!, true, limits)).toMatchObject({ practice: true, decrement: '500.00' })
    const japaneseForm = form(japanese)
    japaneseForm.lots[0]!.rules.first_level = ''
    expect(factsOfDraft(japaneseForm.lots[0]!, false, limits)).toMatchObject({ first_level: '100000.00', turn_s: 30 })
    japaneseForm.lots[0]!.rules.ceiling = ''
    expect(factsOfDraft(japaneseForm.lots[0]!, false, limits)).toBeUndefined()
  })

  const keys = (change: (rules: RulesForm) => void, rules = reverse): string[] => {
    const one = form(rules).lots[0]!
    change(one.rules)
    return preview(one, limits, words).map((sentence) => sentence.key.replace('desk.preview.', ''))
  }
  it('tells the course of an auction', () => {
    const said = preview(form().lots[0]!, limits, words)
    expect(said.map((sentence) => sentence.named)).toEqual([
      { ceiling: '¥100,000.00' },
      { step: '¥500.00' },
      { duration: '1800s' },
      { window: '300s', extension: '300s' },
      { cap: '3600s' },
      { few: 3 },
      { confirm: '259200s' },
    ])
  })
  it('tells a hard close, and which price a step is measured from', () => {
    expect(keys((rules) => Object.assign(rules, { trigger_window_s: min('0'), step_basis: 'own' }))).toEqual([
      ...['ceiling', 'stepOwn', 'length', 'hardClose', 'few', 'winnerLowest'],
    ])
  })
  it('tells the course of a sealed inquiry', () => {
    expect(keys(() => {}, sealed)).toEqual(['ceilingSealed', 'quoting', 'hidden', 'fewSealed', 'band', 'winnerChosen'])
  })
  it('keeps silent about what is not typed yet', () => {
    expect(keys((rules) => Object.assign(rules, { ceiling: '', decrement: '' }))).not.toContain('stepBest')
  })
})

describe('the opening', () => {
  it('gives an auction its notice; sealed inquiries need none', () => {
    expect(noticeMs(form(), limits)).toBe(14_400_000)
    expect(noticeMs(form(sealed), limits)).toBe(0)
  })
  it('is a whole minute that is still far enough away when it is judged', () => {
    const now = Date.parse('2026-11-22T09:30:10.000Z')
    expect(new Date(earliest(now, 0)).toISOString()).toBe('2026-11-22T09:32:00.000Z')
    expect(new Date(earliest(now, 14_400_000)).toISOString()).toBe('2026-11-22T13:32:00.000Z')
  })
  it('is read as Beijing time wherever the page is', () => {
    expect(momentOf('2026-11-22 17:30:00')).toBe('2026-11-22T09:30:00.000Z')
    expect(wallOf(Date.parse('2026-11-22T16:30:00.000Z'))).toBe('2026-11-23 00:30:00')
    for (const wrong of [null, undefined, '', '2026-11-22', '2026-13-40 00:00:00']) expect(momentOf(wrong)).toBeUndefined()
  })
  it('may be on the day of Beijing that begins first', () => {
    const evening = Date.parse('2026-11-22T16:30:00.000Z') // the 23rd in Beijing
    expect(isBeforeDay(new Date(2026, 10, 22), evening)).toBe(true)
    expect(isBeforeDay(new Date(2026, 10, 23), evening)).toBe(false)
  })
})
