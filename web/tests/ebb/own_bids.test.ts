// What this window knows of its bids, joined with what the server shows to every window.
import { describe, expect, it } from 'vitest'
import { ownBids, type SentBid } from '../../src/ebb/bids'
import type { OwnPicture, Receipt } from '../../src/ebb/types'

const receipt = (leaf: string | undefined): Receipt => ({
  key: 'k', outcome: 'accepted', seq: 5, at: '2026-11-22T09:30:00.000Z', attempt: 1, ...(leaf === undefined ? {} : { leaf }),
})
const picture = (...receipts: Receipt[]): OwnPicture => ({ alias: 'S1', attempts_left: 9, receipts })
const sent = (given?: Receipt): SentBid => ({
  lot: '12-1', key: 'k', price: '99000.00', confirm: false, sentAt: 0, state: 'decided', ...(given ? { receipt: given } : {}),
})
const leafOf = (own: OwnPicture, bid: SentBid): string | undefined => ownBids(own, [bid])[0]!.receipt?.leaf

it('a bid that was voided says why, whichever window made it', () => {
  const own = { ...picture(receipt('aa')), voided: [{ seq: 5, reason: 'x' }, { seq: 6, reason: 'y' }] }
  expect(ownBids(own, [])).toMatchObject([{ state: 'accepted', voided: 'x' }])
  expect(ownBids(own, [sent(receipt('aa'))])).toMatchObject([{ state: 'accepted', voided: 'x' }])
  expect(ownBids(picture(receipt('aa')), [])[0]).not.toHaveProperty('voided')
})

describe('the leaf of a bid', () => {
  it('is the one that came with its receipt, whatever the server says later', () => {
    expect(leafOf(picture(receipt('bb')), sent(receipt('aa')))).toBe('aa')
    expect(leafOf(picture(receipt(undefined)), sent(receipt('aa')))).toBe('aa')
  })
  it('is the server’s where none came with the receipt, and where another window made the bid', () => {
    expect(leafOf(picture(receipt('bb')), sent(receipt(undefined)))).toBe('bb')
    expect(leafOf(picture(receipt('bb')), sent())).toBe('bb')
    expect(ownBids(picture(receipt('bb')), [])[0]!.receipt?.leaf).toBe('bb')
  })
})
