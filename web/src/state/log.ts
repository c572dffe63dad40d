// What this browser remembers of the transparency log. Nothing of a person is in it.
import { LogMemory } from '../proof/memory'

function browserShelf(): Storage | undefined {
  try {
    return window.localStorage
  } catch {
    return undefined // forbidden by the browser: every check is the first
  }
}

export const logMemory = new LogMemory(browserShelf())
