// Which kind of organisation a role belongs to (modules/accounts judges the same).
import type { Org, Role } from '../../ebb'

export const roles: Role[] = ['purchaser', 'supplier', 'regulator', 'administrator']
export const kinds: Org['kind'][] = ['buyer', 'supplier', 'regulator', 'platform']
export const kindFor: Record<Role, Org['kind']> = {
  purchaser: 'buyer',
  supplier: 'supplier',
  regulator: 'regulator',
  administrator: 'platform',
}
