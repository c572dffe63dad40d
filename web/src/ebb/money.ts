// Yuan as people write it, fen as BigInt. No price is ever a JavaScript number.
import type { Money } from './types'

const pattern = /^(0|[1-9][0-9]{0,11})(?:\.([0-9]{1,2}))?$/

/** Fen of a price on the wire ("98000.00"). Throws on anything else: the server said it. */
export function fen(money: Money): bigint {
  const negative = money.startsWith('-')
  const value = readYuan(negative ? money.slice(1) : money)
  if (value === undefined) throw new Error(`not a price: ${money}`)
  return negative ? -value : value
}

/**
 * Fen of what a person typed: digits with at most two decimals; thousands separators, blanks, ¥, 元 and full-width
 * digits are forgiven. Undefined: not an amount.
 */
export function readYuan(typed: string): bigint | undefined {
  const plain = typed
    .normalize('NFKC')
    .replace(/\s/g, '')
    .replace(/^¥/, '')
    .replace(/元$/, '') // only at the end: "9元8" may mean 9.80, and must not become 98
    .replace(/^([0-9]{1,3})((?:,[0-9]{3})+)(?=\.|$)/, (_, head: string, rest: string) => head + rest.replaceAll(',', ''))
  const found = pattern.exec(plain)
  if (!found) return undefined
  return BigInt(found[1]!) * 100n + BigInt((found[2] ?? '').padEnd(2, '0'))
}

/** "98000.00", as the wire wants it. */
export function wire(value: bigint): Money {
  const digits = (value < 0n ? -value : value).toString().padStart(3, '0')
  return `${value < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** "98,000.00", for eyes. */
export function shown(value: bigint | Money): string {
  const text = typeof value === 'bigint' ? wire(value) : value
  const [whole = '', decimals = '00'] = text.split('.')
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${decimals}`
}

const digits = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖']
const places = ['', '拾', '佰', '仟']
const groups = ['', '万', '亿', '万亿']

/** 人民币大写, by the rules for bills (支付结算办法, 附一): "人民币玖万捌仟元整". */
export function spoken(value: bigint): string {
  if (value < 0n) return `人民币负${spoken(-value).slice(3)}`
  const yuan = value / 100n
  const jiao = Number((value / 10n) % 10n)
  const cent = Number(value % 10n)
  let text = '人民币' + (yuan > 0n ? `${spokenWhole(yuan)}元` : '')
  if (jiao === 0 && cent === 0) return text + (yuan > 0n ? '整' : '零元整')
  if (jiao > 0) text += `${digits[jiao]}角`
  else if (yuan > 0n) text += '零'
  return cent > 0 ? `${text}${digits[cent]}分` : `${text}整`
}

function spokenWhole(yuan: bigint): string {
  const four: number[] = [] // groups of four digits, lowest first
  for (let rest = yuan; rest > 0n; rest /= 10_000n) four.push(Number(rest % 10_000n))
  let text = ''
  let gap = false // zeros since the last digit that was read
  for (let at = four.length - 1; at >= 0; at--) {
    const group = four[at]!
    if (group === 0) {
      gap = true
      continue
    }
    for (let place = 3; place >= 0; place--) {
      const digit = Math.floor(group / 10 ** place) % 10
      if (digit === 0) {
        gap = true
        continue
      }
      if (gap && text !== '') text += '零'
      gap = false
      text += digits[digit]! + places[place]!
    }
    text += groups[at]!
    gap = group % 10 === 0
  }
  return text
}
