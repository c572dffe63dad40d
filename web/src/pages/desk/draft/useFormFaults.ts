// What is wrong with the form, said at its fields: what is typed, by the limits, and what the server said to the last try.
import { computed, nextTick, provide, reactive, ref, shallowRef, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { InquiryLimits } from '../../../ebb'
import { problemOf } from '../../../text/problem'
import { words } from '../../../text/span'
import { fieldFaults } from './faults'
import type { DraftForm } from './form'
import { atFields } from './pointers'
import { validate, type Faults } from './validation'

export function useFormFaults(form: Ref<DraftForm | undefined>, limits: Ref<InquiryLimits | undefined>, page: Ref<HTMLElement | null>) {
  const { t, locale } = useI18n()
  const touched = reactive(new Set<string>())
  const isTried = ref(false) // saving was tried: everything may be said
  const refused = shallowRef<unknown>() // what the server said to the last try

  const typed = computed<Faults>(() =>
    form.value && limits.value ? validate(form.value, limits.value, (seconds) => words(seconds, t)) : new Map(),
  )
  const told = computed(() => (form.value ? atFields(problemOf(refused.value), form.value, locale.value) : new Map<string, string>()))
  provide(fieldFaults, {
    at(pointer) {
      const fault = isTried.value || touched.has(pointer) ? typed.value.get(pointer) : undefined
      return fault ? t(fault.key, fault.named) : told.value.get(pointer)
    },
    touch: (pointer) => touched.add(pointer),
  })

  async function focusFirst(): Promise<void> {
    await nextTick()
    page.value?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }
  /** Everything is said from now on. True: nothing typed is wrong. */
  function check(): boolean {
    isTried.value = true
    if (typed.value.size > 0) void focusFirst()
    return typed.value.size === 0
  }
  function reset(): void {
    touched.clear()
    isTried.value = false
    refused.value = undefined
  }
  const count = computed(() => (isTried.value ? typed.value.size : 0))
  return { refused, count, check, focusFirst, reset }
}
