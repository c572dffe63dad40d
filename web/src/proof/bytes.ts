// Bytes as the log writes them: hexadecimal in lower case, numbers little-endian, hashes SHA-256.

export type Bytes = Uint8Array<ArrayBuffer>

/** Undefined: not hexadecimal, or of another length than asked for. */
export function unhex(text: string, length?: number): Bytes | undefined {
  if (!/^([0-9a-f]{2})*$/.test(text) || (length !== undefined && text.length !== 2 * length)) return undefined
  return Uint8Array.from({ length: text.length / 2 }, (_, i) => parseInt(text.slice(2 * i, 2 * i + 2), 16))
}
export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
export function joined(...parts: Uint8Array[]): Bytes {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
export async function hash(...parts: Uint8Array[]): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', joined(...parts)))
}
export function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}
export function u64(value: number): Bytes {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value), true)
  return bytes
}

/** Reads on; past the end every read throws. */
export class Reader {
  private at = 0
  private readonly view: DataView

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }
  u8(): number {
    return this.view.getUint8(this.move(1))
  }
  u32(): number {
    return this.view.getUint32(this.move(4), true)
  }
  u64(): bigint {
    return this.view.getBigUint64(this.move(8), true)
  }
  i64(): bigint {
    return this.view.getBigInt64(this.move(8), true)
  }
  take(length: number): Uint8Array {
    const from = this.move(length)
    return this.bytes.subarray(from, from + length)
  }
  isAtEnd(): boolean {
    return this.at === this.bytes.length
  }
  private move(by: number): number {
    const from = this.at
    if (from + by > this.bytes.length) throw new RangeError('the bytes end early')
    this.at += by
    return from
  }
}
