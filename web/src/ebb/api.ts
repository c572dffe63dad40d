// Every call the page makes, by name. What each takes and answers is that of its operation in gateway/openapi.json.
import type { LogSource } from '../proof/verify'
import { Rest, type Reply, type WriteOptions } from './rest'
import type { Answer, Body, Call, Draft, InquiryQuery, Money, Org, Page, Person, Query, Session, SigningKey, SigningKeys, Template } from './types'

export class Api {
  constructor(readonly rest: Rest) {}
  private get = async <Name extends Call>(path: string, query: Partial<Record<keyof Query<Name>, string | undefined>> = {}) =>
    (await this.rest.get<Answer<Name>>(path, query)).body
  private post = <Name extends Call>(path: string, body: Body<Name>, options?: WriteOptions) =>
    this.rest.write<Answer<Name>>('POST', path, body, options)

  // ---- Signed in as whom -----------------------------------------------------------------------------------------
  signIn = (login: string, password: string) => this.post<'signIn'>('sign-in', { login, password, as: 'browser' })
  signOut = () => this.rest.write<Answer<'signOut'>>('POST', 'sign-out')
  me = () => this.get<'me'>('me')
  changePassword = (old: string, chosen: string) => this.post<'changePassword'>('me/password', { old, new: chosen })
  sessions = async (): Promise<Session[]> => (await this.get<'mySessions'>('me/sessions')).items
  endSession = (session: string) => this.post<'endSession'>(`me/sessions/${session}/end`, {})

  // ---- Keys to sign bids with --------------------------------------------------------------------------------------
  /** All of the organisation's, oldest first, with the house they sign for. */
  signingKeys = async (): Promise<SigningKeys> => {
    const keys = await this.get<'mySigningKeys'>('me/signing-keys')
    for (let { next } = keys; next !== undefined; ) {
      const more: SigningKeys = await this.get<'mySigningKeys'>('me/signing-keys', { after: next })
      keys.items.push(...more.items)
      next = more.next
    }
    return keys
  }
  addSigningKey = async (publicKey: string): Promise<SigningKey> =>
    (await this.post<'addSigningKey'>('me/signing-keys', { algorithm: 'ECDSA_P256', public_key: publicKey })).body
  revokeSigningKey = (id: string) => this.post<'revokeSigningKey'>(`signing-keys/${id}/revoke`, {})

  // ---- Inquiries -------------------------------------------------------------------------------------------------
  inquiries = (query: InquiryQuery = {}) => this.get<'listInquiries'>('inquiries', { ...query })
  inquiry = (id: string): Promise<Reply<Answer<'showInquiry'>>> => this.rest.get(`inquiries/${id}`)
  limits = () => this.get<'inquiryLimits'>('inquiry-limits')
  create = (draft: Draft, options?: WriteOptions) => this.post<'createInquiry'>('inquiries', draft, options)
  edit = (id: string, draft: Draft, ifMatch: string) => this.rest.write<Answer<'editInquiry'>>('PUT', `inquiries/${id}`, draft, { ifMatch })
  publish = (id: string, when: Body<'publishInquiry'>, options?: WriteOptions) => this.post<'publishInquiry'>(`inquiries/${id}/publish`, when, options)
  pause = (id: string, reason: string, lots?: number[]) => this.post<'pauseInquiry'>(`inquiries/${id}/pause`, because(reason, lots))
  resume = (id: string, reason: string, lots?: number[]) => this.post<'resumeInquiry'>(`inquiries/${id}/resume`, because(reason, lots))
  abort = (id: string, reason: string, lots?: number[]) => this.post<'abortInquiry'>(`inquiries/${id}/abort`, because(reason, lots))
  relaunch = (id: string) => this.post<'relaunchInquiry'>(`inquiries/${id}/relaunch`, {})

