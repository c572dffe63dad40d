import { describe, expect, it } from 'vitest'
import { cutInPercent, underCeiling } from '../../src/pages/auction/lead'

describe('a cut in per cent', () => {
  it('has one decimal and is never more than it is', () => {
    expect(cutInPercent('100000.00', '96800.00')).toBe('3.2')
    expect(cutInPercent('100000.00', '96700.01')).toBe('3.2')
    expect(cutInPercent('3.00', '1.00')).toBe('66.6')
    expect(cutInPercent('100.00', '0.01')).toBe('99.9')
  })
  it('is exact for the largest prices', () => {
    expect(cutInPercent('100000000000.00', '99900000000.00')).toBe('0.1')
    expect(cutInPercent('100000000000.00', '99900000000.01')).toBe('0.0')
  })
  it('is nothing where nothing fell', () => {
    expect(cutInPercent('100.00', '100.00')).toBe('0.0')
    expect(cutInPercent('100.00', '101.00')).toBe('0.0')
    expect(cutInPercent('0.00', '0.00')).toBe('0.0')
  })
  it('is unknown without a lead', () => {
    expect(underCeiling(undefined, '100.00')).toBeUndefined()
    expect(underCeiling('90.00', '100.00')).toBe('10.0')
  })
})
