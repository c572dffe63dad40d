// Every route the page uses, by name (gateway/openapi.json).
import type { Entry } from '../proof/entry'
import type { Head } from '../proof/head'
import type { ShownKey } from '../proof/signed'
import type { Consistency, Inclusion, LogSource } from '../proof/verify'
import { Rest, type Reply, type WriteOptions } from './rest'
import type {
  Draft,
  Format,
  HistoryEntry,
  Inquiry,
  InquiryHead,
  InquiryLimits,
  Me,
  Money,
  Org,
  Page,
  Person,
  Result,
  Role,
  Session,
  SigningKey,
  SigningKeys,
  Template,
} from './types'

export interface InquiryQuery {
  state?: string // "RUNNING,PUBLISHED"
  format?: Format
  q?: string
  mine?: '1'
  before?: string // the page behind this id
}

export class Api {
  constructor(readonly rest: Rest) {}

  // ---- Signed in as whom -----------------------------------------------------------------------------------------
  signIn = (login: string, password: string) => this.rest.write<unknown>('POST', 'sign-in', { login, password, as: 'browser' })
  signOut = () => this.rest.write<void>('POST', 'sign-out')
  me = async (): Promise<Me> => (await this.rest.get<Me>('me')).body
  changePassword = (old: string, chosen: string) => this.rest.write<void>('POST', 'me/password', { old, new: chosen })
  sessions = async (): Promise<Session[]> => (await this.rest.get<Page<Session>>('me/sessions')).body.items
  endSession = (session: string) => this.rest.write<void>('POST', `me/sessions/${session}/end`, {})

  // ---- Keys to sign bids with --------------------------------------------------------------------------------------
  /** All of the organisation's, oldest first, with the house they sign for. */
  signingKeys = async (): Promise<SigningKeys> => {
    const keys = (await this.rest.get<SigningKeys>('me/signing-keys')).body
    for (let { next } = keys; next !== undefined; ) {
      const more: SigningKeys = (await this.rest.get<SigningKeys>('me/signing-keys', { after: next })).body
      keys.items.push(...more.items)
      next = more.next
    }
    return keys
  }
  addSigningKey = async (publicKey: string): Promise<SigningKey> =>
    (await this.rest.write<SigningKey>('POST', 'me/signing-keys', { algorithm: 'ECDSA_P256', public_key: publicKey })).body
  revokeSigningKey = (id: string) => this.rest.write<SigningKey>('POST', `signing-keys/${id}/revoke`, {})

  // ---- Inquiries -------------------------------------------------------------------------------------------------
  inquiries = async (query: InquiryQuery = {}): Promise<Page<InquiryHead>> =>
    (await this.rest.get<Page<InquiryHead>>('inquiries', { ...query })).body
  inquiry = (id: string): Promise<Reply<Inquiry>> => this.rest.get<Inquiry>(`inquiries/${id}`)
  limits = async (): Promise<InquiryLimits> => (await this.rest.get<InquiryLimits>('inquiry-limits')).body
  create = (draft: Draft, options?: WriteOptions) => this.rest.write<Inquiry>('POST', 'inquiries', draft, options)
  edit = (id: string, draft: Draft, ifMatch: string) => this.rest.write<Inquiry>('PUT', `inquiries/${id}`, draft, { ifMatch })
  publish = (id: string, when: { start: 'now' } | { opens_at: string }, options?: WriteOptions) =>
    this.rest.write<Inquiry>('POST', `inquiries/${id}/publish`, when, options)
  pause = (id: string, reason: string, lots?: number[]) => this.hold(id, 'pause', reason, lots)
  resume = (id: string, reason: string, lots?: number[]) => this.hold(id, 'resume', reason, lots)
  abort = (id: string, reason: string, lots?: number[]) => this.hold(id, 'abort', reason, lots)
  relaunch = (id: string) => this.rest.write<Inquiry>('POST', `inquiries/${id}/relaunch`)
  private hold = (id: string, verb: string, reason: string, lots?: number[]) =>
    this.rest.write<Inquiry>('POST', `inquiries/${id}/${verb}`, lots ? { reason, lots } : { reason })

