// Every running inquiry in this regulator's scope, all pages, read again from time to time.
import { onScopeDispose, shallowRef, type ShallowRef } from 'vue'
import type { InquiryHead } from '../../ebb'
import { ebb } from '../../state/ebb'
import { usePoll } from '../hall/poll'

const everyMs = 10_000
const pagesMax = 50 // a session may follow 1,024 inquiries; a page examines 1,000 and holds 200

export function useScope(): { heads: ShallowRef<InquiryHead[] | undefined>; problem: ShallowRef<unknown>; read: () => Promise<void> } {
  const heads = shallowRef<InquiryHead[]>()
  const problem = shallowRef<unknown>()
  let reading: Promise<void> | undefined
  let isEnded = false

  async function all(): Promise<void> {
    try {
      const found: InquiryHead[] = []
      let before: string | undefined
      for (let pages = 0; pages < pagesMax && !isEnded; pages++) {
        const page = await ebb.api.inquiries({ mine: '1', state: 'RUNNING', ...(before === undefined ? {} : { before }) })
        found.push(...page.items)
        before = page.next
        if (before === undefined) break
      }
      heads.value = found
      problem.value = undefined
    } catch (error) {
      problem.value = error
    }
  }
  function read(): Promise<void> {
    reading ??= all().finally(() => (reading = undefined))
    return reading
  }
  void read()
  usePoll(read, everyMs)
  onScopeDispose(() => (isEnded = true))
  return { heads, problem, read }
}
