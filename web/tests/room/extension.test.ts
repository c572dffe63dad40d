import { expect, it } from 'vitest'
import { because, extendedBy } from '../../src/pages/room/extension'
import { reverse } from './pictures'

const before = reverse()
const later = '2026-11-22T09:31:00.000Z'

it('an extension adds what it adds', () => {
  expect(extendedBy(before, reverse({ extensions: 1, ends_at: later }))).toBe(60)
})
it('a resume moves the end and is none; neither is the first picture', () => {
  expect(extendedBy(before, reverse({ ends_at: later }))).toBe(0)
  expect(extendedBy(undefined, reverse({ extensions: 2, ends_at: later }))).toBe(0)
})
it('a server that does not say why still moved the end', () => {
  expect(because(reverse({ extensions: 1 }))).toBe('unknown')
  expect(because(reverse({ extensions: 1, extended_because: 'outage' }))).toBe('outage')
})
