// Sending a bid, once. One bid is under way at a time; a price far below asks first; the server's question is answered by
// a person; what could not be sent is said.
import { shallowRef } from 'vue'
import { localProblem, money, ProblemError, type Money, type OwnBid, type OwnPicture, type Problem, type PublicPicture, type Receipt } from '../../ebb'
import { checkPrice, cutOf, usableLimit, type Check, type Cut } from './check'
import type { Obstacle } from './obstacle'
import { isLimitSecret, wayOf } from './way'

export interface Question {
  price: Money
  cut: Cut
  /** The server asked (CONFIRMATION_NEEDED); otherwise this page does, before anything is sent. */
  byServer: boolean
}
export interface Surroundings {
  place: (price: Money, options: { confirm: boolean }) => Promise<Receipt>
  seen: () => PublicPicture | undefined
  own: () => OwnPicture | undefined
  bids: () => OwnBid[]
  obstacle: () => Obstacle | undefined
}
const neverLeft = new Set(['NETWORK', 'NO_SIGNING_KEY', 'NOT_SIGNED'])
export type Outcome = 'sent' | 'asked' | 'busy' | Obstacle | Exclude<Check['kind'], 'good'>

export function createBidding(world: Surroundings) {
  const pending = shallowRef<Money>() // from the tap until the answer, whatever the pictures say
  const question = shallowRef<Question>()
  const trouble = shallowRef<{ price: Money; problem: Problem }>() // nothing left this machine
  const justAccepted = shallowRef<{ seq: number; price: Money }>()

  /** The price whose answer is awaited. */
  function underWay(): Money | undefined {
    if (pending.value !== undefined) return pending.value
    const open = world.bids().find((bid) => bid.state === 'sending' || bid.state === 'asking')
    return open?.price
  }
  function limit(): Money | undefined {
    const seen = world.seen()
    // A hidden bid does not move the limit: a later one may be higher than it was.
    if (seen && wayOf(seen) === 'quote') return world.own()?.next_limit
    return usableLimit(world.own(), world.bids(), justAccepted.value)
  }

  /** A person decided for this price. */
  function submit(price: bigint): Outcome {
    const seen = world.seen()
    const wrong = judge(price)
    if (wrong) return wrong
    const cut = cutOf(price, seen!)
    // A level is what the server asks: no digit of it was typed.
    if (!cut.isLarge || wayOf(seen!) === 'level') return send(money.wire(price), false)
    question.value = { price: money.wire(price), cut, byServer: false }
    return 'asked'
  }
  /** The question is answered with yes. Only the server's own question is answered with `confirm`. */
  function agree(): Outcome {
    const asked = question.value
    question.value = undefined
    if (!asked) return 'busy'
    return judge(money.fen(asked.price)) ?? send(asked.price, asked.byServer)
  }
  function withdraw(): void {
    question.value = undefined
  }
  /** The server's question once more: it was put aside, or the page was reloaded. */
  function reconsider(price: Money): void {
    const seen = world.seen()
    if (seen) question.value = { price, cut: cutOf(money.fen(price), seen), byServer: true }
  }

  function judge(price: bigint): Outcome | undefined {
    const seen = world.seen()
    const blocked = world.obstacle()
    if (blocked || !seen) return blocked ?? 'connecting'
    if (underWay() !== undefined) return 'busy'
    const ceiling = limit()
    const own = world.own()
    const isAwaited = wayOf(seen) !== 'quote' && !(own && isLimitSecret(seen, own))
    if (isAwaited && ceiling === undefined) return 'busy' // the picture is behind the last receipt
    const check = checkPrice(price, seen, ceiling)
    return check.kind === 'good' ? undefined : check.kind
  }
  function isOpen(): boolean {
    const seen = world.seen()
    return seen !== undefined && wayOf(seen) === 'open'
  }
  function send(price: Money, confirm: boolean): Outcome {
    pending.value = price
    trouble.value = undefined
    world
      .place(price, { confirm })
      .then((receipt) => {
        if (receipt.outcome === 'accepted') justAccepted.value = isOpen() ? { seq: receipt.seq, price } : undefined
        else if (receipt.problem?.code === 'CONFIRMATION_NEEDED') reconsider(price)
      })
      .catch((error: unknown) => {
        const problem = error instanceof ProblemError ? error.problem : localProblem('NETWORK').problem
        // The others stand in the list of bids, with what became of them.
        if (neverLeft.has(problem.code)) trouble.value = { price, problem }
      })
      .finally(() => (pending.value = undefined))
    return 'sent'
  }
  return { question, trouble, underWay, limit, submit, agree, withdraw, reconsider }
}
export type Bidding = ReturnType<typeof createBidding>
