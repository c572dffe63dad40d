// A draft between the server and the form: read, written under its version, and never lost by leaving.
import { computed, ref, shallowRef, watch } from 'vue'
import { newKey, ProblemError, type Inquiry, type InquiryLimits, type Template } from '../../../ebb'
import { ebb } from '../../../state/ebb'
import { draftOf, emptyForm, formOf, type DraftForm } from './form'
import { supplierNames } from './suppliers'

export interface DraftSource {
  inquiry?: string | undefined // the draft to edit
  from?: string | undefined // an earlier inquiry to copy
  template?: string | undefined
}

export function useDraft(source: () => DraftSource) {
  const limits = shallowRef<InquiryLimits>()
  const form = ref<DraftForm>()
  const inquiry = shallowRef<Inquiry>() // as last read; none: not saved yet
  const problem = shallowRef<unknown>() // of reading
  const isStale = ref(false) // somebody else saved in the meantime
  let etag: string | undefined
  let first = newKey() // of the first save, as long as the same is saved
  let firstBody = ''

  // ---- Reading -----------------------------------------------------------------------------------------------------

  const clean = ref('') // the form as it was read or saved
  const asText = (): string => JSON.stringify(form.value)
  const isDirty = computed(() => form.value !== undefined && JSON.stringify(form.value) !== clean.value)
  function show(shown: DraftForm): void {
    form.value = shown
    clean.value = asText()
  }

  async function load(): Promise<void> {
    const { inquiry: id, from, template } = source()
    problem.value = undefined
    form.value = undefined
    inquiry.value = undefined
    isStale.value = false
    try {
      limits.value ??= await ebb.api.limits()
      if (id !== undefined) await read(id)
      else if (from !== undefined) show(formOf((await ebb.api.inquiry(from)).body, limits.value))
      else show(emptyForm(limits.value))
      if (id === undefined && template !== undefined) {
        const found = (await ebb.api.templates()).find((one) => one.id === template)
        if (found) await use(found)
      }
    } catch (error) {
      problem.value = error
    }
  }
  async function read(id: string): Promise<void> {
    const reply = await ebb.api.inquiry(id)
    take(reply.body, reply.etag)
    show(formOf(reply.body, limits.value!))
  }
  function take(body: Inquiry, tag: string | undefined): void {
    inquiry.value = body
    etag = tag
  }
  /** What is typed is replaced, but not saved. */
  async function use(template: Template): Promise<void> {
    const names = await supplierNames(template.draft)
    form.value = formOf(template.draft, limits.value!, (org) => names.get(org) ?? '')
  }

  // ---- Writing -----------------------------------------------------------------------------------------------------

  /** Rejects with what the server said; a version conflict is told by isStale instead and answers false. */
  async function save(): Promise<boolean> {
    const saved = asText()
    const draft = draftOf(form.value!)
    try {
      if (inquiry.value === undefined) {
        const body = JSON.stringify(draft)
        if (body !== firstBody) [first, firstBody] = [newKey(), body]
        const reply = await ebb.api.create(draft, { key: first })
        take(reply.body, reply.etag)
      } else {
        etag ??= (await ebb.api.inquiry(inquiry.value.id)).etag
        const reply = await ebb.api.edit(inquiry.value.id, draft, etag ?? '')
        take(reply.body, reply.etag)
      }
    } catch (error) {
      if (!(error instanceof ProblemError) || error.problem.status !== 412) throw error
      isStale.value = true
      return false
    }
    isStale.value = false
    clean.value = saved
    return true
  }
  /** Whether what is shown is what the server has. Publishing takes no version, so it is asked for first. */
  async function isCurrent(): Promise<boolean> {
    const { etag: now } = await ebb.api.inquiry(inquiry.value!.id)
    isStale.value = now !== (etag ??= now)
    return !isStale.value
  }
  /** After a version conflict: mine stands, on top of theirs. */
  async function keepMine(): Promise<boolean> {
    const reply = await ebb.api.inquiry(inquiry.value!.id)
    take(reply.body, reply.etag)
    return save()
  }

  watch(
    () => JSON.stringify(source()),
    () => {
      // The address follows the first save.
      if (source().inquiry === undefined || source().inquiry !== inquiry.value?.id) void load()
    },
    { immediate: true },
  )
  return { limits, form, inquiry, problem, isDirty, isStale, load, save, isCurrent, keepMine, use }
}
