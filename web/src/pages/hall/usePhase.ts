// Watches an inquiry on the live stream while its entry is on the screen, and tells when it belongs to another list.
import { computed, watch, type Ref } from 'vue'
import type { InquiryHead } from '../../ebb'
import { useFollow, useLive } from '../../state/live'
import { phaseOf, type Phase } from './list'

export function usePhase(head: () => InquiryHead, isVisible: Ref<boolean>, phase: Phase, moved: () => void): void {
  const live = useLive()
  useFollow(() => (isVisible.value ? [head().id] : []))
  const now = computed(() => phaseOf(head().lots.map((lot) => live.lots.get(lot.lot)?.public?.state ?? lot.state)))
  watch(now, (is) => {
    if (is !== undefined && is !== phase) moved()
  })
}
