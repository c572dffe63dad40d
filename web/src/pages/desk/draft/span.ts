// A length of time as people type it: a whole number and its unit.
export type SpanUnit = 's' | 'min' | 'h' | 'd'
export interface Span {
  amount: string // as typed; empty: the server's default
  unit: SpanUnit
}

const secondsIn: Record<SpanUnit, number> = { s: 1, min: 60, h: 3_600, d: 86_400 }
export const spanUnits: SpanUnit[] = ['s', 'min', 'h', 'd']

export function isBlank(span: Span): boolean {
  return span.amount.trim() === ''
}
/** Whole seconds. Undefined: empty, or not a whole number. */
export function secondsOf(span: Span): number | undefined {
  const typed = span.amount.normalize('NFKC').trim()
  return /^[0-9]{1,8}$/.test(typed) ? Number(typed) * secondsIn[span.unit] : undefined
}
/** In the largest unit that says it without a rest. Days only from two on: "24 hours" is how a deadline is spoken of. */
export function spanOf(seconds: number | undefined): Span {
  if (seconds === undefined) return { amount: '', unit: 'min' }
  const unit =
    seconds === 0
      ? 'min'
      : seconds >= 2 * secondsIn.d && seconds % secondsIn.d === 0
        ? 'd'
        : seconds % secondsIn.h === 0
          ? 'h'
          : seconds % secondsIn.min === 0
            ? 'min'
            : 's'
  return { amount: String(seconds / secondsIn[unit]), unit }
}
