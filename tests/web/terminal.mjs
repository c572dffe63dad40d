// A terminal in which commands are typed one after the other: one bash, so that what a command sets the next one finds.
import { execFileSync, spawn } from 'node:child_process'

const answersWithinMs = 60_000

/** The commands of a piece of shell, each with all its lines: bash itself says where one is whole. */
export function commandsIn(text) {
  const commands = []
  let begun = ''
  for (const line of text.split('\n')) {
    begun += begun === '' ? line : `\n${line}`
    if (line.endsWith('\\') || !isWhole(begun)) continue
    if (begun.trim() !== '' && !begun.startsWith('#')) commands.push(begun)
    begun = ''
  }
  if (begun !== '') throw new Error(`a command that does not end:\n${begun}`)
  return commands
}
function isWhole(command) {
  try {
    execFileSync('bash', ['-n', '-c', command], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

// Commands come on a pipe of their own: nothing that runs may read what is typed next. Standard input stays open and says
// nothing, as at a terminal; wscat leaves when it ends. \0 ends what a command said.
const loop = `while IFS= read -r -d '' -u 3 command; do eval "$command"; printf '\\0%s\\0' $?; printf '\\0' >&2; done`

export class Terminal {
  constructor(environment) {
    this.bash = spawn('bash', ['-c', loop], { env: environment, stdio: ['pipe', 'pipe', 'pipe', 'pipe'] })
    this.said = { stdout: '', stderr: '' }
    this.heard = () => {}
    for (const stream of ['stdout', 'stderr']) {
      this.bash[stream].setEncoding('utf8').on('data', (text) => {
        this.said[stream] += text
        this.heard()
      })
    }
    this.bash.once('exit', () => this.heard())
  }

  /** What it said on both streams, and its exit code. */
  async run(command) {
    this.said = { stdout: '', stderr: '' }
    this.bash.stdio[3].write(`${command}\0`)
    const { stdout, stderr } = await this.answered(command)
    const [output, code] = stdout.split('\0')
    return { output, errors: stderr.slice(0, -1), code: Number(code) }
  }
  answered(command) {
    return new Promise((done, fail) => {
      const give = (why) => fail(new Error(`${why}:\n${command}\n${this.said.stdout}\n${this.said.stderr}`))
      const timer = setTimeout(() => give('no end in sight'), answersWithinMs)
      this.heard = () => {
        const isOver = this.said.stdout.split('\0').length > 2 && this.said.stderr.endsWith('\0')
        if (!isOver && this.bash.exitCode === null) return
        clearTimeout(timer)
        if (isOver) done(this.said)
        else give('the shell ended')
      }
    })
  }
  close() {
    this.bash.stdio[3].end()
    this.bash.kill('SIGKILL')
  }
}
