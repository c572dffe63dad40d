// The price on the one-tap button. Nobody ever sends a price that the eye has not seen: while a pointer rests on the
// button, or a key or finger holds it, the price stands still; a price that changed just before the tap is not sent,
// and neither is one that is no longer the server's.
import type { Money } from '../../ebb'

export interface Offer {
  /** On the button. */
  shown: Money | undefined
  /** What the server would take now. */
  live: Money | undefined
  isHeld: boolean
  /** When the eye can have read the button, monotonic ms. */
  readableFrom: number
  pressed?: { price: Money | undefined; wasReadable: boolean }
}

/** To read a price that changed by itself. */
export const settleMs = 400
/** To read a price that was put under the finger by a tap: longer than a double click. */
export const afterTapMs = 700

export const noOffer: Offer = { shown: undefined, live: undefined, isHeld: false, readableFrom: 0 }

/** All of these return the same object when nothing changed. `now`: monotonic ms. */
export function follow(offer: Offer, live: Money | undefined, now: number): Offer {
  if (offer.live === live) return offer
  const next = { ...offer, live }
  const stands = offer.isHeld && offer.shown !== undefined && live !== undefined
  return stands ? next : show(next, now + settleMs)
}
export function hold(offer: Offer): Offer {
  return offer.isHeld ? offer : { ...offer, isHeld: true }
}
export function release(offer: Offer, now: number): Offer {
  if (!offer.isHeld) return offer
  const next = { ...offer, isHeld: false }
  return hasChanged(offer) ? show(next, now + settleMs) : next
}
/** A finger, a button of the mouse or a key goes down: what is on screen now is what is meant. */
export function press(offer: Offer, now: number): Offer {
  return { ...hold(offer), pressed: { price: offer.shown, wasReadable: now >= offer.readableFrom } }
}
/** It comes up again. `send`: the price to be sent. Without it another tap is needed: the price is new, or was too new. */
export function tap(offer: Offer, now: number): { offer: Offer; send?: Money; why?: 'renewed' | 'tooSoon' } {
  const { pressed } = offer.pressed ? offer : press(offer, now)
  const next: Offer = { ...offer }
  delete next.pressed
  if (pressed!.price === undefined || pressed!.price !== offer.live) {
    return { offer: show(next, now + afterTapMs), why: 'renewed' }
  }
  if (!pressed!.wasReadable) {
    return { offer: { ...next, readableFrom: Math.max(next.readableFrom, now + settleMs) }, why: 'tooSoon' }
  }
  return { offer: next, send: pressed!.price }
}
/** The button shows a price that is no longer the one of now. */
export function hasChanged(offer: Offer): boolean {
  return offer.shown !== offer.live
}

function show(offer: Offer, readableFrom: number): Offer {
  return { ...offer, shown: offer.live, readableFrom }
}
