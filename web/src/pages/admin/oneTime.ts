// A one-time password as the server makes them (gateway/password.cpp): no characters that look alike, over 100 bits.
const unmistakable = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789'
const length = 20

type Fill = (bytes: Uint8Array<ArrayBuffer>) => unknown

export function oneTime(fill: Fill = (bytes) => crypto.getRandomValues(bytes)): string {
  const fair = 256 - (256 % unmistakable.length) // bytes from here on would favour the first characters
  const one = new Uint8Array(1)
  let text = ''
  while (text.length < length) {
    fill(one)
    if (one[0]! < fair) text += unmistakable[one[0]! % unmistakable.length]
  }
  return text
}
