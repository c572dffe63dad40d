// Why a lot stands still. What a person wrote is quoted; what the server did by itself has a code and is said in the
// reader's language.
import type { PublicPicture } from '../ebb'

export type Held = Partial<Pick<PublicPicture, 'reason' | 'paused_because'>>

export function heldBecause(held: Held, t: (key: string) => string): string | undefined {
  return held.paused_because === undefined ? held.reason : t(`words.pausedBecause.${held.paused_because}`)
}
