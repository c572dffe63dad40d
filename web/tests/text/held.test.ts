import { describe, expect, it } from 'vitest'
import { heldBecause } from '../../src/text/held'

const t = (key: string): string => `<${key}>`

describe('why a lot stands still', () => {
  it('is what a person wrote', () => {
    expect(heldBecause({ reason: '核实参数' }, t)).toBe('核实参数')
    expect(heldBecause({}, t)).toBeUndefined()
  })
  it('is said in the reader\'s language where nobody wrote it', () => {
    expect(heldBecause({ reason: '服务器时钟跳变 / the server clock was stepped', paused_because: 'clock_step' }, t)).toBe('<words.pausedBecause.clock_step>')
  })
})
