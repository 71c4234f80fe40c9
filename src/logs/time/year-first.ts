// Times that begin with a year of four digits, and time of day alone: the styles of most application logs.
import { fractionMicros, isWall, type Stamp, wallMicros } from './stamp.ts'
import { readZone } from './zones.ts'

const SEPARATORS = 'Tt _-:'

/** Two digits at `at`, or NaN. */
function two(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48
  const ones = text.charCodeAt(at + 1) - 48
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN
}

/** `2026-11-20T22:35:19.868Z`, `2026/11/20 22:35:19`, `2021-11-09  5:13:11`, `2005-06-03-15.42.50.363779`, `22:35:19.868`. */
export function readYearFirst(text: string, at: number): Stamp | null {
  const colon = text.charCodeAt(at + 2) === 58
  if (colon) return readTimeOfDay(text, at)
  const year = two(text, at) * 100 + two(text, at + 2)
  const dash = text.charCodeAt(at + 4)
  if (!(year >= 1970 && year < 2200) || (dash !== 45 && dash !== 47 && dash !== 46)) return null
  if (text.charCodeAt(at + 7) !== dash || !SEPARATORS.includes(text.charAt(at + 10) || '?')) return null
  const month = two(text, at + 5)
  const day = two(text, at + 8)
  const clock = readClock(text, at + 11 + (text.charCodeAt(at + 11) === 32 ? 1 : 0))
  if (clock === null || Number.isNaN(month + day)) return null
  const wall = { year, month, day, ...clock }
  return isWall(wall) ? finish(text, at, clock, wallMicros(wall)) : null
}

interface ClockText {
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly micros: number
  readonly seconds: number
  readonly end: number
}

/** `22:35:19`, `5:13:11`, `15.42.50`, each with a fraction behind `.`, `,` or (three digits) `:`. */
function readClock(text: string, at: number): ClockText | null {
  const short = text.charCodeAt(at + 1) === 58
  const hour = short ? text.charCodeAt(at) - 48 : two(text, at)
  const from = short ? at + 1 : at + 2
  const mark = text.charCodeAt(from)
  if (mark !== 58 && mark !== 46) return null
  const minute = two(text, from + 1)
  const second = text.charCodeAt(from + 3) === mark ? two(text, from + 4) : Number.NaN
  if (!(hour >= 0 && hour <= 24) || Number.isNaN(minute + second)) return null
  const seconds = from + 6
  const point = text.charCodeAt(seconds)
  if (point !== 46 && point !== 44 && point !== 58) return { hour, minute, second, micros: 0, seconds, end: seconds }
  let end = seconds + 1
  while (end < seconds + 10 && text.charCodeAt(end) >= 48 && text.charCodeAt(end) <= 57) end++
  const isFraction = end > seconds + 1 && (point !== 58 || (end === seconds + 4 && mark === 58))
  const micros = isFraction ? fractionMicros(text.slice(seconds + 1, end)) : 0
  return { hour, minute, second, micros, seconds, end: isFraction ? end : seconds }
}

function finish(text: string, start: number, clock: ClockText, wall: number): Stamp {
  const zone = readZone(text, clock.end)
  const offset = zone === null ? null : zone.offset
  const at = wall - (offset ?? 0) * 60_000_000
  const end = zone === null ? clock.end : zone.end
  return { at, lacks: 'nothing', zoned: zone !== null, offset, uptime: false, start, seconds: clock.seconds, end }
}

function readTimeOfDay(text: string, start: number): Stamp | null {
  const clock = readClock(text, start)
  if (clock === null || clock.minute > 59 || clock.second > 60) return null
  const next = text.charCodeAt(clock.end)
  if (next === 58 || (next >= 48 && next <= 57)) return null
  const at = wallMicros({ year: 1970, month: 1, day: 1, ...clock })
  return { at, lacks: 'date', zoned: false, offset: null, uptime: false, start, seconds: clock.seconds, end: clock.end }
}
