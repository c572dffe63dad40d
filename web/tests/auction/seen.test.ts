import { describe, expect, it } from 'vitest'
import type { Lot, LotState, PublicPicture } from '../../src/ebb'
import { areQuotesSealed, isLive, isOver, seenLot, sentence, type SeenLot } from '../../src/pages/auction/seen'

const lot = (more: Partial<Lot> = {}): Lot => ({
  lot: '12-1',
  title: 'paper',
  quantity: 1,
  rules: { format: 'reverse', ceiling: '100.00', duration_s: 60, min_bidders: 3, slip_below: '50.00', confirm_for_s: 60, attempts_max: 9 },
  ...more,
})
const live = (more: Partial<PublicPicture> = {}): PublicPicture => ({
  title: 'paper',
  format: 'reverse',
  ceiling: '100.00',
  opens_at: '2026-11-22T09:00:00.000Z',
  ends_at: '2026-11-22T09:01:00.000Z',
  state: 'RUNNING',
  extensions: 0,
  ...more,
})
const text = { moment: (at: string) => `at ${at}`, span: (seconds: number) => `${seconds} s`, held: (seen: SeenLot) => seen.reason, stage: () => undefined }
const early = Date.parse('2026-11-22T09:00:30.000Z')
const say = (seen: ReturnType<typeof seenLot>, now = early): string => sentence(seen, 3, now, text).key

describe('what is seen of a lot', () => {
  it('is what the stream says', () => {
    const seen = seenLot(lot({ state: 'SCHEDULED' }), live({ best: '90.00', leads: [{ at: '2026-11-22T09:00:10.000Z', price: '90.00' }] }))
    expect(seen).toMatchObject({ state: 'RUNNING', best: '90.00', endsAt: '2026-11-22T09:01:00.000Z' })
    expect(seen.leads).toHaveLength(1)
  })
  it('is what was asked for where no stream shows it', () => {
    const seen = seenLot(lot({ state: 'ABORTED', reason: 'budget withdrawn', closed_at: '2026-11-22T09:00:20.000Z' }), undefined)
    expect(seen).toMatchObject({ state: 'ABORTED', reason: 'budget withdrawn', closedAt: '2026-11-22T09:00:20.000Z', leads: [] })
    expect(seen.endsAt).toBeUndefined()
  })
  it('does not keep the reason and the term of a state that is past', () => {
    const paused = lot({ state: 'PAUSED', reason: 'a mistake in the text', until: '2026-11-25T09:00:00.000Z' })
    const seen = seenLot(paused, live())
    expect(seen.reason).toBeUndefined()
    expect(seen.until).toBeUndefined()
    expect(seenLot(paused, live({ state: 'PAUSED', remaining_s: 9 })).reason).toBe('a mistake in the text')
  })
  it('knows the term of the winner before the term of the choice', () => {
    const winner = { alias: 'S1', name: 'first', price: '90.00', confirm_until: '2026-11-25T09:00:00.000Z' }
    const result = { closed_at: '2026-11-22T09:01:00.000Z', standings: [], winner, choose_until: '2026-11-24T09:00:00.000Z' }
    expect(seenLot(lot(), live({ state: 'AWARDED', result })).until).toBe('2026-11-25T09:00:00.000Z')
  })
})

describe('the state in a sentence', () => {
  it('has one for every state', () => {
    const states: [LotState | undefined, string][] = [
      [undefined, 'draft'],
      ['SCHEDULED', 'scheduled'],
      ['RUNNING', 'running'],
      ['PAUSED', 'pausedSome'],
      ['SELECTING', 'selecting'],
      ['AWARDED', 'awardedSome'],
      ['WINNER_DECLINED', 'declined'],
      ['ORDER_CONFIRMED', 'confirmedSome'],
      ['FAILED_NO_BID', 'noBid'],
      ['FAILED_FEW', 'few'],
      ['ABORTED', 'aborted'],
    ]
    for (const [state, key] of states) expect(say(seenLot(lot(state ? { state } : {}), undefined))).toBe(key)
  })
  it('says that the result is being made from the end on, half-open', () => {
    const seen = seenLot(lot(), live())
    expect(say(seen, Date.parse('2026-11-22T09:00:59.999Z'))).toBe('running')
    expect(say(seen, Date.parse('2026-11-22T09:01:00.000Z'))).toBe('closing')
  })
  it('tells extensions, and sealed lots apart', () => {
    expect(say(seenLot(lot(), live({ state: 'EXTENDED', extensions: 2 })))).toBe('extended')
    const sealed = lot({ rules: { ...lot().rules, format: 'sealed' } })
    expect(say(seenLot(sealed, live({ format: 'sealed' })))).toBe('sealed')
    expect(say(seenLot(sealed, live({ format: 'sealed', state: 'EXTENDED', extensions: 1 })))).toBe('sealedAgain')
  })
  it('fills in what it names', () => {
    const seen = seenLot(lot(), live({ state: 'PAUSED', remaining_s: 42, reason: 'a mistake' }))
    expect(sentence(seen, 3, early, text)).toMatchObject({ key: 'paused', named: { reason: 'a mistake', left: '42 s', few: 3 } })
  })
})

it('takes a lot as live, over, or neither', () => {
  expect(['RUNNING', 'EXTENDED', 'PAUSED'].every((state) => isLive(state as LotState) && !isOver(state as LotState))).toBe(true)
  expect([undefined, 'SCHEDULED'].every((state) => !isLive(state as LotState) && !isOver(state as LotState))).toBe(true)
  expect(['SELECTING', 'AWARDED', 'ABORTED'].every((state) => isOver(state as LotState))).toBe(true)
})

describe('a lot of several stages', () => {
  const stage = (kind: 'bidding' | 'turn' | 'level' | 'sealed_bids') => ({ stage: { kind, round: 1, ends_at: '2026-11-22T09:01:00.000Z' } })
  const of = (format: 'rounds' | 'dutch' | 'japanese', more: Partial<PublicPicture>): ReturnType<typeof seenLot> =>
    seenLot(lot({ rules: { ...lot({}).rules, format } }), live({ format, ...more }))
  it('says which', () => {
    expect(say(of('rounds', stage('bidding')))).toBe('first')
    expect(say(of('rounds', stage('turn')))).toBe('turns')
    expect(say(of('dutch', stage('level')))).toBe('dutch')
    expect(say(of('dutch', stage('sealed_bids')))).toBe('dutchSealed')
    expect(say(of('japanese', stage('level')))).toBe('japanese')
    expect(say(of('japanese', stage('level')), Date.parse('2026-11-22T09:01:00.000Z'))).toBe('turning')
  })
  it('hides first quotes and nothing later', () => {
    expect(areQuotesSealed(of('rounds', stage('bidding')))).toBe(true)
    expect(areQuotesSealed(of('rounds', stage('turn')))).toBe(false)
    expect(areQuotesSealed(of('rounds', { state: 'AWARDED' }))).toBe(false)
  })
  it('that waits for its signatures to be verified', () => {
    const signed = lot({ state: 'RESULT_PENDING', rules: { ...lot().rules, signed_bids: true } })
    expect(say(seenLot(signed, undefined))).toBe('verifying')
    expect(say(seenLot({ ...signed, rules: { ...signed.rules, release: 'results_together' } }, undefined))).toBe('pending')
  })
  it('that waits for others, or was practice', () => {
    expect([say(of('dutch', { state: 'RESULT_PENDING' })), say(of('dutch', { state: 'PRACTICE_ENDED' }))]).toEqual(['pending', 'practice'])
  })
})
