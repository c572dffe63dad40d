// Rules to sentences. Takes what a public picture or the full rules of a lot say; what is as in a plain auction is said
// only where a plain auction says it, too.
import { money, type Rules, type StepBand, type Visibility } from '../ebb'
import { words, type Say } from '../text/span'

export type LotRules = Pick<Rules, 'format' | 'ceiling'> & Partial<Rules>
export interface Fact {
  name: string
  text: string
  ladder?: StepBand[] // shown as a table
  isLoud?: boolean
}

/** "50.00" -> "50" */
const percent = (said: string): string => (said.includes('.') ? said.replace(/\.?0+$/, '') : said)

class Teller {
  readonly facts: Fact[] = []
  constructor(
    readonly rules: LotRules,
    private readonly t: Say,
  ) {}

  say(key: string, named: Record<string, unknown> = {}): string {
    return this.t(`words.facts.${key}`, named)
  }
  span(seconds: number): string {
    return words(seconds, this.t)
  }
  add(key: string, text: string, more: Partial<Fact> = {}): void {
    this.facts.push({ name: this.say(key), text, ...more })
  }
  /** Said where the rule is there at all. */
  when<V>(value: V | undefined, key: string, text: (value: V) => string): void {
    if (value !== undefined) this.add(key, text(value))
  }

  what(): void {
    const { rules } = this
    if (rules.practice) this.add('practice', this.say('practiceText'), { isLoud: true })
    const note = rules.format === 'reverse' && rules.visibility?.lead === false ? 'reverseHidden' : rules.format
    this.add('format', `${this.t(`words.format.${rules.format}`, {})} · ${this.t(`words.formatNote.${note}`, {})}`)
    this.add('ceiling', `¥${money.shown(rules.ceiling)}`)
    this.when(rules.duration_s, 'duration', (seconds) => this.span(seconds))
    this.levels()
    this.rounds()
  }

  private levels(): void {
    const { format, first_level, last_level, level_step, turn_s } = this.rules
    if ((format !== 'dutch' && format !== 'japanese') || first_level === undefined || last_level === undefined) return
    const amounts = { first: money.shown(first_level), last: money.shown(last_level), step: money.shown(level_step ?? '0.00') }
    this.add('levels', this.say(`levelsText.${format}`, { ...amounts, span: this.span(turn_s ?? 0) }))
    if (!this.rules.sealed_for_s) return
    const best = this.rules.best_bid_for_s ? this.say('bestBidForText', { span: this.span(this.rules.best_bid_for_s) }) : ''
    this.add('phases', this.say('sealedForText', { span: this.span(this.rules.sealed_for_s) }) + best)
  }
  private rounds(): void {
    const { format, rounds = 1, eliminate = 0, turn_s, first_pause_s, pause_s } = this.rules
    const hasTurns = format === 'rounds'
    if (!hasTurns && (format !== 'reverse' || rounds < 2)) return
    this.add('rounds', this.say(`roundsText.${format}`, { n: rounds, out: eliminate }))
    if (hasTurns && turn_s !== undefined) this.add('turn', this.say('turnText', { span: this.span(turn_s) }))
    const pauses: string[] = []
    if (hasTurns && first_pause_s) pauses.push(this.say('firstPauseText', { span: this.span(first_pause_s) }))
    if (pause_s) pauses.push(this.say('pausesText', { span: this.span(pause_s) }))
    if (pauses.length > 0) this.add('pauses', pauses.join(' · '))
  }

  step(): void {
    const { rules } = this
    if (rules.decrement === undefined) return
    const kind = rules.step_kind ?? 'fixed'
    const named = { amount: money.shown(rules.decrement), share: percent(rules.decrement_share ?? '') }
    const basis = rules.step_basis ? this.say(`basis.${rules.step_basis}`) : ''
    const text = kind === 'fixed' ? this.say('decrementText', named) : this.say(`step.${kind}`, named)
    this.add('decrement', text + basis, kind === 'ladder' && rules.ladder ? { ladder: rules.ladder } : {})
    const buffers: string[] = []
    if (rules.front_buffer !== undefined) buffers.push(this.say('bufferFront', { amount: money.shown(rules.front_buffer) }))
    if (rules.back_buffer !== undefined) buffers.push(this.say('bufferBack', { amount: money.shown(rules.back_buffer) }))
    if (buffers.length > 0) this.add('buffer', buffers.join(' · '))
    if (rules.leader_waits) this.add('leaderWaits', this.say('leaderWaitsText'))
  }

