// The formats of auctions, in the order in which they are offered.
import type { Format } from '../ebb'

export const formats: readonly Format[] = ['reverse', 'sealed', 'rounds', 'dutch', 'japanese']
export const isFormat = (value: unknown): value is Format => (formats as readonly unknown[]).includes(value)
