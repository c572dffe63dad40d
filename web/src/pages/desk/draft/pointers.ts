// Where the server's `errors[].pointer` belong in the form.
import type { Problem } from '../../../ebb'
import { oneLanguage } from '../../../text/problem'
import type { DraftForm } from './form'

/** Pointers of fields that the form shows, each once. */
export function fieldsOf(form: DraftForm): Set<string> {
  const fields = new Set(['/title', '/description', '/lots', '/admitted', '/closing', '/stagger_s'])
  form.lots.forEach((lot, at) => {
    for (const name of ['title', 'category', 'quantity']) fields.add(`/lots/${at}/${name}`)
    for (const name of Object.keys(lot.rules)) fields.add(`/lots/${at}/rules/${name}`)
  })
  form.admitted.forEach((_, at) => fields.add(`/admitted/${at}/org`).add(`/admitted/${at}/deduction`).add(`/admitted/${at}/coefficient`).add(`/admitted/${at}/addition`))
  return fields
}

/** Details in one language ("中文 / english") at their fields; what has no field goes to the nearest one around it. */
export function atFields(problem: Problem | undefined, form: DraftForm, language: string): Map<string, string> {
  const fields = fieldsOf(form)
  const found = new Map<string, string>()
  for (const { pointer, detail } of problem?.errors ?? []) {
    let field = pointer
    while (field !== '' && !fields.has(field)) field = field.slice(0, field.lastIndexOf('/'))
    if (field !== '' && !found.has(field)) found.set(field, oneLanguage(detail, language))
  }
  return found
}
