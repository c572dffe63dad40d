import { describe, expect, it } from 'vitest'
import { copyOfLot, draftOf, emptyForm, formOf, inFormat, newLot } from '../../src/pages/desk/draft/form'
import { hundredths, readCount, readPercent, shownPercent } from '../../src/pages/desk/draft/numbers'
import { secondsOf, spanOf } from '../../src/pages/desk/draft/span'
import { dutch, elaborate, inquiry, japanese, limits, lot, reverse, rounds, sealed } from './sample'

describe('a span', () => {
  it('is read as whole seconds', () => {
    expect(secondsOf({ amount: '30', unit: 'min' })).toBe(1_800)
    expect(secondsOf({ amount: ' 3', unit: 'd' })).toBe(259_200)
    expect(secondsOf({ amount: '0', unit: 'min' })).toBe(0)
    for (const amount of ['', '1.5', '-1', 'x', '1e3']) expect(secondsOf({ amount, unit: 's' })).toBeUndefined()
  })
  it('is shown in the largest unit without a rest, and comes back', () => {
    expect(spanOf(1_800)).toEqual({ amount: '30', unit: 'min' })
    expect(spanOf(86_400)).toEqual({ amount: '24', unit: 'h' })
    expect(spanOf(259_200)).toEqual({ amount: '3', unit: 'd' })
    for (const seconds of [0, 1, 59, 60, 61, 90, 3_600, 5_400, 86_400, 172_800, 172_801]) {
      expect(secondsOf(spanOf(seconds))).toBe(seconds)
    }
    expect(spanOf(undefined).amount).toBe('')
  })
})

describe('numbers', () => {
  it('reads percentages exactly', () => {
    expect(readPercent('10')).toBe('10.00')
    expect(readPercent('2.5%')).toBe('2.50')
    expect(hundredths('100')).toBe(10_000)
    for (const typed of ['100.01', '1.234', '', 'x', '-1']) expect(readPercent(typed)).toBeUndefined()
    expect(['10.00', '2.50', '0.05', '0.00'].map(shownPercent)).toEqual(['10', '2.5', '0.05', '0'])
  })
  it('reads counts', () => {
    expect(readCount('12')).toBe(12)
    for (const typed of ['', '1.0', '-1', '12345678901']) expect(readCount(typed)).toBeUndefined()
  })
})

