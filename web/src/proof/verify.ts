// A receipt held against the log: is it in there as it was given, under a signed head, and is this log still the one that
// this browser has seen before? Everything is recomputed here; the server only hands over bytes.
import { ProblemError } from '../ebb/problem'
import type { Consistency, Inclusion, Receipt } from '../ebb/types'
import { hex, unhex, type Bytes } from './bytes'
import { bidIn, leafOf, type Entry, type LoggedBid } from './entry'
import { signatureOf, treeOf, type Head } from './head'
import type { LogMemory, Seen } from './memory'
import { isConsistent, rootOf } from './merkle'
import { findSignature, type ShownKey } from './signed'

export interface LogSource {
  key(): Promise<string>
  head(): Promise<Head>
  inclusion(seq: number, size: number): Promise<Inclusion>
  consistency(from: number, to: number): Promise<Consistency>
  entry(seq: number): Promise<Entry>
  /** The key that a bid was signed with. */
  signingKey(id: string): Promise<ShownKey>
}

export type Kept = Receipt & { lot: string }
/** What a person keeps (gateway/PROTOCOL.md): enough to check all of it later, without this server. */
export interface ReceiptFile {
  format: 'ebb.receipt.v1'
  receipt: Kept
  entry?: Entry
  inclusion: Inclusion
  head: Head
  key: string
  seen?: Head
  consistency?: Consistency
  signing_key?: Pick<ShownKey, 'id' | 'algorithm' | 'public_key'>
}

export type CheckName = 'content' | 'bidSignature' | 'leaf' | 'inclusion' | 'signature' | 'history'
export type Why =
  | 'field' // content: `field` says which
  | 'noBid' // content: the entry is no bid
  | 'refused' // content: the server does not hand the entry over
  | 'forged' // bidSignature, and so the next four
  | 'keyOfAnother'
  | 'keyNotInForce'
  | 'keyNotShown' // the server does not hand the key over
  | 'sm2' // beyond any browser
  | 'hidden' // the entry does not show what was signed
  | 'blinding' // leaf: salt and private part do not give the blinding
  | 'noLeaf' // leaf: the receipt has none
  | 'otherLeaf'
  | 'path' // inclusion: leads elsewhere, or nowhere
  | 'notSigned'
  | 'noEd25519' // of this browser
  | 'first' // history: nothing was seen before
  | 'otherKey'
  | 'shorter'
  | 'rewritten'
export interface Check {
  name: CheckName
  state: 'passed' | 'failed' | 'unchecked'
  why?: Why
  field?: 'seq' | 'at' | 'lot' | 'key' | 'price'
  expected?: string
  found?: string
  /** Of the key that the bid was signed with. */
  fingerprint?: string
}
export type Verdict =
  | 'passed'
  | 'unsigned' // the receipt is true, but the signature of the bid does not hold: that voided it
  | 'partly' // everything but the signature, which this browser cannot check
  | 'failed'
  | 'forked' // the log is not the one that this browser has seen: worse than a receipt that does not fit
export interface Report {
  verdict: Verdict
  checks: Check[]
  file: ReceiptFile
  seen?: Seen | undefined
  /** The bid as the log has it. */
  logged?: LoggedBid | undefined
}
/** No head has the receipt yet. */
export class NotYet extends Error {}
/** No secure context: the browser gives a page over plain http no means to compute with. */
export class NoCrypto extends Error {}

const tries = 12
const betweenMs = 250
const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

export async function verify(receipt: Kept, sentFen: bigint | undefined, log: LogSource, memory: LogMemory, wait = pause): Promise<Report> {
  if (globalThis.crypto?.subtle === undefined) throw new NoCrypto()
  const seen = memory.read() // before the head: another window may keep a newer one meanwhile
  const key = await log.key()
  const head = await headWith(receipt.seq, log, wait)
  const [inclusion, entry] = await Promise.all([log.inclusion(receipt.seq, head.size), entryOf(receipt.seq, log)])
  const leaf = typeof entry === 'string' ? unhex(receipt.leaf ?? inclusion.leaf, 32) : await leafOf(entry)
  const consistency = seen && seen.head.size < head.size && seen.head.size > 0 ? await log.consistency(seen.head.size, head.size) : undefined
  const logged = typeof entry === 'string' ? undefined : bidIn(entry)
  const signingKey = logged?.signed && (await signingKeyOf(logged.signed.key, log))
  const checks = [
    contentCheck(receipt, sentFen, entry),
    ...(logged && signingKey ? [await bidSignatureCheck(logged, signingKey, key)] : []),
    leafCheck(receipt, leaf),
    await inclusionCheck(receipt.seq, leaf, head, inclusion),
    await signatureCheck(head, key),
    await historyCheck(seen, key, head, consistency),
  ]
  const file: ReceiptFile = { format: 'ebb.receipt.v1', receipt, inclusion, head, key }
  if (typeof entry !== 'string') file.entry = entry
  if (consistency) Object.assign(file, { seen: seen!.head, consistency })
  if (typeof signingKey === 'object') file.signing_key = { id: signingKey.id, algorithm: signingKey.algorithm, public_key: signingKey.public_key }
  const verdict = verdictOf(checks)
  if (verdict === 'forked') memory.sound({ kept: seen!, shown: { key, head }, path: consistency?.path ?? [], at: new Date().toISOString() })
  else if (verdict !== 'failed') memory.keep(key, head)
  return { verdict, checks, file, seen, logged }
}

