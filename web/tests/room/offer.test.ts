import { describe, expect, it } from 'vitest'
import { afterTapMs, follow, hasChanged, hold, noOffer, press, release, settleMs, tap, type Offer } from '../../src/pages/room/offer'

const [first, second, third] = ['98000.00', '97500.00', '97000.00']
/** Shown since long ago. */
const standing: Offer = follow(noOffer, first, 0)
const calm = 10_000

describe('a price that has been read', () => {
  it('is sent by press and tap', () => {
    const { send } = tap(press(standing, calm), calm + 80)
    expect(send).toBe(first)
  })
  it('is sent by a tap without a press, as an assistive tool does it', () => {
    expect(tap(standing, calm).send).toBe(first)
  })
  it('is sent once: the caller locks the box, and nothing is offered meanwhile', () => {
    const locked = follow(tap(press(standing, calm), calm).offer, undefined, calm)
    expect(locked.shown).toBeUndefined()
    expect(tap(locked, calm + 5_000).send).toBeUndefined()
  })
})

describe('a price that changed just before the tap', () => {
  const changed = follow(standing, second, calm)
  it('is not sent within 400 ms', () => {
    expect(changed.shown).toBe(second)
    expect(tap(press(changed, calm + settleMs - 1), calm + settleMs).send).toBeUndefined()
  })
  it('is sent from then on', () => {
    expect(tap(press(changed, calm + settleMs), calm + settleMs).send).toBe(second)
  })
  it('has to be read anew after a tap that came too early', () => {
    const early = tap(press(changed, calm + 100), calm + 150).offer
    expect(tap(press(early, calm + 500), calm + 500).send).toBeUndefined()
    expect(tap(press(early, calm + 150 + settleMs), calm + 600).send).toBe(second)
  })
  it('counts by the moment of going down, not of coming up', () => {
    const slow = press(changed, calm + 100)
    expect(tap(slow, calm + 5_000).send).toBeUndefined()
  })
})

describe('a held price', () => {
  it('stands still and says that it changed', () => {
    const held = follow(hold(standing), second, calm)
    expect(held.shown).toBe(first)
    expect(hasChanged(held)).toBe(true)
  })
  it('is never sent when it is no longer the one of now; the tap shows the new one instead', () => {
    const after = tap(press(follow(hold(standing), second, calm), calm + 50), calm + 100)
    expect(after.send).toBeUndefined()
    expect(after.offer.shown).toBe(second)
  })
  it('a second click of a double click does not send what the first one showed', () => {
    const { offer } = tap(press(follow(hold(standing), second, calm), calm), calm)
    expect(tap(press(offer, calm + afterTapMs - 1), calm + afterTapMs).send).toBeUndefined()
    expect(tap(press(offer, calm + afterTapMs), calm + afterTapMs).send).toBe(second)
  })
  it('changing between down and up sends neither the old nor the new', () => {
    const down = press(standing, calm)
    expect(tap(follow(down, second, calm + 40), calm + 80).send).toBeUndefined()
  })
  it('a finger that lifts lets go before the tap: still what was under it counts', () => {
    const up = release(follow(press(standing, calm), second, calm + 40), calm + 60)
    expect(up.shown).toBe(second)
    expect(tap(up, calm + 60).send).toBeUndefined()
  })
  it('let go, it follows again, and must be read again', () => {
    const free = release(follow(hold(standing), second, calm), calm + 1_000)
    expect(free.shown).toBe(second)
    expect(tap(press(free, calm + 1_000 + settleMs - 1), calm + 2_000).send).toBeUndefined()
    expect(tap(press(free, calm + 1_000 + settleMs), calm + 2_000).send).toBe(second)
  })
  it('follows on when it came back to the same price', () => {
    const back = follow(follow(hold(standing), second, calm), first, calm + 10)
    expect(tap(press(back, calm + 20), calm + 30).send).toBe(first)
  })
  it('does not outlive a time without an offer', () => {
    const gone = follow(follow(hold(standing), undefined, calm), third, calm + 10)
    expect(gone.shown).toBe(third)
    expect(tap(press(gone, calm + 20), calm + 20).send).toBeUndefined()
  })
})

it('nothing is ever sent that was not on the button when it went down, whatever happens in between', () => {
  // Every order of five happenings out of these, 90 ms apart: 16,807 stories.
  const prices = [first, second, third]
  const happenings = [...prices.map((price) => ['live', price]), ['hold'], ['release'], ['press'], ['tap']] as [string, string?][]
  for (let story = 0; story < happenings.length ** 5; story++) {
    let offer = standing
    let down: string | undefined
    for (let step = 0, rest = story; step < 5; step++, rest = Math.floor(rest / happenings.length)) {
      const [what, price] = happenings[rest % happenings.length]!
      const now = calm + step * 90
      if (what === 'live') offer = follow(offer, price, now)
      else if (what === 'hold') offer = hold(offer)
      else if (what === 'release') offer = release(offer, now)
      else if (what === 'press') {
        down = offer.shown
        offer = press(offer, now)
      } else {
        const seen = offer.pressed ? down : offer.shown
        const done = tap(offer, now)
        if (done.send !== undefined) {
          expect(done.send).toBe(seen)
          expect(done.send).toBe(first) // the others were never there for 400 ms before a press
        }
        offer = done.offer
      }
    }
  }
})