describe('the form', () => {
  it('starts with the defaults of the platform, and leaves open what follows from the ceiling', () => {
    const { rules } = newLot('reverse', limits)
    expect(rules.duration_s).toEqual({ amount: '30', unit: 'min' })
    expect([rules.decrement, rules.hard_cap_s.amount, rules.ceiling]).toEqual(['', '', ''])
    expect(newLot('sealed', limits).rules.duration_s.amount).toBe('')
  })
  it('leaves out of the draft what is empty', () => {
    const form = emptyForm(limits)
    form.title = ' 打印纸 '
    Object.assign(form.lots[0]!, { title: 'A4' })
    form.lots[0]!.rules.ceiling = '¥100,000'
    const draft = draftOf(form)
    expect(draft.title).toBe('打印纸')
    expect(draft).not.toHaveProperty('description')
    expect(draft.lots[0]!.rules).toMatchObject({ format: 'reverse', ceiling: '100000.00', duration_s: 1_800 })
    for (const name of ['decrement', 'hard_cap_s', 'band_over', 'choose_for_s']) expect(draft.lots[0]!.rules).not.toHaveProperty(name)
  })
  it.each([reverse, sealed, rounds, dutch, japanese, elaborate])('takes a draft of the server and gives the same back: $format', (rules) => {
    const lots = [lot(1, undefined, { rules, category: 'A0601', quantity: 5 })]
    const draft = inquiry('DRAFT', lots, { description: '说明', admitted: [{ org: '5', name: '供应商', deduction: '10.00' }] })
    expect(draftOf(formOf(draft, limits))).toEqual({
      title: '打印纸',
      description: '说明',
      lots: [{ title: '标段 1', category: 'A0601', quantity: 5, rules }],
      admitted: [{ org: '5', deduction: '10.00' }],
    })
  })
  it('says only what the other format knows after a change', () => {
    const form = formOf(inquiry('DRAFT', [lot(1, undefined)]), limits)
    form.lots[0]!.rules = inFormat(form.lots[0]!.rules, 'sealed', limits)
    expect(draftOf(form).lots[0]!.rules).toEqual({
      ...{ format: 'sealed', ceiling: '100000.00', min_bidders: 3, slip_below: '50.00', confirm_for_s: 259_200, attempts_max: 200 },
      ...{ band_over: '10.00', band_places: 3, choose_for_s: 172_800 },
    })
  })
  it('copies a lot that then lives its own life', () => {
    const first = newLot('reverse', limits)
    const second = copyOfLot(first)
    second.rules.duration_s.amount = '1'
    expect(first.rules.duration_s.amount).toBe('30')
    expect(second.id).not.toBe(first.id)
  })
  it('keeps what makes suppliers comparable, and how lots end', () => {
    const draft = inquiry('DRAFT', [lot(1, undefined, { rules: reverse }), lot(2, undefined, { rules: reverse })], {
      admitted: [{ org: '5', name: 'x', deduction: '10.00', coefficient: '1.0523', addition: '-120.00' }],
      ...{ closing: 'staggered', stagger_s: 300 },
    })
    expect(draftOf(formOf(draft, limits))).toMatchObject({
      admitted: [{ org: '5', deduction: '10.00', coefficient: '1.0523', addition: '-120.00' }],
      ...{ closing: 'staggered', stagger_s: 300 },
    })
  })
  it('takes the stagger out of the lengths of an inquiry that ran', () => {
    const later = { ...reverse, duration_s: 2_100, hard_cap_s: 3_900 }
    const ran = inquiry('CLOSED', [lot(1, 'ORDER_CONFIRMED', { rules: reverse }), lot(2, 'ORDER_CONFIRMED', { rules: later })], { closing: 'staggered', stagger_s: 300 })
    expect(draftOf(formOf(ran, limits)).lots.map((one) => [one.rules.duration_s, one.rules.hard_cap_s])).toEqual([[1_800, 3_600], [1_800, 3_600]])
  })
  it('says signed bids of formats that know them', () => {
    for (const rules of [reverse, sealed]) {
      const signed = { ...rules, signed_bids: true }
      expect(draftOf(formOf(inquiry('DRAFT', [lot(1, undefined, { rules: signed })]), limits)).lots[0]!.rules).toMatchObject({ signed_bids: true })
      expect(draftOf(formOf(inquiry('DRAFT', [lot(1, undefined, { rules })]), limits)).lots[0]!.rules).not.toHaveProperty('signed_bids')
    }
    const form = formOf(inquiry('DRAFT', [lot(1, undefined, { rules: { ...reverse, signed_bids: true } })]), limits)
    form.lots[0]!.rules = inFormat(form.lots[0]!.rules, 'dutch', limits)
    expect(draftOf(form).lots[0]!.rules).not.toHaveProperty('signed_bids')
  })
  it('of a template that leaves out what need not be said is whole', () => {
    const rules = { format: 'reverse', ceiling: '100000.00', step_kind: 'ladder', ladder: [{ decrement: '500.00' }], visibility: { rank: true } } as const
    const form = formOf({ title: 'Paper', lots: [{ title: 'A4', rules: { ...rules, ladder: [...rules.ladder] } }] }, limits).lots[0]!.rules
    expect(form.ladder).toEqual([{ above: '0.00', decrement: '500.00' }])
    expect(form.visibility).toEqual({ lead: false, rank: true, colour: false, count: false, lead_after_bid: false })
  })
  it('leaves out of a format what is of another', () => {
    const rules = formOf(inquiry('DRAFT', [lot(1, undefined, { rules: elaborate })]), limits).lots[0]!.rules
    const dutchRules = draftOf({ ...emptyForm(limits), lots: [{ ...newLot('dutch', limits), rules: inFormat(rules, 'dutch', limits) }] }).lots[0]!.rules
    for (const name of ['duration_s', 'ladder', 'step_basis', 'rounds', 'proxies', 'min_bidders', 'trigger_window_s', 'turn_s', 'ties']) expect(dutchRules).not.toHaveProperty(name)
    expect(dutchRules).toMatchObject({ format: 'dutch', rank_by: 'evaluated', surrogates: true })
  })
})
