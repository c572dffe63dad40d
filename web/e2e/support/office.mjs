// What stands before a test: organisations, people and inquiries, made over REST as anybody would make them.
import { generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { eventually } from './eventually.mjs'
import { LiveSocket } from './socket.mjs'

const password = 'tide-goes-out-8'

/** Requests of one person, by token. */
class Desk {
  constructor(url, token) {
    this.url = url
    this.token = token
  }
  async ask(method, path, body) {
    const headers = { 'Idempotency-Key': randomUUID() }
    if (this.token) headers.Authorization = `Bearer ${this.token}`
    if (body !== undefined) headers['Content-Type'] = 'application/json'
    const answer = await fetch(`${this.url}/api/v1/${path}`, { method, headers, body: body && JSON.stringify(body) })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
    return text === '' ? undefined : JSON.parse(text)
  }
  get = (path) => this.ask('GET', path)
  post = (path, body = {}) => this.ask('POST', path, body)
}

const cast = [
  { as: 'buyer', name: '嘉兴市第一医院', kind: 'buyer', people: [['zhou', '周采购', 'purchaser'], ['wu', '吴审批', 'purchaser']] },
  { as: 'north', name: '杭州北辰办公用品有限公司', kind: 'supplier', people: [['bei', '北辰 王', 'supplier']] },
  { as: 'south', name: '宁波南湖商贸有限公司', kind: 'supplier', people: [['nan', '南湖 李', 'supplier']] },
  { as: 'east', name: '绍兴东明科技有限公司', kind: 'supplier', people: [['dong', '东明 赵', 'supplier']] },
  { as: 'watch', name: '浙江省财政厅采购监管处', kind: 'regulator', division: '330000', people: [['shen', '沈监管', 'regulator']] },
]

export class Office {
  /** A house with a buyer (zhou, wu), three suppliers (bei, nan, dong) and a regulator (shen). */
  static async open(server) {
    const office = new Office(server.url)
    office.admin = { login: 'admin', password: server.password }
    const admin = await office.desk('admin')
    for (const { as, name, kind, division = '330400', people } of cast) {
      const org = await admin.post('orgs', { name, kind, division })
      office.orgs[as] = org.id
      for (const [login, display, role] of people) {
        await admin.post('people', { login: `${login}.web`, display, role, org: org.id, password })
        office[login] = { login: `${login}.web`, password, display, org: org.id, orgName: name }
      }
    }
    return office
  }
  constructor(url) {
    this.url = url
    this.orgs = {}
    this.desks = {}
  }

  /** Signed in once, as a program. */
  desk(who) {
    return (this.desks[who] ??= this.signIn(this[who]))
  }
  async signIn({ login, password }) {
    const { token } = await new Desk(this.url).post('sign-in', { login, password, as: 'program' })
    return new Desk(this.url, token)
  }

  /** A published inquiry of zhou; gives its id. `when` is what publish takes. */
  async publish(draft, when = { start: 'now' }) {
    const desk = await this.desk('zhou')
    const { id } = await desk.post('inquiries', draft)
    await desk.post(`inquiries/${id}/publish`, when)
    return id
  }
  /** Until the first lot of an inquiry is in that state. */
  async until(inquiry, state, withinMs) {
    const desk = await this.desk('zhou')
    await eventually(`${inquiry} is ${state}`, async () => (await desk.get(`inquiries/${inquiry}`)).lots[0].state === state, undefined, withinMs)
  }
  async hold(inquiry, verb, reason) {
    await (await this.desk('zhou')).post(`inquiries/${inquiry}/${verb}`, { reason })
  }
  /** One bid by a program of `who`; gives its receipt. `more`: further members of the message, by its key. */
  async bid(who, lot, price, more = async () => ({})) {
    const { token } = await this.desk(who)
    const socket = await LiveSocket.open(this.url, token)
    const key = randomUUID()
    const receipt = socket.hear((message) => message.key === key)
    socket.say({ type: 'bid', lot, price, key, ...(await more(key)) })
    const answer = await receipt
    socket.close()
    if (answer.type !== 'receipt') throw new Error(`${who} bids ${price}: ${JSON.stringify(answer)}`)
    return answer
  }
  /** A signing key of a program of `who`, registered. */
  async signer(who) {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const desk = await this.desk(who)
    const public_key = publicKey.export({ type: 'spki', format: 'der' }).toString('hex')
    const { id } = await desk.post('me/signing-keys', { algorithm: 'ECDSA_P256', public_key })
    const { house } = await desk.get('me/signing-keys')
    return { id, house, privateKey }
  }
  /** One bid of `who` that bears a signature over `signedPrice`: one that does not hold where the price is another. */
  signedBid(who, signer, lot, price, signedPrice = price) {
    return this.bid(who, lot, price, async (key) => {
      const text = ['ebb bid 1', signer.house, lot, this[who].org, signedPrice, key, ''].map((line) => `${line}\n`).join('')
      const value = sign('sha256', Buffer.from(text), { key: signer.privateKey, dsaEncoding: 'ieee-p1363' }).toString('hex')
      return { signature: { key: signer.id, value } }
    })
  }
  /** How many bids the buyer's people see in a running lot. */
  async bidsIn(lot, who) {
    const { token } = await this.desk(who)
    const socket = await LiveSocket.open(this.url, token)
    const picture = socket.hear((message) => message.type === 'snapshot' && message.stream === `${lot}/supervision`)
    socket.say({ type: 'subscribe', id: 'count', inquiries: [lot.split('-')[0]] })
    const { bids } = (await picture).lot
    socket.close()
    return bids.length
  }
  /** A reverse auction over one lot for all three suppliers. */
  reverse(title, rules = {}) {
    return this.draft(title, {
      format: 'reverse',
      ceiling: '100000.00',
      decrement: '500.00',
      step_basis: 'own',
      duration_s: 60,
      trigger_window_s: 10,
      extension_s: 10,
      hard_cap_s: 7_200,
      min_bidders: 2,
      confirm_for_s: 600,
      ...rules,
    })
  }
  sealed(title, rules = {}) {
    return this.draft(title, {
      format: 'sealed',
      ceiling: '100000.00',
      duration_s: 60,
      min_bidders: 2,
      choose_for_s: 600,
      confirm_for_s: 600,
      band_over: '10',
      band_places: 3,
      ...rules,
    })
  }
  /** First quotes and turns long enough for hands, short enough for a test. */
  rounds(title, rules = {}) {
    const lengths = { duration_s: 14, first_pause_s: 3, pause_s: 2, turn_s: 15 }
    return this.draft(title, { format: 'rounds', ceiling: '100000.00', decrement: '500.00', rounds: 1, ...lengths, min_bidders: 2, confirm_for_s: 600, ...rules })
  }
  dutch(title, rules = {}) {
    const levels = { first_level: '80000.00', last_level: '95000.00', level_step: '5000.00', turn_s: 12 }
    return this.draft(title, { format: 'dutch', ceiling: '100000.00', ...levels, confirm_for_s: 600, ...rules })
  }
  japanese(title, rules = {}) {
    const levels = { last_level: '80000.00', level_step: '5000.00', turn_s: 12 }
    return this.draft(title, { format: 'japanese', ceiling: '100000.00', ...levels, min_bidders: 2, confirm_for_s: 600, ...rules })
  }
  draft(title, rules) {
    const admitted = ['north', 'south', 'east'].map((as) => ({ org: this.orgs[as] }))
    return { title, description: '供应商须按时交货。', lots: [{ title, quantity: 100, rules }], admitted }
  }
}
