// Pictures as the server gives them, to be varied by the tests.
import type { Link, OwnPicture, PublicPicture, Receipt } from '../../src/ebb'

export const opens = Date.parse('2026-11-22T09:00:00.000Z')
export const ends = Date.parse('2026-11-22T09:30:00.000Z')
export const during = Date.parse('2026-11-22T09:10:00.000Z')

export const live: Link = { state: 'live', since: opens }

export function reverse(changes: Partial<PublicPicture> = {}): PublicPicture {
  return {
    title: 'A4 复印纸',
    format: 'reverse',
    ceiling: '100000.00',
    opens_at: new Date(opens).toISOString(),
    ends_at: new Date(ends).toISOString(),
    state: 'RUNNING',
    extensions: 0,
    decrement: '500.00',
    step_basis: 'own',
    trigger_window_s: 300,
    extension_s: 300,
    hard_cap_s: 3600,
    ...changes,
  }
}
export function sealed(changes: Partial<PublicPicture> = {}): PublicPicture {
  const seen = reverse({ format: 'sealed', ...changes })
  for (const name of ['decrement', 'step_basis', 'trigger_window_s', 'extension_s', 'hard_cap_s'] as const) delete seen[name]
  return seen
}
export function mine(changes: Partial<OwnPicture> = {}): OwnPicture {
  return { alias: 'S2', attempts_left: 200, receipts: [], ...changes }
}
export function receipt(changes: Partial<Receipt> = {}): Receipt {
  return { key: 'k1', outcome: 'accepted', seq: 71, at: '2026-11-22T09:05:00.123Z', attempt: 1, ...changes }
}
export function result(winner?: string): NonNullable<PublicPicture['result']> {
  const at = '2026-11-22T09:20:00.000Z'
  return {
    closed_at: new Date(ends).toISOString(),
    standings: [
      { rank: 1, alias: 'S2', price: '90000.00', at },
      { rank: 2, alias: 'S1', price: '91000.00', at },
    ],
    ...(winner ? { winner: { alias: winner, name: '某公司', price: '90000.00', confirm_until: '2026-11-25T09:30:00.000Z' } } : {}),
  }
}
