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
      format: 'reverse',
      ...{ duration_s: 1_800, hard_cap_s: 3_600, step_basis: 'own', trigger_window_s: 300, extension_s: 300, min_bidders: 3 },
      ...{ slip_below: '50.00', confirm_for_s: 259_200, attempts_max: 200 },
    },
    sealed: {
      format: 'sealed',
      duration_s: 86_400,
      ...{ band_over: '10.00', band_places: 3, choose_for_s: 172_800, min_bidders: 3 },
      ...{ slip_below: '50.00', confirm_for_s: 259_200, attempts_max: 200 },
    },
    rounds: {
      format: 'rounds',
      ...{ duration_s: 1_800, rounds: 3, first_pause_s: 300, pause_s: 120, turn_s: 120, min_bidders: 3 },
      ...{ slip_below: '50.00', confirm_for_s: 259_200, attempts_max: 200 },
    },
    dutch: { format: 'dutch', turn_s: 60, min_bidders: 1, slip_below: '50.00', confirm_for_s: 259_200, attempts_max: 200 },
    japanese: { format: 'japanese', turn_s: 60, min_bidders: 3, slip_below: '50.00', confirm_for_s: 259_200, attempts_max: 200 },
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

const plain = { slip_below: '50.00', confirm_for_s: 259_200, attempts_max: 200, ceiling: '100000.00' }
export const rounds: Rules = {
  ...{ format: 'rounds', ...plain, duration_s: 1_800, min_bidders: 3, decrement: '500.00', rounds: 2, first_pause_s: 60, pause_s: 30, turn_s: 45 },
  ...{ step_kind: 'percent', decrement_share: '0.50', requotes: false, release: 'results_together' },
}
export const dutch: Rules = {
  ...{ format: 'dutch', ...plain, min_bidders: 2, first_level: '50000.00', last_level: '90000.00', level_step: '1000.00', turn_s: 30, pause_s: 20 },
  ...{ sealed_for_s: 300, best_bid_for_s: 120, decrement: '100.00', rank_by: 'evaluated', ties: 'equal_worst' },
}
export const japanese: Rules = {
  ...{ format: 'japanese', ...plain, min_bidders: 2, first_level: '100000.00', last_level: '60000.00', level_step: '2000.00', turn_s: 30 },
  visibility: { lead: false, rank: false, colour: false, count: true, lead_after_bid: false },
}
/** A reverse auction with every later rule off its default. */
export const elaborate: Rules = {
  ...{ ...reverse, step_kind: 'ladder', ladder: [{ above: '50000.00', decrement: '500.00' }, { above: '0.00', decrement: '100.00' }] },
  ...{ front_buffer: '200.00', back_buffer: '50.00', leader_waits: true, ending: 'quiet', extend_from: 'end', extend_scope: 'inquiry' },
  ...{ trigger_rank: 2, extensions_max: 5, rank_by: 'evaluated', ties: 'refused_at_lead', lead_from_bidders: 3, rounds: 3, eliminate: 1, pause_s: 60 },
  ...{ visibility: { lead: true, rank: false, colour: true, count: true, lead_after_bid: true }, proxies: true, surrogates: true },
  ...{ practice: true, release: 'awards_together' },
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
