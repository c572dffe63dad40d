// One inquiry as the server tells it on request, read again whenever the live stream says that its state moved.
import { onScopeDispose, shallowRef, toValue, watch, type MaybeRefOrGetter, type ShallowRef } from 'vue'
import type { Inquiry } from '../../ebb'
import { ebb } from '../../state/ebb'
import { useLive } from '../../state/live'
import { useSession } from '../../state/session'

export interface InquiryRead {
  inquiry: ShallowRef<Inquiry | undefined>
  problem: ShallowRef<unknown>
  read: () => Promise<void>
}

const settleMs = 400 // a state on the stream and its row in the tables come from the same commit; several lots close together

export function useInquiry(id: MaybeRefOrGetter<string>): InquiryRead {
  const live = useLive()
  const session = useSession()
  const inquiry = shallowRef<Inquiry>()
  const problem = shallowRef<unknown>()
  let turn = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  async function read(): Promise<void> {
    const mine = ++turn
    try {
      const { body } = await ebb.api.inquiry(toValue(id))
      if (mine !== turn) return
      inquiry.value = body
      problem.value = undefined
    } catch (error) {
      if (mine === turn) problem.value = error
    }
  }
  watch(
    () => [toValue(id), session.me?.person.id],
    () => {
      if (inquiry.value?.id !== toValue(id)) inquiry.value = undefined
      void read()
    },
    { immediate: true },
  )
  watch(
    () => live.lotsOf(toValue(id)).map((lot) => lot.public?.state).join(),
    (_, before) => {
      clearTimeout(timer)
      if (before !== '') timer = setTimeout(() => void read(), settleMs)
    },
  )
  // What could not be read is tried again when the connection is back.
  watch(
    () => live.link.state,
    (state) => {
      if (state === 'live' && problem.value) void read()
    },
  )
  onScopeDispose(() => {
    turn++
    clearTimeout(timer)
  })
  return { inquiry, problem, read }
}
