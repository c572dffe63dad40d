// The places of the header, by role.
import type { Role } from '../../ebb'

export type Place = 'hall' | 'desk' | 'supervision' | 'admin'
export interface PlaceLink {
  name: Place
  to: string
  isHere: boolean // the page shown belongs to this place
}

const places: { name: Place; to: string; role?: Role; holds: RegExp }[] = [
  { name: 'hall', to: '/', holds: /^\/(auctions\/.*)?$/ },
  { name: 'desk', to: '/desk', role: 'purchaser', holds: /^\/desk(\/|$)/ },
  { name: 'supervision', to: '/supervision', role: 'regulator', holds: /^\/supervision(\/|$)/ },
  { name: 'admin', to: '/admin', role: 'administrator', holds: /^\/admin(\/|$)/ },
]

export function linksFor(role: Role | undefined, path: string): PlaceLink[] {
  return places
    .filter((place) => place.role === undefined || place.role === role)
    .map(({ name, to, holds }) => ({ name, to, isHere: holds.test(path) }))
}