  ending(): void {
    const { rules } = this
    const isQuiet = rules.ending === 'quiet'
    if (!rules.extension_s || (!isQuiet && !rules.trigger_window_s)) return
    const named = { window: this.span(rules.trigger_window_s ?? 0), extension: this.span(rules.extension_s) }
    const key = isQuiet ? 'quietText' : rules.extend_from === 'end' ? 'extendFromEnd' : 'extensionText'
    let text = this.say(key, named)
    if (rules.hard_cap_s) text += this.say('extensionCap', { cap: this.span(rules.hard_cap_s) })
    if (rules.trigger_rank) text += this.say('extendRank', { n: rules.trigger_rank })
    if (rules.extensions_max) text += this.say('extendMost', { n: rules.extensions_max })
    if (rules.extend_scope === 'inquiry') text += this.say('extendAll')
    this.add(isQuiet ? 'quiet' : 'extension', text)
  }

  order(): void {
    const { rules } = this
    if (rules.rank_by === 'evaluated') this.add('rankBy', this.say('rankByText'))
    this.when(rules.ties, 'ties', (ties) => this.say(`tiesText.${ties}`))
    if (rules.visibility || rules.lead_from_bidders) this.add('seen', this.seen(rules.visibility))
  }
  private seen(visibility: Visibility = { lead: true, rank: true, colour: false, count: false, lead_after_bid: false }): string {
    const shown: string[] = []
    if (visibility.lead) shown.push(visibility.lead_after_bid ? 'lead_after_bid' : 'lead')
    for (const name of ['rank', 'colour', 'count'] as const) if (visibility[name]) shown.push(name)
    const said = shown.map((name) => this.say(`seenText.${name}`))
    const all = said.length === 0 ? this.say('seenText.nothing') : said.reduce((a, b) => this.say('seenText.join', { a, b }))
    const from = visibility.lead && this.rules.lead_from_bidders ? this.say('seenFrom', { n: this.rules.lead_from_bidders }) : ''
    return all + from
  }

  acts(): void {
    const { rules } = this
    if (rules.proxies) this.add('proxies', this.say('proxiesText'))
    if (rules.requotes === false) this.add('requotes', this.say('requotesText'))
    if (rules.surrogates) this.add('surrogates', this.say('surrogatesText'))
    if (rules.signed_bids) this.add('signedBids', this.say('signedBidsText'))
  }

  close(): void {
    const { rules } = this
    // One taker and nobody after: one bidder is all there ever is.
    const isOneTaker = rules.format === 'dutch' && !rules.sealed_for_s
    if (rules.min_bidders !== undefined && !isOneTaker) {
      const note = !rules.min_bidders_approved ? '' : this.say('minBiddersApproved', { n: rules.min_bidders_approved })
      this.add('minBidders', this.say(`minBiddersText.${rules.format}`, { n: rules.min_bidders }) + note)
    }
    this.when(rules.attempts_max, 'attempts', (n) => this.say('attemptsText', { n }))
    const hasSlip = rules.format !== 'japanese' && !isOneTaker
    if (rules.slip_below !== undefined && hasSlip) this.add('slip', this.say(`slipText.${rules.format}`, { n: percent(rules.slip_below) }))
    if (rules.band_over !== undefined && rules.band_places !== undefined) {
      this.add('band', this.say('bandText', { over: percent(rules.band_over), places: rules.band_places }))
    }
    this.when(rules.choose_for_s, 'choose', (seconds) => this.say('chooseText', { span: this.span(seconds) }))
    if (rules.release && rules.release !== 'each') this.add('release', this.say(`releaseText.${rules.release}`))
    if (!rules.practice) this.when(rules.confirm_for_s, 'confirm', (seconds) => this.say('confirmText', { span: this.span(seconds) }))
  }
}

export function factsOf(rules: LotRules, t: Say): Fact[] {
  const teller = new Teller(rules, t)
  teller.what()
  teller.step()
  teller.ending()
  teller.order()
  teller.acts()
  teller.close()
  return teller.facts
}
