// The committed page (web/dist) is what its sources build, byte for byte, and what is packed beside a file is that file.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'

const packing = { '.gz': gunzipSync, '.br': brotliDecompressSync }
const endingOf = (path) => Object.keys(packing).find((ending) => path.endsWith(ending))
const packable = /\.(html|js|css|svg|json|txt|webmanifest)$/

function filesIn(folder) {
  if (!existsSync(folder)) return []
  const all = readdirSync(folder, { recursive: true }).map((name) => join(folder, name))
  return all.filter((path) => statSync(path).isFile()).map((path) => relative(folder, path)).sort()
}

function differences(built, committed) {
  const wanted = filesIn(built)
  const there = filesIn(committed)
  const found = []
  for (const name of wanted.filter((name) => !there.includes(name))) found.push(`${name}: not committed`)
  for (const name of there) {
    const ending = endingOf(name)
    const plain = ending ? name.slice(0, -ending.length) : name
    const bytes = readFileSync(join(committed, name))
    if (!wanted.includes(plain)) found.push(`${name}: committed, but not built any more`)
    else if (!(ending ? packing[ending](bytes) : bytes).equals(readFileSync(join(built, plain)))) found.push(`${name}: differs`)
  }
  // A packed file that is missing costs every visitor its whole size.
  for (const name of wanted.filter((name) => there.includes(name) && packable.test(name) && statSync(join(built, name)).size > 1_000)) {
    for (const ending of Object.keys(packing)) if (!there.includes(name + ending)) found.push(`${name}${ending}: not committed`)
  }
  return found
}

const scratch = mkdtempSync(join(tmpdir(), 'ebb-dist-'))
try {
  execFileSync(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn', '--outDir', scratch, '--emptyOutDir'], { stdio: 'inherit' })
  const found = differences(scratch, 'dist')
  if (found.length > 0) {
    console.error(`web/dist is not what web/src builds: run "npm run build" in web and commit dist.\n  ${found.join('\n  ')}`)
    process.exitCode = 1
  }
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
