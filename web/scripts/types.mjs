// The wire's types out of the documents beside the door: gateway/openapi.json and gateway/asyncapi.json become
// src/ebb/generated/rest.ts and live.ts. `npm run types` writes them; `node scripts/types.mjs DIR` writes them elsewhere,
// for the test that compares (tests/web).
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL, fileURLToPath } from 'node:url'
import openapi, { astToString } from 'openapi-typescript'

const gateway = new URL('../../gateway/', import.meta.url)
const beside = process.argv[2] ? pathToFileURL(`${process.argv[2]}/`) : new URL('../src/ebb/generated/', import.meta.url)
const read = (name) => JSON.parse(readFileSync(new URL(name, gateway), 'utf8'))

/**
 * What AsyncAPI calls a message is a schema with a name: as a component of an OpenAPI document it goes through the same
 * generator. Each operation becomes the union of what it may send.
 */
function asComponents({ components: { messages, schemas }, operations }) {
  const nameOf = ({ $ref }) => `${$ref.split('/').at(-1)}_message`
  const payloads = Object.entries(messages).map(([name, { summary, payload }]) => [
    `${name}_message`,
    { description: summary, ...payload },
  ])
  const unions = Object.entries(operations).map(([name, operation]) => [
    `${name}_message`,
    { oneOf: operation.messages.map((message) => ({ $ref: `#/components/schemas/${nameOf(message)}` })) },
  ])
  return {
    openapi: '3.1.0',
    info: { title: 'live', version: '1' },
    paths: {},
    components: { schemas: { ...schemas, ...Object.fromEntries([...payloads, ...unions]) } },
  }
}

async function write(name, source, document) {
  const text = astToString(await openapi(document, { alphabetize: false }))
  const head = `// Made from gateway/${source} by \`npm run types\`: change that, not this.\n`
  writeFileSync(new URL(name, beside), head + text)
}

mkdirSync(fileURLToPath(beside), { recursive: true })
await write('rest.ts', 'openapi.json', read('openapi.json'))
await write('live.ts', 'asyncapi.json', asComponents(read('asyncapi.json')))
