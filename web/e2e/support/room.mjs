// A supplier in the bidding room, by what it sees and presses.
import { calmly, eventually } from './eventually.mjs'
import { say } from './words.mjs'

/** "98000.00" as the page writes it. */
export const shown = (price) => price.replace(/\B(?=(\d{3})+\.)/g, ',')

export class Room {
  constructor(person, language = 'zh') {
    this.person = person
    this.say = say(language)
  }
  get page() {
    return this.person.page
  }
  async enter(inquiry) {
    await this.person.go(`/auctions/${inquiry}`)
    await this.page.getByRole('region', { name: this.say('room.name') }).waitFor()
  }

  /** The sentence on top: where this supplier stands. */
  async stands(key, values) {
    const sentence = this.say(`room.situation.${key}`, values)
    await this.page.getByRole('heading', { level: 2 }).filter({ hasText: sentence }).first().waitFor()
  }
  /** The lowest price, as this window shows it. */
  leads(price) {
    return this.page.getByLabel(this.say('room.figures.label')).getByText(shown(price)).first().waitFor()
  }

  get offerButton() {
    return this.page.locator('button.offer')
  }
  /** Types a price and sends it through the second yes. */
  async type(price) {
    await this.typeOnly(price)
    await this.agree()
  }
  /** Types a price and asks for it; the page asks back. */
  async typeOnly(price) {
    await this.page.locator('.bid-box').waitFor()
    const field = this.page.getByLabel(this.say('room.box.price'), { exact: true })
    const fold = this.page.getByRole('button', { name: this.say('room.box.ownShow'), exact: true })
    if (!(await field.isVisible())) await fold.click()
    await field.fill(price)
    const ask = [this.say('room.box.ask'), this.say('room.box.askQuote')]
    await this.page.locator('button.ask').filter({ hasText: new RegExp(`^\\s*(${ask.join('|')})\\s*$`) }).click()
  }
  /** The page does not take a yes that comes before anybody can have read the question. */
  async agree() {
    const yes = this.page.getByRole('button', { name: this.say('room.box.send'), exact: true })
    await yes.waitFor()
    await eventually('the yes is taken', async () => {
      if (await yes.isVisible()) await yes.click({ timeout: 1_000 }).catch(() => {})
      return !(await yes.isVisible())
    }, calmly)
  }
  /** Takes or accepts the price that is asked, with its second yes, whatever it is by then. */
  async answer(verb) {
    const take = this.page.locator('button.take[aria-disabled="false"]')
    const yes = this.page.getByRole('button', { name: this.say(`room.level.${verb}Yes`), exact: true })
    await take.waitFor()
    await eventually('the level is answered', async () => {
      if (await take.isVisible()) await take.click({ timeout: 2_000 }).catch(() => {})
      if (await yes.isVisible()) await yes.click({ timeout: 1_000 }).catch(() => {})
      return !(await yes.isVisible()) && !(await take.isVisible())
    }, calmly)
  }
  async typeAndHear(price, outcome = 'accepted') {
    await this.type(price)
    await this.receipt(price, outcome)
  }
  /** The one tap, as often as the page asks for it. Gives the price that was sent. */
  async tap() {
    const button = this.offerButton
    return eventually('the offer is sent', async () => {
      const price = /[\d,]+\.\d\d/.exec(await button.innerText())?.[0].replaceAll(',', '')
      if (!price) return undefined
      await button.click({ timeout: 2_000 })
      return (await this.wasSent(price)) ? price : undefined
    }, calmly)
  }
  async wasSent(price) {
    const key = await this.sent()
    return key.includes(`"price":"${price}"`)
  }
  /** What this window remembers of its bids, as text. */
  sent() {
    return this.page.evaluate(() => sessionStorage.getItem('ebb.sent') ?? '')
  }

  /** The card of the last bid says so. */
  async receipt(price, outcome = 'accepted') {
    const card = this.page.locator('section.receipt').filter({ hasText: shown(price) })
    const said = outcome === 'accepted' ? new RegExp(this.escape('room.receipt.accepted')) : this.say(`room.receipt.${outcome}`)
    await card.locator('.outcome').filter({ hasText: said }).waitFor()
  }
  /** Has the last receipt held against the log. Gives the dialog that says so. */
  async verify(verdict) {
    await this.page.locator('section.receipt').getByRole('button', { name: new RegExp(this.escape('proof.verify')) }).click()
    return this.verdict(verdict)
  }
  async verdict(verdict) {
    const dialog = this.page.getByRole('dialog')
    await dialog.locator('.verdict .outcome').filter({ hasText: this.say(`proof.verdict.${verdict}`) }).waitFor()
    return dialog
  }
  async closeDialog() {
    const dialog = this.page.getByRole('dialog')
    await dialog.getByRole('button', { name: this.say('proof.close'), exact: true }).click()
    await dialog.waitFor({ state: 'hidden' })
  }
  escape(key) {
    return this.say(key).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  }
  /** Rows of the supplier's own list: [price, state]. */
  async bids() {
    const table = this.page.getByRole('region', { name: this.say('room.bids.title') }).locator('tbody tr')
    return table.evaluateAll((rows) => rows.map((row) => [row.cells[1].innerText.replace(/[¥,\s]/g, ''), row.cells[2].querySelector('.state').innerText.trim()]))
  }
}
