// Everything a test in a browser begins with: a server, a browser, and people who have accounts.
import { Windows } from './browser.mjs'
import { Office } from './office.mjs'
import { Room } from './room.mjs'
import { Server } from './server.mjs'

export class House {
  static async open(t) {
    const house = new House()
    house.server = await Server.start(t)
    house.windows = await Windows.open(t)
    house.office = await Office.open(house.server)
    return house
  }
  /** A window of `who`, signed in. Options as of Windows.person; `url` another door than the server's own. */
  async person(t, who, { url = this.server.url, ...options } = {}) {
    const person = await this.windows.person(t, url, options)
    await person.signIn(this.office[who])
    return person
  }
  /** A supplier in the bidding room of an inquiry. */
  async supplier(t, who, inquiry, options = {}) {
    const room = new Room(await this.person(t, who, options), options.language)
    await room.enter(inquiry)
    return room
  }
}
