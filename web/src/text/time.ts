// Moments for people: Asia/Shanghai whatever the machine's zone, 24 hours, the Chinese order of a date in both languages.
const parts = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})

function split(at: string | number): Record<string, string> {
  const moment = typeof at === 'string' ? Date.parse(at) : at
  return Object.fromEntries(parts.formatToParts(moment).map((part) => [part.type, part.value]))
}

/** "2026-11-22 17:30:00" */
export function dateTime(at: string | number): string {
  const { year, month, day, hour, minute, second } = split(at)
  return `${year}-${month}-${day} ${hour}:${minute}:${second}`
}
/** "11-22 17:30" */
export function shortDateTime(at: string | number): string {
  const { month, day, hour, minute } = split(at)
  return `${month}-${day} ${hour}:${minute}`
}
/** "17:30:05" */
export function time(at: string | number): string {
  const { hour, minute, second } = split(at)
  return `${hour}:${minute}:${second}`
}
/** "17:30:05.123": where the order of bids is the matter. */
export function preciseTime(at: string | number): string {
  const moment = typeof at === 'string' ? Date.parse(at) : at
  const ms = ((Math.floor(moment) % 1000) + 1000) % 1000
  return `${time(moment)}.${String(ms).padStart(3, '0')}`
}
/** A countdown: "04:32", "1:04:32", "2 天 03:04:05" as [days, clock]. Rounded up: zero is shown only when it is over. */
export function span(ms: number): { days: number; clock: string } {
  const all = Math.max(0, Math.ceil(ms / 1000))
  const days = Math.floor(all / 86_400)
  const [h, m, s] = [Math.floor(all / 3600) % 24, Math.floor(all / 60) % 60, all % 60]
  const two = (n: number): string => String(n).padStart(2, '0')
  return { days, clock: h > 0 || days > 0 ? `${two(h)}:${two(m)}:${two(s)}` : `${two(m)}:${two(s)}` }
}
