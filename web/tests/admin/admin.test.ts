import { describe, expect, it } from 'vitest'
import type { Org, Page } from '../../src/ebb'
import { oneTime } from '../../src/pages/admin/oneTime'
import { OrgNames } from '../../src/pages/admin/orgNames'
import { usePages } from '../../src/pages/admin/pages'
import { normalised, usccFault } from '../../src/pages/admin/uscc'

describe('a unified social credit code, while it is typed', () => {
  it.each(['91350100M000100Y43', '91110000600037341L', '91310115MA1K3BTP2B', '121200004013590816', '9144030071526726XG'])('%s has nothing wrong', (code) =>
    expect(usccFault(code)).toBeUndefined(),
  )
  it('is read as the server reads it', () => {
    expect(normalised(' 91350100 m000100y43 ')).toBe('91350100M000100Y43')
    expect(usccFault('91350100 m000100y43')).toBeUndefined()
  })
  it('says which character is wrong, before it is complete', () => {
    expect(usccFault('91I')).toEqual({ kind: 'character', at: 3, character: 'I' })
    expect(usccFault('91A')).toEqual({ kind: 'character', at: 3, character: 'A' }) // a division is digits
    expect(usccFault('91350100M0001O')).toEqual({ kind: 'character', at: 14, character: 'O' })
    expect(usccFault('91-')).toEqual({ kind: 'character', at: 3, character: '-' })
  })
  it('counts characters', () => {
    expect(usccFault('91350100M000100Y4')).toEqual({ kind: 'length', n: 17 })
    expect(usccFault('91350100M000100Y433')).toEqual({ kind: 'length', n: 19 })
  })
})

describe('a one-time password', () => {
  it('has twenty characters, none that look alike', () => {
    for (let i = 0; i < 50; i++) expect(oneTime()).toMatch(/^[A-HJ-NP-Za-kmnp-z2-9]{20}$/)
  })
  it('favours no character: a byte that would is drawn again', () => {
    const bytes = [255, 224, 223, ...Array.from({ length: 19 }, (_, i) => i)]
    const password = oneTime((one) => (one[0] = bytes.shift()!))
    expect(password[0]).toBe('9') // 223: the last that is fair
    expect(bytes).toEqual([])
  })
})

const org = (id: number): Org => ({ ...{ id: String(id), name: `单位 ${id}`, kind: 'supplier', division: '330100' }, state: 'ACTIVE' })

describe('names of organisations', () => {
  it('come a neighbourhood at a time, and once', async () => {
    const asked: string[] = []
    const names = new OrgNames(async (after) => {
      asked.push(after)
      return { items: [1, 2, 3].map((step) => org(Number(after) + step)) }
    })
    await names.learn(['9', '2', '3', '2'])
    expect(asked).toEqual(['1', '8'])
    expect([names.of('2'), names.of('3'), names.of('9'), names.of('77')]).toEqual(['单位 2', '单位 3', '单位 9', undefined])
    await names.learn(['3', '4'])
    expect(asked).toEqual(['1', '8'])
  })
})

describe('a list in pages', () => {
  it('grows by its next page, and begins anew', async () => {
    const pages = new Map<string | undefined, Page<number>>([
      [undefined, { items: [1, 2], next: '2' }],
      ['2', { items: [3] }],
    ])
    const list = usePages<number>(async (after) => pages.get(after)!)
    await list.reload()
    expect([list.items.value, list.hasMore.value]).toEqual([[1, 2], true])
    await list.more()
    expect([list.items.value, list.hasMore.value]).toEqual([[1, 2, 3], false])
    await list.reload()
    expect(list.items.value).toEqual([1, 2])
  })
  it('keeps what it has when the next page fails, and asks for that page again', async () => {
    let isDown = false
    const list = usePages<string>(async (after) => {
      if (isDown) throw new Error('down')
      return after === undefined ? { items: ['a'], next: 'a' } : { items: ['b'] }
    })
    await list.reload()
    isDown = true
    await list.more()
    expect([list.items.value, list.problem.value]).toEqual([['a'], new Error('down')])
    isDown = false
    await list.again()
    expect([list.items.value, list.problem.value]).toEqual([['a', 'b'], undefined])
  })
  it('shows no answer to an older question', async () => {
    const answers: ((page: Page<string>) => void)[] = []
    const list = usePages<string>(() => new Promise((done) => answers.push(done)))
    const [first, second] = [list.reload(), list.reload()]
    answers[1]!({ items: ['new'] })
    answers[0]!({ items: ['old'] })
    await Promise.all([first, second])
    expect(list.items.value).toEqual(['new'])
  })
})
