// The findings of a check in words.
import { money } from '../../../ebb'
import type { Check, Report } from '../../../proof/verify'
import { shortFingerprint } from '../../../text/fingerprint'
import { dateTime, preciseTime } from '../../../text/time'
import type { Say } from '../../../text/span'

/** What was found, in a sentence: nothing where the check passed. */
export function whySaid(check: Check, t: Say): string | undefined {
  if (check.why === undefined) return undefined
  return t(`proof.why.${check.why}`, { field: check.field === undefined ? '' : t(`proof.field.${check.field}`, {}), code: check.found ?? '' })
}

/** What a check that passed has shown. */
export function aboutSaid(check: Check, t: Say): string {
  return t(`proof.about.${check.name}`, { fingerprint: shortFingerprint(check.fingerprint ?? '') })
}

/** Both values that do not fit, where a person can compare them. Two heads are shown by ForkAlarm.vue. */
export function valuesSaid(check: Check, t: Say): [name: string, value: string][] {
  if (check.state !== 'failed' || check.name === 'history' || check.why === 'refused' || check.expected === undefined) return []
  return [
    [t('proof.expected', {}), check.expected],
    [t('proof.found', {}), check.found ?? '—'],
  ]
}

/** "In the log of 123 entries, signed then, consistent with what was seen then." */
export function summarySaid(report: Report, t: Say): string[] {
  const { head } = report.file
  const lines = [t('proof.summary.in', { n: head.size.toLocaleString('en-US'), at: momentOf(head.at) })]
  if (report.seen) lines.push(t('proof.summary.since', { n: report.seen.head.size.toLocaleString('en-US'), at: momentOf(report.seen.head.at) }))
  else lines.push(t('proof.summary.first', {}))
  const { logged, file } = report
  if (logged?.price !== undefined && file.receipt.price === undefined) lines.push(t('proof.summary.price', { price: money.shown(logged.price) }))
  return lines
}

export function momentOf(at: string): string {
  return `${dateTime(at).slice(0, 10)} ${preciseTime(at)}`
}
