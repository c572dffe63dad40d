// A signed tree head: how many commands, which root, when; and whether the log's key signed exactly that.
import type { TreeHead as Head } from '../ebb/types'
import { joined, u64, unhex, type Bytes } from './bytes'
import type { Tree } from './merkle'

export type { Head }

/** persistence/FORMAT.md: what the signature is over. Undefined: this is no head. */
export function signedBytes(head: Head): Bytes | undefined {
  const tree = treeOf(head)
  const at = Date.parse(head.at)
  if (!tree || !Number.isFinite(at)) return undefined
  return joined(new TextEncoder().encode('ebb tree head 1\n'), u64(head.size), u64(at), tree.root)
}

export function treeOf(head: Head): Tree | undefined {
  const root = typeof head.root === 'string' ? unhex(head.root, 32) : undefined
  return root && Number.isSafeInteger(head.size) && head.size >= 0 ? { size: head.size, root } : undefined
}

export type Signature = 'good' | 'bad' | 'unknown' // unknown: this browser has no Ed25519
export async function signatureOf(head: Head, key: string): Promise<Signature> {
  const bytes = signedBytes(head)
  const [raw, signature] = [unhex(key, 32), unhex(head.signature ?? '', 64)]
  if (!bytes || !raw || !signature) return 'bad'
  try {
    const imported = await crypto.subtle.importKey('raw', raw, { name: 'Ed25519' }, false, ['verify'])
    return (await crypto.subtle.verify({ name: 'Ed25519' }, imported, signature, bytes)) ? 'good' : 'bad'
  } catch (error) {
    // DataError: 32 bytes that are no point of the curve; anything else is a browser from before Ed25519.
    return error instanceof DOMException && error.name === 'DataError' ? 'bad' : 'unknown'
  }
}
