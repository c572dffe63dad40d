// When an inquiry may open, in Beijing time whatever the machine's zone.
import type { InquiryLimits } from '../../../ebb'
import { dateTime } from '../../../text/time'
import type { DraftForm } from './form'

const marginMs = 60_000 // from choosing a moment to the server's judging it

/** Sealed lots are their own notice; an auction needs the platform's. */
export function noticeMs(form: DraftForm, limits: InquiryLimits): number {
  return form.lots.some((lot) => lot.rules.format !== 'sealed') ? limits.notice_min_s * 1_000 : 0
}
/** The first whole minute that will still do when the server judges it. ms since 1970. */
export function earliest(now: number, notice: number): number {
  return Math.ceil((now + notice + marginMs) / 60_000) * 60_000
}
/** "2026-11-22 17:30:00" of Beijing as a moment on the wire; undefined: not one. */
export function momentOf(wall: string | null | undefined): string | undefined {
  const found = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})$/.exec(wall ?? '')
  const at = found ? Date.parse(`${found[1]}T${found[2]}+08:00`) : Number.NaN
  return Number.isNaN(at) ? undefined : new Date(at).toISOString()
}
/** The other way, for the picker. */
export const wallOf = (at: number): string => dateTime(at)
/** The day a picker's cell stands for: its local midnight carries the date, nothing else. */
export function isBeforeDay(cell: Date, at: number): boolean {
  const two = (n: number): string => String(n).padStart(2, '0')
  return `${cell.getFullYear()}-${two(cell.getMonth() + 1)}-${two(cell.getDate())}` < wallOf(at).slice(0, 10)
}
