// Shortcuts of the room. They move the focus and open the help; none of them ever bids. Single keys can be switched off
// (WCAG 2.1.4).

export type Meaning = 'price' | 'offer' | 'help'

export interface Pressed {
  key: string
  altKey: boolean
  ctrlKey: boolean
  metaKey: boolean
  isComposing: boolean
  defaultPrevented: boolean
  target: EventTarget | null
}

export function keyMeaning(event: Pressed): Meaning | undefined {
  if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing || event.defaultPrevented) return undefined
  if (takesText(event.target)) return undefined
  if (event.key === '/') return 'price'
  if (event.key === 'o' || event.key === 'O') return 'offer'
  return event.key === '?' ? 'help' : undefined
}
function takesText(target: EventTarget | null): boolean {
  const element = target as Partial<HTMLElement> | null
  const inDialog = element?.closest?.('[role="dialog"][aria-modal="true"]')
  return inDialog != null || element?.isContentEditable === true || /^(input|textarea|select)$/i.test(element?.tagName ?? '')
}

const remembered = 'ebb.singleKeys'
type Memory = Pick<Storage, 'getItem' | 'setItem'>

export function singleKeysWanted(memory: Memory | undefined): boolean {
  try {
    return memory?.getItem(remembered) !== 'off'
  } catch {
    return true
  }
}
export function rememberSingleKeys(memory: Memory | undefined, on: boolean): void {
  try {
    memory?.setItem(remembered, on ? 'on' : 'off')
  } catch {
    // Storage forbidden: the choice holds until the page is left.
  }
}
