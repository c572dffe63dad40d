// The stage a lot is in, in words; and the level that comes after the one asked.
import { money, type Format, type Money, type Stage } from '../ebb'

export type Say = (key: string, named: Record<string, unknown>) => string
export interface Staged {
  format: Format
  stage?: Stage | undefined
  rounds?: number | undefined
  level_step?: Money | undefined
  last_level?: Money | undefined
}

/** Undefined where there is only one stage. `alias`: whose eyes. */
export function stageSaid(lot: Staged, t: Say, alias?: string): string | undefined {
  const { stage } = lot
  if (!stage) return undefined
  const rounds = lot.rounds ?? 1
  const named = {
    round: stage.round,
    rounds,
    turn: stage.turn ?? '',
    alias: stage.alias ?? '',
    price: stage.level === undefined ? '' : money.shown(stage.level),
  }
  const say = (key: string): string => t(`words.stage.${key}`, named)
  switch (stage.kind) {
    case 'bidding':
      if (lot.format === 'rounds') return say('first')
      return rounds > 1 ? say('round') : undefined
    case 'break':
      return say(lot.format === 'dutch' ? 'breakPhase' : 'break')
    case 'turn':
      return say(stage.alias === alias ? 'turnOwn' : 'turn')
    case 'best_bid':
      return say(stage.alias === alias ? 'bestOwn' : 'best_bid')
    case 'sealed_bids':
      return say(stage.level === undefined ? 'sealedBids' : 'sealed_bids')
    default:
      return say(stage.kind)
  }
}

/** Undefined: the level asked is the last, or the lot has none. */
export function nextLevel(lot: Staged): Money | undefined {
  const { stage, level_step, last_level } = lot
  if (stage?.level === undefined || level_step === undefined || last_level === undefined) return undefined
  const [now, step, last] = [money.fen(stage.level), money.fen(level_step), money.fen(last_level)]
  if (lot.format === 'dutch') {
    if (now >= last) return undefined
    return money.wire(now + step < last ? now + step : last)
  }
  return now - step < last || step === 0n ? undefined : money.wire(now - step)
}
