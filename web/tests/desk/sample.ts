// Limits and inquiries as a server says them.
import type { Inquiry, InquiryHead, InquiryLimits, Lot, LotBrief, LotState, Rules } from '../../src/ebb'

export const limits: InquiryLimits = {
  notice_min_s: 14_400,
  duration_min_s: 600,
  duration_max_s: 86_400,
  extension_min_s: 60,
  extension_max_s: 1_800,
  quoting_min_s: 86_400,
  confirm_min_s: 86_400,
  confirm_max_s: 432_000,
  resume_floor_s: 300,
  min_bidders_max: 9,
  lots_max: 32,
  bidders_max: 256,
  attempts_max: 10_000,
  reason_characters_min: 10,
  defaults: {
    reverse: {
      ...{ duration_s: 1_800, hard_cap_s: 3_600, step_basis: 'own', trigger_window_s: 300, extension_s: 300, min_bidders: 3 },
      ...{ slip_below: '50.00', confirm_for_s: 259_200, attempts_max: 200 },
    },
    sealed: {
      duration_s: 86_400,
      ...{ band_over: '10.00', band_places: 3, choose_for_s: 172_800, min_bidders: 3 },
      ...{ slip_below: '50.00', confirm_for_s: 259_200, attempts_max: 200 },
    },
  },
  derived: { decrement_of_ceiling: '0.50', decrement_min: '1.00', hard_cap_durations: 2, large_ceiling: '100000.00', large_duration_s: 259_200 },
}

export const reverse: Rules = {
  ...{ format: 'reverse', ceiling: '100000.00', duration_s: 1_800, min_bidders: 3, slip_below: '50.00', confirm_for_s: 259_200 },
  ...{ attempts_max: 200, decrement: '500.00', step_basis: 'best', trigger_window_s: 300, extension_s: 300, hard_cap_s: 3_600 },
}
export const sealed: Rules = {
  ...{ format: 'sealed', ceiling: '100000.00', duration_s: 86_400, min_bidders: 3, slip_below: '50.00', confirm_for_s: 259_200 },
  ...{ attempts_max: 200, band_over: '10.00', band_places: 3, choose_for_s: 172_800 },
}

export function lot(place: number, state: LotState | undefined, more: Partial<Lot> = {}): Lot {
  return { lot: `12-${place}`, title: `标段 ${place}`, quantity: 1, rules: reverse, ...(state ? { state } : {}), ...more }
}
export function inquiry(state: Inquiry['state'], lots: Lot[], more: Partial<Inquiry> = {}): Inquiry {
  return { id: '12', title: '打印纸', state, side: 'buyer', buyer: { org: '1', name: '财政局' }, division: '330100', lots, ...more }
}
export function head(of: Inquiry): InquiryHead {
  const lots = of.lots.map((one): LotBrief => {
    const brief = { lot: one.lot, title: one.title, format: one.rules.format, ceiling: one.rules.ceiling }
    return one.state ? { ...brief, state: one.state } : brief
  })
  return { ...of, lots }
}
/** "90" for 90 seconds: the words are tested where they are made. */
export const words = (seconds: number): string => `${seconds}s`
