// How a field deep in the form hears what is wrong with it.
import { inject, type InjectionKey } from 'vue'

export interface FieldFaults {
  /** What to say at the field now, in the reader's language. */
  at(pointer: string): string | undefined
  /** Somebody was here: from now on what is wrong may be said. */
  touch(pointer: string): void
}
export const fieldFaults: InjectionKey<FieldFaults> = Symbol('field faults')

export function useFieldFaults(): FieldFaults {
  return inject(fieldFaults, { at: () => undefined, touch: () => {} })
}
