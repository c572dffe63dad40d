// What the parts of the bidding room share: one lot, seen by its supplier, and one desk that sends its bids.
import { computed, inject, onScopeDispose, provide, ref, toValue, type ComputedRef, type InjectionKey, type MaybeRefOrGetter, type Ref } from 'vue'
import { newKey, type Inquiry, type Link, type Money, type OwnBid, type OwnPicture, type PublicPicture, type Receipt } from '../../ebb'
import { ebb } from '../../state/ebb'
import { useLive, type LotState } from '../../state/live'
import { useNow } from '../../state/now'
import { useSigning } from '../../state/signing'
import { Announcer, type Topic } from './announcer'
import { createBidding, type Bidding } from './bidding'
import { obstacle, type Obstacle } from './obstacle'
import { situation, type Situation } from './situation'
import { areBidsSecret, bidOfStage, wayOf, type Way } from './way'
import { storage } from './draft'
import { wasWithdrawn } from './withdrawn'

export interface Room {
  inquiry: ComputedRef<Inquiry>
  lot: ComputedRef<LotState>
  /** Newest first; the same list until a bid changes, however often the lot does. */
  bids: ComputedRef<OwnBid[]>
  seen: ComputedRef<PublicPicture | undefined>
  own: ComputedRef<OwnPicture | undefined>
  way: ComputedRef<Way>
  /** Nobody knows of a price or a rank yet. */
  isSecret: ComputedRef<boolean>
  /** Bid in the hidden stage under way, and not taken back in this window. */
  staged: ComputedRef<OwnBid | undefined>
  situation: ComputedRef<Situation>
  obstacle: ComputedRef<Obstacle | undefined>
  /** The highest price that would be accepted now; undefined also while the picture is behind a receipt. */
  limit: ComputedRef<Money | undefined>
  underWay: ComputedRef<Money | undefined>
  desk: Bidding
  /** To a screen reader, in its turn. */
  say: (topic: Topic, sentence: string) => void
  spoken: Ref<string>
}
const key: InjectionKey<Room> = Symbol('room')

export function provideRoom(inquiry: MaybeRefOrGetter<Inquiry>, lot: MaybeRefOrGetter<LotState>): Room {
  const live = useLive()
  const now = useNow()
  const link = computed((): Link => live.link)
  const view = computed(() => toValue(lot))
  const bids = computed<OwnBid[]>((before) => (before && isSame(before, view.value.bids) ? before : view.value.bids))
  const seen = computed(() => view.value.public)
  const own = computed(() => view.value.own)
  // The clock ticks five times a second; who looks is woken only when the words change.
  const where = computed<Situation>((before) => {
    const found = situation(seen.value, own.value, link.value, now.value)
    return before && JSON.stringify(before) === JSON.stringify(found) ? before : found
  })
  const staged = computed(() => (seen.value ? bidOfStage(seen.value, bids.value, (bid) => wasWithdrawn(storage('sessionStorage'), bid)) : undefined))
  const hasQuoted = (): boolean => staged.value !== undefined || (seen.value !== undefined && areBidsSecret(seen.value) && bids.value.some(counts))
  const signing = useSigning()
  const canSign = (): boolean => signing.state.readiness === 'ready'
  const blocked = computed(() => obstacle(seen.value, own.value, link.value, now.value, hasQuoted(), canSign()))
  async function place(price: Money, { confirm }: { confirm: boolean }): Promise<Receipt> {
    const { lot } = view.value
    if (!seen.value?.signed_bids) return ebb.live.bid(lot, price, { confirm })
    const key = newKey()
    const signature = await signing.sign({ lot, price, key, confirm })
    return ebb.live.bid(lot, price, { confirm, key, signature })
  }
  const desk = createBidding({
    place,
    seen: () => seen.value,
    own: () => own.value,
    bids: () => bids.value,
    // Asked at the moment of sending: the last tick may be 200 ms old.
    obstacle: () => obstacle(seen.value, own.value, link.value, ebb.live.clock.now(), hasQuoted(), canSign()),
  })
  const spoken = ref('')
  const announcer = new Announcer((text) => (spoken.value = text))
  onScopeDispose(() => announcer.stop())
  const room: Room = {
    inquiry: computed(() => toValue(inquiry)),
    lot: view,
    bids,
    seen,
    own,
    way: computed(() => (seen.value ? wayOf(seen.value) : 'open')),
    isSecret: computed(() => seen.value !== undefined && areBidsSecret(seen.value)),
    staged,
    situation: where,
    obstacle: blocked,
    limit: computed(() => desk.limit()),
    underWay: computed(() => desk.underWay()),
    desk,
    say: (topic, sentence) => announcer.say(topic, sentence),
    spoken,
  }
  provide(key, room)
  return room
}
export function useRoom(): Room {
  return inject(key)!
}

const counts = (bid: OwnBid): boolean => bid.state === 'accepted' && bid.voided === undefined

function isSame(before: OwnBid[], after: OwnBid[]): boolean {
  const unchanged = (bid: OwnBid, at: number): boolean => {
    const other = after[at]!
    return bid.key === other.key && bid.state === other.state && bid.receipt === other.receipt && bid.voided === other.voided
  }
  return before.length === after.length && before.every(unchanged)
}
