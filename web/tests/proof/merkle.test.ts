// The arithmetic of the tree: the known roots of the eight leaves that every implementation of RFC 6962 and 9162 is tried
// with, and every proof of every small tree against the definition.
import { describe, expect, it } from 'vitest'
import { hash, hex, unhex, type Bytes } from '../../src/proof/bytes'
import { isConsistent, rootOf } from '../../src/proof/merkle'
import { consistencyPath, inclusionPath, root } from './sample'

const data = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
const knownRoots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]
const leafOf = (text: string): Promise<Bytes> => hash(Uint8Array.of(0), unhex(text)!)
const treeOf = async (leaves: Bytes[]) => ({ size: leaves.length, root: await root(leaves) })
const sizeMost = 20

describe('an inclusion proof', () => {
  it('leads to the known roots', async () => {
    const leaves = await Promise.all(data.map(leafOf))
    for (let size = 1; size <= leaves.length; size++) {
      const tree = leaves.slice(0, size)
      for (let index = 0; index < size; index++) {
        expect(hex((await rootOf(tree[index]!, index, size, await inclusionPath(index, tree)))!)).toBe(knownRoots[size - 1])
      }
    }
  })
  it('leads nowhere or elsewhere from another place, in another size, with a hash more, less or changed', async () => {
    const leaves = await Promise.all(Array.from({ length: sizeMost }, (_, i) => leafOf(i.toString(16).padStart(2, '0'))))
    for (let size = 2; size <= sizeMost; size++) {
      const tree = leaves.slice(0, size)
      const wanted = hex(await root(tree))
      for (let index = 0; index < size; index++) {
        const path = await inclusionPath(index, tree)
        const reached = async (...said: Parameters<typeof rootOf>): Promise<string> => hex((await rootOf(...said)) ?? new Uint8Array())
        expect(await reached(tree[index]!, index, size, path)).toBe(wanted)
        expect(await reached(tree[(index + 1) % size]!, index, size, path)).not.toBe(wanted)
        expect(await reached(tree[index]!, index + size, size, path)).not.toBe(wanted)
        expect(await reached(tree[index]!, index, size, [...path, path[0]!])).not.toBe(wanted)
        expect(await reached(tree[index]!, index, size, path.slice(1))).not.toBe(wanted)
        const changed = [...path]
        changed[0] = changed[0]!.map((byte, i) => (i === 7 ? byte ^ 1 : byte)) as Bytes
        expect(await reached(tree[index]!, index, size, changed)).not.toBe(wanted)
      }
    }
  })
  it('is none where its length is not that of the place, whatever root it would lead to', async () => {
    const [a, b] = [await leafOf('aa'), await leafOf('bb')]
    expect(await rootOf(a, 0, 4, [b])).toBeUndefined() // of a tree of two leaves
    expect(await rootOf(a, 0, 2, [b, b])).toBeUndefined()
    expect(await rootOf(a, 0, 1, [b])).toBeUndefined()
  })
  it('holds for places that 32 bits cannot count', async () => {
    // The last leaf of a tree of 2^40 + 1 is a child of the root.
    const [left, leaf] = [await leafOf('aa'), await leafOf('bb')]
    const size = 2 ** 40 + 1
    expect(hex((await rootOf(leaf, size - 1, size, [left]))!)).toBe(hex(await hash(Uint8Array.of(1), left, leaf)))
  })
})

describe('a consistency proof', () => {
  it('holds for every pair of sizes, and for no tree with another past', async () => {
    const leaves = await Promise.all(Array.from({ length: sizeMost }, (_, i) => leafOf(i.toString(16).padStart(2, '0'))))
    const other = [await leafOf('ff'), ...leaves.slice(1)]
    for (let to = 1; to <= sizeMost; to++) {
      const newer = await treeOf(leaves.slice(0, to))
      const forged = await treeOf(other.slice(0, to))
      for (let from = 1; from <= to; from++) {
        const older = await treeOf(leaves.slice(0, from))
        const path = await consistencyPath(from, leaves.slice(0, to))
        const lie = await consistencyPath(from, other.slice(0, to))
        const pair = `${from} ${to}`
        expect(await isConsistent(older, newer, path), pair).toBe(true)
        expect(await isConsistent(older, forged, path), pair).toBe(false)
        expect(await isConsistent(older, forged, lie), pair).toBe(false)
        expect(await isConsistent(older, newer, [...path, older.root]), pair).toBe(false)
        if (path.length > 0) expect(await isConsistent(older, newer, path.slice(1)), pair).toBe(false)
      }
    }
  })
  it('does not make a shorter log follow from a longer one', async () => {
    const leaves = await Promise.all(data.map(leafOf))
    expect(await isConsistent(await treeOf(leaves), await treeOf(leaves.slice(0, 3)), [])).toBe(false)
  })
})
