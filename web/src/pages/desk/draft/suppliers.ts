// Names of suppliers that a template only numbers.
import type { Draft } from '../../../ebb'
import { ebb } from '../../../state/ebb'

/** Unknown ones (deleted, not visible) keep an empty name; publishing will say what is wrong with them. */
export async function supplierNames(draft: Draft): Promise<Map<string, string>> {
  const orgs = [...new Set((draft.admitted ?? []).map((one) => one.org))]
  const found = await Promise.allSettled(orgs.map((org) => ebb.api.org(org)))
  return new Map(orgs.map((org, at) => {
    const answer = found[at]!
    return [org, answer.status === 'fulfilled' ? answer.value.name : '']
  }))
}
