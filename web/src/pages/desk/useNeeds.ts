// What waits for this purchaser: the inquiries that may hold something are read whole, as lists tell no proposal.
import { computed, shallowRef, watch } from 'vue'
import type { Inquiry, InquiryHead } from '../../ebb'
import { ebb } from '../../state/ebb'
import { useSession } from '../../state/session'
import { mayNeed, needs, type Need } from './desk'

const readMax = 30 // newest first; who has more at once finds them under the tab

export function useNeeds(heads: () => InquiryHead[] | undefined) {
  const session = useSession()
  const found = shallowRef<Inquiry[]>([])
  const problem = shallowRef<unknown>()
  let turn = 0

  // A list that is read again is a new array, and with it these are: a proposal of a colleague is seen within seconds.
  watch(
    heads,
    async (now) => {
      const mine = ++turn
      const ids = (now ?? []).filter(mayNeed).slice(0, readMax).map((head) => head.id)
      try {
        const replies = await Promise.all(ids.map((id) => ebb.api.inquiry(id)))
        if (mine !== turn) return
        found.value = replies.map((reply) => reply.body)
        problem.value = undefined
      } catch (error) {
        if (mine === turn) problem.value = error
      }
    },
    { immediate: true },
  )
  const list = computed<Need[]>(() => needs(found.value, session.me?.person.id ?? '', ebb.live.clock.now()))
  return { list, problem }
}