function verdictOf(checks: Check[]): Verdict {
  const failed = checks.filter((check) => check.state === 'failed')
  if (failed.some((check) => check.name === 'history')) return 'forked'
  if (failed.some((check) => check.name !== 'bidSignature')) return 'failed'
  if (failed.length > 0) return 'unsigned'
  return checks.some((check) => check.why === 'noEd25519') ? 'partly' : 'passed'
}

// A receipt is provable from the next head on, and a head is signed some ten times a second.
async function headWith(seq: number, log: LogSource, wait: (ms: number) => Promise<void>): Promise<Head> {
  for (let left = tries; left > 0; left--) {
    const head = await log.head()
    if (head.size >= seq) return head
    await wait(betweenMs)
  }
  throw new NotYet()
}

/** The entry, or the code of the refusal to show it. */
async function entryOf(seq: number, log: LogSource): Promise<Entry | string> {
  try {
    return await log.entry(seq)
  } catch (error) {
    if (error instanceof ProblemError && [403, 404].includes(error.problem.status)) return error.code
    throw error
  }
}

/** The key, or the code of the refusal to show it. */
async function signingKeyOf(id: string, log: LogSource): Promise<ShownKey | string> {
  try {
    return await log.signingKey(id)
  } catch (error) {
    if (error instanceof ProblemError && [401, 403, 404].includes(error.problem.status)) return error.code
    throw error
  }
}

async function bidSignatureCheck(bid: LoggedBid, key: ShownKey | string, logKey: string): Promise<Check> {
  const name = 'bidSignature'
  if (typeof key === 'string') return { name, state: 'unchecked', why: 'keyNotShown', found: key }
  const { fingerprint } = key
  const finding = await findSignature(bid, bid.price === undefined ? undefined : yuan(bid.price), key, logKey)
  if (finding === 'holds') return { name, state: 'passed', fingerprint }
  return { name, state: finding === 'sm2' || finding === 'hidden' ? 'unchecked' : 'failed', why: finding, fingerprint }
}

function contentCheck(receipt: Kept, sentFen: bigint | undefined, entry: Entry | string): Check {
  const name = 'content'
  if (typeof entry === 'string') return { name, state: 'failed', why: 'refused', found: entry }
  const bid = bidIn(entry)
  if (!bid) return { name, state: 'failed', why: 'noBid', found: entry.public }
  const fields: [Check['field'], string, string][] = [
    ['seq', String(receipt.seq), String(bid.seq)],
    ['lot', receipt.lot, bid.lot],
    ['key', receipt.key, bid.key],
    ['at', receipt.at, new Date(bid.at).toISOString()],
  ]
  // A price that a quote keeps hidden is in the entry for its own bidder, and known here only to who sent it.
  if (sentFen !== undefined) fields.push(['price', yuan(sentFen), bid.price === undefined ? '—' : yuan(bid.price)])
  const wrong = fields.find(([, expected, found]) => expected !== found)
  return wrong ? { name, state: 'failed', why: 'field', field: wrong[0], expected: wrong[1], found: wrong[2] } : { name, state: 'passed' }
}

function yuan(fen: bigint): string {
  const digits = (fen < 0n ? -fen : fen).toString().padStart(3, '0')
  return `${fen < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

function leafCheck(receipt: Kept, leaf: Bytes | undefined): Check {
  const name = 'leaf'
  if (!leaf) return { name, state: 'failed', why: 'blinding', expected: receipt.leaf ?? '—', found: '—' }
  if (receipt.leaf === undefined) return { name, state: 'unchecked', why: 'noLeaf', found: hex(leaf) }
  if (receipt.leaf !== hex(leaf)) return { name, state: 'failed', why: 'otherLeaf', expected: receipt.leaf, found: hex(leaf) }
  return { name, state: 'passed' }
}

async function inclusionCheck(seq: number, leaf: Bytes | undefined, head: Head, inclusion: Inclusion): Promise<Check> {
  const path = hashesOf(inclusion.path)
  const root = leaf && path ? await rootOf(leaf, seq - 1, head.size, path) : undefined
  if (root && hex(root) === head.root) return { name: 'inclusion', state: 'passed' }
  return { name: 'inclusion', state: 'failed', why: 'path', expected: head.root, found: root ? hex(root) : '—' }
}

async function signatureCheck(head: Head, key: string): Promise<Check> {
  const signature = await signatureOf(head, key)
  if (signature === 'good') return { name: 'signature', state: 'passed' }
  if (signature === 'unknown') return { name: 'signature', state: 'unchecked', why: 'noEd25519' }
  return { name: 'signature', state: 'failed', why: 'notSigned', expected: key, found: head.signature }
}

async function historyCheck(seen: Seen | undefined, key: string, head: Head, proof: Consistency | undefined): Promise<Check> {
  const name = 'history'
  if (!seen) return { name, state: 'unchecked', why: 'first' }
  if (seen.key !== key) return { name, state: 'failed', why: 'otherKey', expected: seen.key, found: key }
  if (seen.head.size > head.size) return { name, state: 'failed', why: 'shorter', expected: said(seen.head), found: said(head) }
  const [older, newer, path] = [treeOf(seen.head), treeOf(head), hashesOf(proof?.path ?? [])]
  const fits = seen.head.size === 0 || (older && newer && path && (await isConsistent(older, newer, path)))
  return fits ? { name, state: 'passed' } : { name, state: 'failed', why: 'rewritten', expected: said(seen.head), found: said(head) }
}

const said = (head: Head): string => `${head.size} ${head.root}`

function hashesOf(path: string[]): Bytes[] | undefined {
  const hashes = path.map((text) => unhex(text, 32))
  return hashes.every((one) => one !== undefined) ? hashes : undefined
}
