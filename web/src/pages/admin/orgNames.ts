// Names of organisations by id, for lists that only carry ids. Ids grow, and a page of organisations begins behind an
// id: each request brings the names of a whole neighbourhood.
import { shallowReactive } from 'vue'
import type { Org, Page } from '../../ebb'

export class OrgNames {
  private readonly known = shallowReactive(new Map<string, string>())

  constructor(private readonly orgs: (after: string) => Promise<Page<Org>>) {}

  of(id: string): string | undefined {
    return this.known.get(id)
  }
  add(orgs: Org[]): void {
    for (const org of orgs) this.known.set(org.id, org.name)
  }
  async learn(ids: string[]): Promise<void> {
    const missing = [...new Set(ids)].filter((id) => !this.known.has(id)).sort((a, b) => Number(a) - Number(b))
    for (const id of missing) {
      if (!this.known.has(id)) this.add((await this.orgs(String(Number(id) - 1))).items)
    }
  }
}
