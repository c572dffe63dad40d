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

export function factsOf(rules: LotRules, say: Say): Fact[] {
  const facts: Fact[] = []
  const t = (key: string, named: Record<string, unknown> = {}): string => say(`common.${key}`, named)
  const add = (key: string, text: string): void => void facts.push({ name: t(`facts.${key}`), text })

  add('format', `${t(`format.${rules.format}`)} · ${t(`formatNote.${rules.format}`)}`)
  add('ceiling', `¥${money.shown(rules.ceiling)}`)
  if (rules.duration_s !== undefined) add('duration', words(rules.duration_s, say))
  if (rules.decrement !== undefined) {
    const basis = rules.step_basis ? t(`facts.basis.${rules.step_basis}`) : ''
    add('decrement', t('facts.decrementText', { amount: money.shown(rules.decrement) }) + basis)
  }
  if (rules.trigger_window_s && rules.extension_s) {
    const named = { window: words(rules.trigger_window_s, say), extension: words(rules.extension_s, say) }
    const cap = rules.hard_cap_s ? t('facts.extensionCap', { cap: words(rules.hard_cap_s, say) }) : ''
    add('extension', t('facts.extensionText', named) + cap)
  }
  if (rules.min_bidders !== undefined) {
    const approved = rules.min_bidders_approved
    const note = approved === undefined ? '' : t('facts.minBiddersApproved', { n: approved })
    add('minBidders', t('facts.minBiddersText', { n: rules.min_bidders }) + note)
  }
  if (rules.attempts_max !== undefined) add('attempts', t('facts.attemptsText', { n: rules.attempts_max }))
  if (rules.slip_below !== undefined) add('slip', t('facts.slipText', { n: rules.slip_below }))
  if (rules.band_over !== undefined && rules.band_places !== undefined)
    add('band', t('facts.bandText', { over: rules.band_over, places: rules.band_places }))
  if (rules.choose_for_s !== undefined) add('choose', t('facts.chooseText', { span: words(rules.choose_for_s, say) }))
  if (rules.confirm_for_s !== undefined) add('confirm', t('facts.confirmText', { span: words(rules.confirm_for_s, say) }))
  return facts
}
