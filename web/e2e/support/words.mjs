// What the page says, from its own language files: a test names the sentence, the page may polish it.
import { readdirSync, readFileSync } from 'node:fs'

const folder = new URL('../../src/locales/', import.meta.url)

async function area(language, file) {
  const text = readFileSync(new URL(`${language}/${file}`, folder), 'utf8')
  return (await import(`data:text/javascript,${encodeURIComponent(text)}`)).default
}
async function language(name) {
  const files = readdirSync(new URL(name, folder)).filter((file) => file.endsWith('.ts'))
  return Object.fromEntries(await Promise.all(files.map(async (file) => [file.replace('.ts', ''), await area(name, file)])))
}
const languages = { zh: await language('zh'), en: await language('en') }

/** say('en')('room.box.attempts', { n: 3 }): the sentence; a value that is not given may be anything (a RegExp then). */
export function say(name) {
  return (key, values = {}) => {
    const sentence = key.split('.').reduce((part, step) => part?.[step], languages[name])
    if (typeof sentence !== 'string') throw new Error(`nobody says ${key} in ${name}`)
    const parts = sentence.split(/\{(\w+)\}/)
    const isWhole = parts.every((part, at) => at % 2 === 0 || part in values)
    if (isWhole) return parts.map((part, at) => (at % 2 === 0 ? part : values[part])).join('')
    const escaped = (text) => String(text).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    return new RegExp(parts.map((part, at) => (at % 2 === 0 ? escaped(part) : part in values ? escaped(values[part]) : '.*')).join(''))
  }
}
