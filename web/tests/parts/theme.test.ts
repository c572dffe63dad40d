// Contrast by WCAG 2.1: 4.5:1 for text, 3:1 for the edges of what can be filled in.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync('src/styles/theme.css', 'utf8')
const set = new Map([...css.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name!, value!.trim()]))

function colour(name: string): string {
  if (name.startsWith('#')) return name
  const value = set.get(name)
  const other = /^var\((--[\w-]+)\)$/.exec(value ?? '')?.[1]
  if (other) return colour(other)
  if (!value?.startsWith('#')) throw new Error(`no colour: ${name}`)
  return value
}
function luminance(name: string): number {
  const hex = colour(name).slice(1)
  const parts = [0, 2, 4].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255)
  const [r, g, b] = parts.map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}
function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (high! + 0.05) / (low! + 0.05)
}

const white = '#ffffff'
const reads = (text: string, ground: string): void =>
  expect(contrast(text, ground), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5)
const kinds = ['primary', 'success', 'warning', 'danger', 'error', 'info']

describe('contrast', () => {
  it('is right by the standard’s own ends', () => {
    expect(contrast('#000000', white)).toBe(21)
    expect(contrast('#777777', white)).toBeCloseTo(4.48, 2)
  })
  it.each(['--ebb-ink', '--ebb-ink-2', '--ebb-ink-3', '--ebb-blue'])('%s reads on cards, grounds and washes', (text) => {
    for (const ground of ['--ebb-card', '--ebb-ground', '--ebb-wash', '--ebb-plain-wash']) reads(text, ground)
  })
  it.each(['good', 'warn', 'bad'])('%s reads on its wash and on the ground, and white on it', (tone) => {
    for (const ground of [`--ebb-${tone}-wash`, '--ebb-card', '--ebb-ground']) reads(`--ebb-${tone}`, ground)
    reads(white, `--ebb-${tone}`)
  })
  it.each(kinds)('of a %s button: at rest, under the pointer, pressed; of its tag and its plain form', (kind) => {
    for (const state of ['', '-light-3', '-dark-2']) reads(white, `--el-color-${kind}${state}`)
    reads(`--el-color-${kind}`, `--el-color-${kind}-light-9`)
  })
  it('of fields: placeholder, text, edge', () => {
    for (const text of ['placeholder', 'regular', 'secondary', 'primary']) reads(`--el-text-color-${text}`, white)
    expect(contrast('--el-border-color', white)).toBeGreaterThanOrEqual(3)
  })
  it('of the header', () => {
    for (const text of [white, '#d5e4f4']) reads(text, '--ebb-deep')
  })
})
