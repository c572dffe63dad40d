// The one client of this page. Nothing else in the page talks to the server.
import { client } from '../ebb'

function tabMemory(): Storage | undefined {
  try {
    return window.sessionStorage
  } catch {
    return undefined // forbidden by the browser: the page works, a reload forgets what was typed
  }
}

export const ebb = client(new URL('.', document.baseURI).href, tabMemory())
