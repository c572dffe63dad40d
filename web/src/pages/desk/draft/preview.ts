// How a lot will run, in plain words, before anybody publishes it.
import { money } from '../../../ebb'
import type { InquiryLimits } from '../../../ebb'
import type { LotRules } from '../../../parts/facts'
import { effective } from './derived'
import { draftRules, hasLevels, usualRules } from './form'
import { readCount, shownPercent } from './numbers'
import type { LotForm } from './form'
import type { Words } from './validation'

/** A message of locales/…/desk.ts under `preview`, with what it names. */
export interface Sentence {
  key: string
  named: Record<string, string | number>
}

// The members of a draft of the two formats that have sentences of their own.
const told = new Set(
  'format ceiling duration_s min_bidders slip_below confirm_for_s attempts_max decrement step_basis trigger_window_s extension_s hard_cap_s band_over band_places choose_for_s'.split(' '),
)

/** The rules as a lot would read, where sentences do not say them all; what the server will put is put. */
export function factsOfDraft(lot: LotForm, practice: boolean, limits: InquiryLimits): LotRules | undefined {
  const said = draftRules(lot.rules, practice)
  const isPlain = (said.format === 'reverse' || said.format === 'sealed') && Object.keys(said).every((name) => told.has(name))
  const now = effective(lot.rules, limits)
  if (isPlain || now.ceiling === undefined) return undefined
  const yuan = <K extends string>(name: K, value: bigint | undefined): Partial<Record<K, string>> =>
    value === undefined ? {} : ({ [name]: money.wire(value) } as Record<K, string>)
  const hasStep = said.format !== 'sealed' && (!hasLevels(lot.rules) || said.sealed_for_s !== undefined)
  const usual = limits.defaults[said.format]
  const isTyped = said.ladder?.every((band) => money.readYuan(band.decrement) !== undefined)
  return {
    ...usual,
    ...said,
    ...(said.ladder && !isTyped ? { ladder: undefined } : {}),
    ...yuan('ceiling', now.ceiling),
    ...(hasStep ? yuan('decrement', now.decrement) : {}),
    ...(hasLevels(lot.rules) ? { ...yuan('first_level', now.firstLevel), ...yuan('last_level', now.lastLevel) } : {}),
    ...(said.format === 'reverse' && now.cap !== undefined ? { hard_cap_s: now.cap } : {}),
    ...(hasLevels(lot.rules) || now.duration === undefined ? {} : { duration_s: now.duration }),
  } as LotRules
}

/** What cannot be said yet is not said. */
export function preview(lot: LotForm, limits: InquiryLimits, words: Words): Sentence[] {
  const sentences: Sentence[] = []
  const say = (key: string, named: Record<string, string | number | undefined> = {}): void => {
    if (Object.values(named).includes(undefined)) return
    sentences.push({ key: `desk.preview.${key}`, named: named as Sentence['named'] })
  }
  const { rules } = lot
  const defaults = usualRules(rules.format, limits)
  const now = effective(rules, limits)
  const long = (seconds: number | undefined): string | undefined => (seconds === undefined ? undefined : words(seconds))
  const yuan = (value: bigint | undefined): string | undefined => (value === undefined ? undefined : `¥${money.shown(value)}`)
  const few = readCount(rules.min_bidders) ?? defaults.min_bidders

  if (rules.format === 'reverse') {
    say('ceiling', { ceiling: yuan(now.ceiling) })
    say(rules.step_basis === 'own' ? 'stepOwn' : 'stepBest', { step: yuan(now.decrement) })
    say('length', { duration: long(now.duration) })
    if (now.trigger === 0) say('hardClose')
    else {
      say('extends', { window: long(now.trigger), extension: long(now.extension) })
      say('cap', { cap: long(now.cap) })
    }
    say('few', { few })
    say('winnerLowest', { confirm: long(now.confirmFor) })
    return sentences
  }
  say('ceilingSealed', { ceiling: yuan(now.ceiling) })
  say('quoting', { duration: long(now.duration) })
  say('hidden')
  say('fewSealed', { few, duration: long(now.duration) })
  const over = rules.band_over.trim() === '' ? shownPercent(defaults.band_over) || undefined : rules.band_over
  say('band', { places: readCount(rules.band_places) ?? defaults.band_places, over, choose: long(now.chooseFor) })
  say('winnerChosen', { confirm: long(now.confirmFor) })
  return sentences
}
