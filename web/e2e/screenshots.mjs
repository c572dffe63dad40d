// A picture of every page and state (scenes.mjs), on a desktop and a phone, in Chinese and English: build/screenshots.
//
//   node e2e/screenshots.mjs                   all
//   node e2e/screenshots.mjs --only room       those whose name begins so
//
// EBB_SERVER_BINARY (build/release/tools/ebb/ebb) is the server; EBB_WEB_ROOT a folder to serve instead of the page built in.
import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { scenes, world } from './scenes.mjs'
import { desktop, phone, whileAway } from './support/browser.mjs'
import { Cable } from './support/cable.mjs'
import { House } from './support/house.mjs'

const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } })
const root = fileURLToPath(new URL('../../', import.meta.url))
const folder = `${root}build/screenshots`
process.env.EBB_SERVER_BINARY ??= `${root}build/release/tools/ebb/ebb`

const people = new Map()
async function person(t, house, cable, who, forgives) {
  const key = who ?? 'nobody'
  if (!people.has(key)) {
    const options = { url: cable.url, forgives: [...whileAway, /favicon\.ico$/] } // one cable for all
    people.set(key, who ? await house.person(t, who, options) : await house.windows.person(t, cable.url, options))
    await people.get(key).go()
  }
  people.get(key).forgive(...forgives)
  return people.get(key)
}

async function take(t, house, cable, made, scene) {
  const { name, who, at, forgives = [], before, then, after } = scene
  const one = await person(t, house, cable, who, forgives)
  for (const [size, viewport] of Object.entries({ desktop, phone })) {
    for (const language of ['zh', 'en']) {
      await one.as(language, viewport)
      await before?.(one.page)
      await one.go(at(made))
      await one.settled()
      await then?.(one, language, cable)
      await one.page.screenshot({ path: `${folder}/${name}.${size}.${language}.png`, fullPage: !then, animations: 'disabled' })
      await after?.(one.page, cable)
    }
  }
  console.log(name)
}

let end = async () => {}
const t = { after: (step) => (end = step) }
try {
  const wanted = scenes.filter(({ name }) => name.startsWith(values.only))
  if (wanted.length === 0) throw new Error(`no scene begins with "${values.only}": ${scenes.map(({ name }) => name).join(' ')}`)
  await mkdir(folder, { recursive: true })
  const house = await House.open(t)
  const cable = await Cable.lay(t, house.server)
  const made = await world(house)
  for (const scene of wanted) await take(t, house, cable, made, scene)
  console.log(`in ${folder}`)
} finally {
  await end()
}
