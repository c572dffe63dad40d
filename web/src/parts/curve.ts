// Prices and moments as places in a picture. Only here is a price a float: it becomes pixels, never a price again.
import { fen } from '../ebb/money'
import type { LeadPoint, Money } from '../ebb'

/** [x in seconds since 1970, lead, own bid, ceiling], as uPlot wants them: one row for each moment. */
export type CurveData = [number[], (number | null)[], (number | null)[], (number | null)[]]

const place = (price: Money): number => Number(fen(price)) / 100

/** `until` (ms): how far the last price has held by now. */
export function curveData(
  leads: LeadPoint[],
  own: { at: number; price: Money }[],
  ceiling: Money,
  from: number,
  until: number,
): CurveData {
  const rows = new Map<number, { lead?: number | null; own?: number }>()
  const row = (ms: number): { lead?: number | null; own?: number } => {
    const found = rows.get(ms) ?? {}
    rows.set(ms, found)
    return found
  }
  row(from)
  for (const point of leads) {
    const at = Date.parse(point.at)
    const change = row(at)
    if (point.price !== undefined) change.lead = place(point.price)
    else row(at + 1).lead = null // the line runs up to where the lead was taken away, and ends a millisecond later
  }
  for (const bid of own) row(bid.at).own = place(bid.price)
  row(Math.max(until, ...rows.keys()))

  const data: CurveData = [[], [], [], []]
  let lead: number | null = null
  for (const [ms, { lead: changed, own: bid }] of [...rows].sort(([a], [b]) => a - b)) {
    if (changed !== undefined) lead = changed
    data[0].push(ms / 1000)
    data[1].push(lead)
    data[2].push(bid ?? null)
    data[3].push(place(ceiling))
  }
  return data
}

/** The ceiling holds to the end (ms), also where nothing is known yet. */
export function withCeilingTo(data: CurveData, end: number): CurveData {
  const [x, lead, own, ceiling] = data
  if (end / 1000 <= x.at(-1)!) return data
  return [[...x, end / 1000], [...lead, null], [...own, null], [...ceiling, ceiling.at(-1)!]]
}

/** From the lowest price to the ceiling with some air; never flat. */
export function priceRange(data: CurveData): [low: number, high: number] {
  const all = [...data[1], ...data[2], ...data[3]].filter((price) => price !== null)
  const [low, high] = [Math.min(...all), Math.max(...all)]
  const air = Math.max((high - low) * 0.12, high * 0.01, 0.01)
  return [Math.max(0, low - air), high + air]
}
