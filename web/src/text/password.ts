// What may be chosen as a password, as gateway/password.h has it (a test compares), and how hard it is to guess.
export const charactersMin = 10
export const charactersMax = 128

export const characters = (text: string): number => [...text].length

export type Strength = 'weak' | 'fair' | 'strong'

/** A rough measure in bits: repeats and runs ("aaaa", "1234") count once, a small alphabet counts little. */
export function strength(password: string): Strength {
  const codes = [...password].map((one) => one.codePointAt(0)!)
  const steps = codes.filter((code, i) => i === 0 || Math.abs(code - codes[i - 1]!) > 1)
  const different = new Set(codes).size
  const alphabet = ([/[a-z]/, /[A-Z]/, /[0-9]/] as const).reduce((sum, kind, i) => sum + (kind.test(password) ? [26, 26, 10][i]! : 0), 0)
  const wider = /[^a-zA-Z0-9]/.test(password) ? 32 : 0
  const bits = Math.min(steps.length, different * 2) * Math.log2(Math.max(alphabet + wider, 2))
  return bits < 45 ? 'weak' : bits < 75 ? 'fair' : 'strong'
}
