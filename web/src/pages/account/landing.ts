// Where somebody goes after signing in: what was wanted before, if it is a page of ours that this role may see.
import type { Role } from '../../ebb'

export interface Place {
  name: unknown
  meta: { roles?: Role[] }
}

/** `then` comes from the address, which anybody may have written: only a path within this page is followed. */
export function landing(then: unknown, role: Role, home: string, resolve: (path: string) => Place): string {
  if (typeof then !== 'string' || !/^\/(?![/\\])/.test(then)) return home
  const place = resolve(then)
  if (place.name === undefined || place.name === 'nowhere' || place.name === 'sign-in') return home
  return !place.meta.roles || place.meta.roles.includes(role) ? then : home
}
