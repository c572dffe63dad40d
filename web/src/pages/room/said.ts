// Sentences of the room that are both shown and read out, and the receipt as a text to keep.
import { money, type Inquiry, type OwnBid } from '../../ebb'
import type { LotState } from '../../state/live'
import { heldBecause } from '../../text/held'
import { figure, oneLanguage } from '../../text/problem'
import { dateTime, preciseTime } from '../../text/time'
import type { Situation } from './situation'

export type Say = (key: string, named?: Record<string, unknown>) => string

export function situationSaid(where: Situation, t: Say): string {
  return t(`room.situation.${where.kind}`, {
    rank: where.rank ?? '',
    reason: heldBecause(where, t) || t('room.noReason'),
    at: where.at === undefined ? '' : dateTime(where.at),
    round: where.round ?? '',
    alias: where.alias ?? '',
    price: where.price === undefined ? '' : money.shown(where.price),
  })
}

export function outcomeSaid(bid: OwnBid, t: Say): string {
  if (bid.voided !== undefined) return t('room.receipt.voided')
  const rank = bid.receipt?.rank
  if (bid.state === 'accepted' && rank !== undefined) return t('room.receipt.acceptedRank', { rank })
  return t(`room.receipt.${bid.state}`)
}
// The server's own texts of these tell a program what to do.
const forPeople = new Set([
  ...['ELIMINATED', 'BETWEEN_STAGES', 'NOT_YOUR_TURN', 'PROXY_ACTIVE', 'ALREADY_QUOTED', 'WRONG_LEVEL', 'LEADER_WAITS'],
  ...['OFF_GRID', 'INSIDE_BUFFER', 'TIE_REFUSED', 'NOT_OFFERED', 'NO_BID', 'SIGNATURE_MISSING'],
])
/** In words for a bidder. */
export function reasonSaid(bid: OwnBid, t: Say, language: string): string | undefined {
  if (bid.voided !== undefined) return oneLanguage(bid.voided, language)
  if (bid.problem?.code === 'CONFIRMATION_NEEDED') return t('room.receipt.needsConfirm')
  const code = bid.problem?.code
  if (code !== undefined && forPeople.has(code)) return t(`room.refusal.${code}`)
  return language === 'zh' ? bid.problem?.title : bid.problem?.title_en
}

/** Line by line, for a letter or a file: everything that the server's record can be asked for. */
export function receiptText(bid: OwnBid, inquiry: Pick<Inquiry, 'id' | 'title'>, lot: LotState, t: Say, language: string): string {
  const { receipt, problem } = bid
  const price = bid.price === undefined ? undefined : money.fen(bid.price)
  const lines: [string, string | number | undefined][] = [
    [t('room.receipt.text.inquiry'), `${inquiry.title} (${inquiry.id})`],
    [t('room.receipt.text.lot'), `${lot.public?.title ?? ''} (${lot.lot})`],
    [t('room.receipt.text.alias'), lot.own?.alias],
    [t('room.receipt.number'), receipt?.seq],
    [t('room.receipt.text.outcome'), outcomeSaid(bid, t)],
    [t('room.receipt.price'), price === undefined ? undefined : `¥${money.shown(price)}`],
    [t('room.receipt.text.spoken'), price === undefined ? undefined : money.spoken(price)],
    [t(bid.state === 'accepted' ? 'room.receipt.at' : 'room.receipt.decidedAt'), receipt && momentOf(receipt.at)],
    [t('room.receipt.text.reason'), bid.voided ?? (problem && `${reasonSaid(bid, t, language)} (${problem.code})`)],
    [t('room.receipt.limit'), problem?.limit === undefined ? undefined : figure(problem.limit)],
    [t('room.receipt.text.key'), bid.key],
  ]
  const told = lines.filter(([, value]) => value !== undefined).map(([name, value]) => `${name}: ${value}`)
  return [t('room.receipt.text.head'), ...told].join('\n')
}

/** "2026-11-22 17:30:05.123 (UTC+8)" */
function momentOf(at: string): string {
  return `${dateTime(at).slice(0, 10)} ${preciseTime(at)} (UTC+8)`
}
