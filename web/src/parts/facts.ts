// Rules to sentences. Takes what a public picture or the full rules of a lot say.
import { money, type PublicPicture, type Rules } from '../ebb'
import { words, type Say } from '../text/span'

export type LotRules = Pick<Rules, 'format' | 'ceiling'> &
  Partial<Pick<PublicPicture, 'decrement' | 'step_basis' | 'trigger_window_s' | 'extension_s' | 'hard_cap_s'>> &
  Partial<Rules>
export interface Fact {
  name: string
  text: string
}

/** "50.00" -> "50" */
const percent = (said: string): string => (said.includes('.') ? said.replace(/\.?0+$/, '') : said)

export function factsOf(rules: LotRules, t: Say): Fact[] {
  const facts: Fact[] = []
  const say = (key: string, named: Record<string, unknown> = {}): string => t(`words.facts.${key}`, named)
  const span = (seconds: number): string => words(seconds, t)
  const add = (key: string, text: string): void => void facts.push({ name: say(key), text })

  add('format', `${t(`words.format.${rules.format}`, {})} · ${t(`words.formatNote.${rules.format}`, {})}`)
  add('ceiling', `¥${money.shown(rules.ceiling)}`)
  if (rules.duration_s !== undefined) add('duration', span(rules.duration_s))
  if (rules.decrement !== undefined) {
    const basis = rules.step_basis ? say(`basis.${rules.step_basis}`) : ''
    add('decrement', say('decrementText', { amount: money.shown(rules.decrement) }) + basis)
  }
  if (rules.trigger_window_s && rules.extension_s) {
    const named = { window: span(rules.trigger_window_s), extension: span(rules.extension_s) }
    const cap = rules.hard_cap_s ? say('extensionCap', { cap: span(rules.hard_cap_s) }) : ''
    add('extension', say('extensionText', named) + cap)
  }
  if (rules.min_bidders !== undefined) {
    const approved = rules.min_bidders_approved
    const note = !approved ? '' : say('minBiddersApproved', { n: approved })
    add('minBidders', say(`minBiddersText.${rules.format}`, { n: rules.min_bidders }) + note)
  }
  if (rules.attempts_max !== undefined) add('attempts', say('attemptsText', { n: rules.attempts_max }))
  if (rules.slip_below !== undefined) add('slip', say(`slipText.${rules.format}`, { n: percent(rules.slip_below) }))
  if (rules.band_over !== undefined && rules.band_places !== undefined)
    add('band', say('bandText', { over: percent(rules.band_over), places: rules.band_places }))
  if (rules.choose_for_s !== undefined) add('choose', say('chooseText', { span: span(rules.choose_for_s) }))
  if (rules.confirm_for_s !== undefined) add('confirm', say('confirmText', { span: span(rules.confirm_for_s) }))
  return facts
}
