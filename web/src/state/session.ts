// Who is signed in here.
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { ProblemError, type Me } from '../ebb'
import { ebb } from './ebb'

export const useSession = defineStore('session', () => {
  const me = shallowRef<Me | null>(null)
  const isKnown = shallowRef(false) // the first answer has come
  const wasEnded = shallowRef(false) // by the server, not by this person: said until somebody signs in or out
  const role = computed(() => me.value?.person.role)

  async function restore(): Promise<void> {
    try {
      me.value = await ebb.api.me()
    } catch (error) {
      if (!(error instanceof ProblemError) || error.problem.status === 401) ended()
    } finally {
      isKnown.value = true
    }
  }
  async function signIn(login: string, password: string): Promise<void> {
    await ebb.api.signIn(login, password)
    wasEnded.value = false
    await restore()
    ebb.live.restart()
  }
  async function signOut(): Promise<void> {
    try {
      await ebb.api.signOut()
    } catch (error) {
      if (!(error instanceof ProblemError) || error.problem.status !== 401) throw error // 401: it was over already
    }
    me.value = null
    wasEnded.value = false
    ebb.live.restart()
  }
  /** The server says that the session is over. */
  function ended(): void {
    if (me.value) wasEnded.value = true
    me.value = null
  }

  ebb.api.rest.onSignedOut = ended
  // A socket that was refused, or told that its session ended: find out, then come back as whoever this is now.
  ebb.live.onIdentityDoubt = async () => {
    if (!me.value && isKnown.value) return
    const before = me.value?.person.id
    await restore()
    if (before !== undefined && !me.value && ebb.live.link.state === 'ended') ebb.live.restart()
  }
  return { me, role, isKnown, wasEnded, restore, signIn, signOut, ended }
})
