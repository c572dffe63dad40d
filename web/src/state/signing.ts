// The signing keys of who is signed in here, as the page shows them.
import { defineStore } from 'pinia'
import { onScopeDispose, shallowRef, watch } from 'vue'
import { localProblem, type BidSignature } from '../ebb'
import { BrowserCabinet } from '../signing/cabinet'
import { nothingKnown, Signer, type Signing } from '../signing/signer'
import type { BidToSign } from '../signing/text'
import { ebb } from './ebb'
import { logMemory } from './log'
import { useSession } from './session'

export const useSigning = defineStore('signing', () => {
  const session = useSession()
  const state = shallowRef<Signing>(nothingKnown)
  const problem = shallowRef<unknown>()
  let signer: Signer | undefined

  watch(
    () => session.me?.person.id,
    () => {
      const { me } = session
      state.value = nothingKnown
      problem.value = undefined
      signer = me?.person.role === 'supplier' ? new Signer(registry, new BrowserCabinet(), me.person.id, me.org.id) : undefined
    },
    { immediate: true },
  )

  // What comes for somebody who has left meanwhile is nobody's.
  async function become(ask: (signer: Signer) => Promise<Signing>): Promise<void> {
    const asked = signer
    if (!asked) return
    problem.value = undefined
    try {
      const found = await ask(asked)
      if (asked === signer) state.value = found
    } catch (error) {
      if (asked === signer) problem.value = error
      throw error
    }
  }
  const load = (): Promise<void> => become((signer) => signer.load()).catch(() => undefined)
  const make = (): Promise<void> => become((signer) => signer.make())
  const revoke = (id: string): Promise<void> => become((signer) => signer.revoke(id))
  const sign = (bid: BidToSign): Promise<BidSignature> => signer?.sign(bid) ?? Promise.reject(localProblem('NO_SIGNING_KEY'))
  return { state, problem, load, make, revoke, sign }
})

const registry = {
  list: () => ebb.api.signingKeys(),
  add: (publicKey: string) => ebb.api.addSigningKey(publicKey),
  revoke: (id: string) => ebb.api.revokeSigningKey(id),
  logKey: () => ebb.api.log.key(),
  seenLogKey: () => logMemory.read()?.key,
}

/** Asks now, and whenever this page is looked at again: a key may have been revoked meanwhile, or made in another window. */
export function useFreshSigning(): ReturnType<typeof useSigning> {
  const signing = useSigning()
  const look = (): void => void (document.hidden || signing.load())
  look()
  document.addEventListener('visibilitychange', look)
  onScopeDispose(() => document.removeEventListener('visibilitychange', look))
  return signing
}
