// 统一社会信用代码 while it is typed: length and characters. The check character is the server's to judge.
const allowed = '0123456789ABCDEFGHJKLMNPQRTUWXY' // no I O Z S V
const size = 18
const division = [2, 8] as const // places of the division: digits only

export type UsccFault = { kind: 'length'; n: number } | { kind: 'character'; at: number; character: string }

/** As the server reads it: blanks are dropped, small letters become capitals. */
export const normalised = (typed: string): string => typed.replaceAll(' ', '').toUpperCase()

/** `at` counts from 1. Length is judged last: who is still typing sees a wrong character first. */
export function usccFault(typed: string): UsccFault | undefined {
  const code = [...normalised(typed)]
  for (const [i, character] of code.entries()) {
    const isDivision = i >= division[0] && i < division[1]
    if (!(isDivision ? allowed.slice(0, 10) : allowed).includes(character)) return { kind: 'character', at: i + 1, character }
  }
  return code.length === size ? undefined : { kind: 'length', n: code.length }
}
