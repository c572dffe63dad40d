// The types of the wire (web/src/ebb/generated) are those of gateway/openapi.json and asyncapi.json, byte for byte.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const committed = 'src/ebb/generated'
const scratch = mkdtempSync(join(tmpdir(), 'ebb-types-'))
try {
  execFileSync(process.execPath, ['scripts/types.mjs', scratch], { stdio: 'inherit' })
  const [made, there] = [readdirSync(scratch), readdirSync(committed)]
  const names = [...new Set([...made, ...there])].sort()
  const isSame = (name) =>
    made.includes(name) && there.includes(name) && readFileSync(join(scratch, name)).equals(readFileSync(join(committed, name)))
  const found = names.filter((name) => !isSame(name))
  if (found.length > 0 || made.length === 0) {
    console.error(`not what the documents in gateway/ say: run "npm run types" in web and commit ${committed}.\n  ${found.join('\n  ')}`)
    process.exitCode = 1
  }
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
