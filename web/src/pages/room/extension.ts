// Why the end is later than it was announced.
import type { PublicPicture } from '../../ebb'

export type Because = NonNullable<PublicPicture['extended_because']> | 'unknown'

export function because(seen: PublicPicture): Because {
  return seen.extended_because ?? 'unknown'
}
/** Seconds that an extension added between two pictures; 0: none. A resume after a pause moves the end, too, and is none. */
export function extendedBy(before: PublicPicture | undefined, after: PublicPicture): number {
  if (!before || after.extensions <= before.extensions) return 0
  return Math.max(0, Math.round((Date.parse(after.ends_at) - Date.parse(before.ends_at)) / 1_000))
}