  // ---- Lots ------------------------------------------------------------------------------------------------------
  result = async (lot: string): Promise<Result> => (await this.rest.get<Result>(`lots/${lot}/result`)).body
  history = async (lot: string, after?: string): Promise<Page<HistoryEntry>> =>
    (await this.rest.get<Page<HistoryEntry>>(`lots/${lot}/history`, { after })).body
  disqualify = (lot: string, bidder: string, reason: string) => this.toLot(lot, 'disqualify', { bidder, reason })
  reinstate = (lot: string, bidder: string, reason: string) => this.toLot(lot, 'reinstate', { bidder, reason })
  choose = (lot: string, bidder: string, reason?: string) => this.toLot(lot, 'choice', reason ? { bidder, reason } : { bidder })
  approveChoice = (lot: string) => this.toLot(lot, 'choice/approval', {})
  askNext = (lot: string) => this.toLot(lot, 'ask-next', {})
  askSurrogate = (lot: string, bidder: string, reason: string) => this.toLot(lot, 'surrogate', { bidder, reason })
  approveSurrogate = (lot: string) => this.toLot(lot, 'surrogate/approval', {})
  placeSurrogate = (lot: string, price: Money, confirm: boolean) =>
    this.rest.write<void>('POST', `lots/${lot}/surrogate/bid`, confirm ? { price, confirm } : { price })
  cancelBid = (lot: string, alias: string, bid: string, reason: string) => this.toLot(lot, 'cancel-bid', { alias, bid, reason })
  answerAward = (lot: string, answer: 'confirm' | 'decline') => this.toLot(lot, 'award-answer', { answer })
  private toLot = (lot: string, verb: string, body: unknown) => this.rest.write<Inquiry>('POST', `lots/${lot}/${verb}`, body)

  // ---- The transparency log ----------------------------------------------------------------------------------------
  readonly log: LogSource = {
    key: async () => (await this.rest.get<{ key: string }>('log/key')).body.key,
    head: async () => (await this.rest.get<Head>('log/head')).body,
    inclusion: async (seq, size) => (await this.rest.get<Inclusion>('log/inclusion', { seq: String(seq), size: String(size) })).body,
    consistency: async (from, to) => (await this.rest.get<Consistency>('log/consistency', { from: String(from), to: String(to) })).body,
    entry: async (seq) => (await this.rest.get<Entry>(`log/entries/${seq}`)).body,
    signingKey: async (id) => (await this.rest.get<ShownKey>(`signing-keys/${id}`)).body,
  }

  // ---- Templates of the buyer --------------------------------------------------------------------------------------
  templates = async (): Promise<Template[]> => (await this.rest.get<Page<Template>>('templates')).body.items
  saveTemplate = (name: string, draft: Draft) => this.rest.write<Template>('POST', 'templates', { name, draft })
  dropTemplate = (id: string) => this.rest.write<void>('DELETE', `templates/${id}`)

  // ---- Organisations and people --------------------------------------------------------------------------------------
  orgs = async (query: { kind?: string; q?: string; state?: string; after?: string } = {}): Promise<Page<Org>> =>
    (await this.rest.get<Page<Org>>('orgs', { ...query })).body
  org = async (id: string): Promise<Org> => (await this.rest.get<Org>(`orgs/${id}`)).body
  createOrg = (org: { name: string; kind: string; division: string; uscc?: string }) => this.rest.write<Org>('POST', 'orgs', org)
  suspendOrg = (id: string, reason: string) => this.rest.write<Org>('POST', `orgs/${id}/suspend`, { reason })
  reinstateOrg = (id: string, reason: string) => this.rest.write<Org>('POST', `orgs/${id}/reinstate`, { reason })
  people = async (after?: string): Promise<Page<Person>> => (await this.rest.get<Page<Person>>('people', { after })).body
  createPerson = (person: { login: string; display: string; role: Role; org: string; password: string }) =>
    this.rest.write<Person>('POST', 'people', person)
  resetPassword = (id: string, password: string) => this.rest.write<Person>('POST', `people/${id}/password`, { password })
  lockPerson = (id: string, reason: string) => this.rest.write<Person>('POST', `people/${id}/lock`, { reason })
  unlockPerson = (id: string, reason: string) => this.rest.write<Person>('POST', `people/${id}/unlock`, { reason })
  disablePerson = (id: string, reason: string) => this.rest.write<Person>('POST', `people/${id}/disable`, { reason })
  /** Login, name and password go for good. As it was just read: somebody else's change in between is an answer, not a surprise. */
  erasePerson = async (id: string, reason: string) => {
    const { etag } = await this.rest.get<Person>(`people/${id}`)
    return this.rest.write<Person>('POST', `people/${id}/erase`, { reason }, etag === undefined ? {} : { ifMatch: etag })
  }
  sessionsOf = async (id: string): Promise<Session[]> => (await this.rest.get<Page<Session>>(`people/${id}/sessions`)).body.items
  endSessionsOf = (id: string, reason: string) => this.rest.write<void>('POST', `people/${id}/sessions/end`, { reason })
}
