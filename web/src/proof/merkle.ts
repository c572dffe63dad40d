// Proofs of a Merkle tree, checked as RFC 9162 says it step by step (§2.1.3.2 and §2.1.4.2). Sizes go beyond 32 bits, so
// they are halved and not shifted.
import { hash, isSame, type Bytes } from './bytes'

const node = (left: Bytes, right: Bytes): Promise<Bytes> => hash(Uint8Array.of(1), left, right)
const isOdd = (n: number): boolean => n % 2 === 1
const half = (n: number): number => Math.floor(n / 2)

/** The root that this path leads to from a leaf; undefined: the path is not one of that place in a tree of that size. */
export async function rootOf(leaf: Bytes, index: number, size: number, path: Bytes[]): Promise<Bytes | undefined> {
  if (index >= size) return undefined
  let [place, last] = [index, size - 1]
  let root = leaf
  for (const other of path) {
    if (last === 0) return undefined
    if (isOdd(place) || place === last) {
      root = await node(other, root)
      while (!isOdd(place) && place !== 0) [place, last] = [half(place), half(last)]
    } else {
      root = await node(root, other)
    }
    ;[place, last] = [half(place), half(last)]
  }
  return last === 0 ? root : undefined
}

export interface Tree {
  size: number
  root: Bytes
}
/** Whether the newer tree begins with everything that the older one holds. */
export async function isConsistent(older: Tree, newer: Tree, path: Bytes[]): Promise<boolean> {
  if (older.size === newer.size) return path.length === 0 && isSame(older.root, newer.root)
  if (older.size < 1 || older.size > newer.size || path.length === 0) return false
  const isWhole = Number.isInteger(Math.log2(older.size)) // the older tree is a subtree of the newer one
  const [first, ...rest] = isWhole ? [older.root, ...path] : path
  let [place, last] = [older.size - 1, newer.size - 1]
  while (isOdd(place)) [place, last] = [half(place), half(last)]
  let [before, after] = [first!, first!]
  for (const other of rest) {
    if (last === 0) return false
    if (isOdd(place) || place === last) {
      before = await node(other, before)
      after = await node(other, after)
      while (!isOdd(place) && place !== 0) [place, last] = [half(place), half(last)]
    } else {
      after = await node(after, other)
    }
    ;[place, last] = [half(place), half(last)]
  }
  return last === 0 && isSame(before, older.root) && isSame(after, newer.root)
}