  // ---- Lots ------------------------------------------------------------------------------------------------------
  result = (lot: string) => this.get<'showResult'>(`lots/${lot}/result`)
  history = (lot: string, after?: string) => this.get<'showHistory'>(`lots/${lot}/history`, { after })
  disqualify = (lot: string, bidder: string, reason: string) => this.post<'disqualifyBidder'>(`lots/${lot}/disqualify`, { bidder, reason })
  reinstate = (lot: string, bidder: string, reason: string) => this.post<'reinstateBidder'>(`lots/${lot}/reinstate`, { bidder, reason })
  choose = (lot: string, bidder: string, reason?: string) => this.post<'chooseQuote'>(`lots/${lot}/choice`, reason ? { bidder, reason } : { bidder })
  approveChoice = (lot: string) => this.post<'approveChoice'>(`lots/${lot}/choice/approval`, {})
  askNext = (lot: string) => this.post<'askNext'>(`lots/${lot}/ask-next`, {})
  askSurrogate = (lot: string, bidder: string, reason: string) => this.post<'askSurrogate'>(`lots/${lot}/surrogate`, { bidder, reason })
  approveSurrogate = (lot: string) => this.post<'approveSurrogate'>(`lots/${lot}/surrogate/approval`, {})
  placeSurrogate = (lot: string, price: Money, confirm: boolean) =>
    this.post<'placeSurrogateBid'>(`lots/${lot}/surrogate/bid`, confirm ? { price, confirm } : { price })
  cancelBid = (lot: string, alias: string, bid: string, reason: string) => this.post<'cancelBid'>(`lots/${lot}/cancel-bid`, { alias, bid, reason })
  answerAward = (lot: string, answer: 'confirm' | 'decline') => this.post<'answerAward'>(`lots/${lot}/award-answer`, { answer })

  // ---- The transparency log ----------------------------------------------------------------------------------------
  readonly log: LogSource = {
    key: async () => (await this.get<'showLogKey'>('log/key')).key,
    head: () => this.get<'showTreeHead'>('log/head'),
    inclusion: (seq, size) => this.get<'proveInclusion'>('log/inclusion', { seq: String(seq), size: String(size) }),
    consistency: (from, to) => this.get<'proveConsistency'>('log/consistency', { from: String(from), to: String(to) }),
    entry: (seq) => this.get<'showLogEntry'>(`log/entries/${seq}`),
    signingKey: (id) => this.get<'getSigningKey'>(`signing-keys/${id}`),
  }

  // ---- Templates of the buyer --------------------------------------------------------------------------------------
  templates = async (): Promise<Template[]> => (await this.get<'listTemplates'>('templates')).items
  saveTemplate = (name: string, draft: Draft) => this.post<'saveTemplate'>('templates', { name, draft })
  dropTemplate = (id: string) => this.rest.write<Answer<'dropTemplate'>>('DELETE', `templates/${id}`)

  // ---- Organisations and people --------------------------------------------------------------------------------------
  orgs = (query: Query<'listOrgs'> = {}): Promise<Page<Org>> => this.get<'listOrgs'>('orgs', { ...query })
  org = (id: string) => this.get<'showOrg'>(`orgs/${id}`)
  createOrg = (org: Body<'createOrg'>) => this.post<'createOrg'>('orgs', org)
  suspendOrg = (id: string, reason: string) => this.post<'suspendOrg'>(`orgs/${id}/suspend`, { reason })
  reinstateOrg = (id: string, reason: string) => this.post<'reinstateOrg'>(`orgs/${id}/reinstate`, { reason })
  people = (after?: string): Promise<Page<Person>> => this.get<'listPeople'>('people', { after })
  createPerson = (person: Body<'createPerson'>) => this.post<'createPerson'>('people', person)
  resetPassword = (id: string, password: string) => this.post<'resetPassword'>(`people/${id}/password`, { password })
  lockPerson = (id: string, reason: string) => this.post<'lockPerson'>(`people/${id}/lock`, { reason })
  unlockPerson = (id: string, reason: string) => this.post<'unlockPerson'>(`people/${id}/unlock`, { reason })
  disablePerson = (id: string, reason: string) => this.post<'disablePerson'>(`people/${id}/disable`, { reason })
  /** Login, name and password go for good. As it was just read: somebody else's change in between is an answer, not a surprise. */
  erasePerson = async (id: string, reason: string) => {
    const { etag } = await this.rest.get<Answer<'showPerson'>>(`people/${id}`)
    return this.post<'erasePerson'>(`people/${id}/erase`, { reason }, etag === undefined ? {} : { ifMatch: etag })
  }
  sessionsOf = async (id: string): Promise<Session[]> => (await this.get<'sessionsOf'>(`people/${id}/sessions`)).items
  endSessionsOf = (id: string, reason: string) => this.post<'endSessionsOf'>(`people/${id}/sessions/end`, { reason })
}

const because = (reason: string, lots?: number[]): Body<'pauseInquiry'> => (lots ? { reason, lots } : { reason })
