// Times that begin with a year of four digits, and time of day alone: the styles of most application logs.
import { fractionMicros, isWall, type Stamp, wallMicros } from './stamp.ts'
import { readZone } from './zones.ts'

const SEPARATORS = 'Tt _-:,]\t'
/** `, ` of Airflow and `][` of Rust's fern part date and time by two signs, as two blanks do. */
const SECOND_SEPARATORS: ReadonlySet<number> = new Set([32, 91])

/** `-`, `/`, `.`, `_`, `:` */
const DASHES: ReadonlySet<number> = new Set([45, 47, 46, 95, 58])

/** Two digits at `at`, or NaN. */
function two(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48
  const ones = text.charCodeAt(at + 1) - 48
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN
}

/** `2026-11-20T22:35:19.868Z`, `2026/11/20 22:35:19`, `2021-11-09  5:13:11`, `2005-06-03-15.42.50.363779`, `2026:11:20-22:35:19`, `22:35:19.868`. */
export function readYearFirst(text: string, at: number): Stamp | null {
  const colon = text.charCodeAt(at + 2) === 58 || (text.charCodeAt(at + 1) === 58 && text.charCodeAt(at + 5) === 77)
  if (colon) return readTimeOfDay(text, at)
  const year = two(text, at) * 100 + two(text, at + 2)
  const dash = text.charCodeAt(at + 4)
  if (!(year >= 1970 && year < 2200) || !DASHES.has(dash)) return null
  if (text.charCodeAt(at + 7) !== dash) return readDayOfYear(text, at, year)
  if (!SEPARATORS.includes(text.charAt(at + 10) || '?')) return null
  const month = two(text, at + 5)
  const day = two(text, at + 8)
  const behind = at + (SECOND_SEPARATORS.has(text.charCodeAt(at + 11)) ? 12 : 11)
  const clock = readClock(text, behind) ?? readMinute(text, behind)
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

/** Some scripts write no seconds: `2026-11-20 22:35 `, `2026-11-20T22:35Z`. */
const MINUTE = /(\d\d):(\d\d)(?=[Z\s\],;|"+-]|$)/y

function readMinute(text: string, start: number): ClockText | null {
  MINUTE.lastIndex = start
  const found = MINUTE.exec(text)
  if (found === null) return null
  const end = MINUTE.lastIndex
  return { hour: Number(found[1]), minute: Number(found[2]), second: 0, micros: 0, seconds: end, end }
}

/** `2026-324T22:35:19`, `2026:324:22:35:19`: the day is counted from the year's first. */
const DAY_OF_YEAR = /\d{4}[-:./](\d{3})[T :_-]/y

function readDayOfYear(text: string, at: number, year: number): Stamp | null {
  DAY_OF_YEAR.lastIndex = at
  const day = Number(DAY_OF_YEAR.exec(text)?.[1] ?? 0)
  const clock = day >= 1 && day <= 366 && year >= 1970 && year < 2200 ? readClock(text, at + 9) : null
  if (clock === null) return null
  const date = new Date(Date.UTC(year, 0, day))
  const wall = { year, month: date.getUTCMonth() + 1, day: date.getUTCDate(), ...clock }
  return isWall(wall) ? finish(text, at, clock, wallMicros(wall)) : null
}

const HALF_DAY = 12 * 3600 * 1_000_000

/** `PM`, `pm`: the letters a blank before them may part from the time. */
const HALF = / ?([AaPp])[Mm](?![A-Za-z])/y

interface Half {
  /** Microseconds to add. */
  readonly add: number
  readonly end: number
}

/** Where the time is of twelve hours: `10:35:19 PM`. */
function halfDay(text: string, clock: ClockText): Half | null {
  const next = text.charCodeAt(clock.end)
  if ((next !== 32 && next !== 65 && next !== 80) || clock.hour > 12) return null
  HALF.lastIndex = clock.end
  const letter = HALF.exec(text)?.[1]
  if (letter === undefined) return null
  const noon = letter === 'P' || letter === 'p' ? HALF_DAY : 0
  return { add: noon - (clock.hour === 12 ? HALF_DAY : 0), end: HALF.lastIndex }
}

function finish(text: string, start: number, clock: ClockText, calendar: number): Stamp {
  const half = halfDay(text, clock)
  const behind = half?.end ?? clock.end
  const wall = calendar + (half?.add ?? 0)
  const zone = readZone(text, behind)
  const offset = zone === null ? null : zone.offset
  const at = wall - (offset ?? 0) * 60_000_000
  const end = zone === null ? behind : zone.end
  return { at, lacks: 'nothing', zoned: zone !== null, offset, uptime: false, start, seconds: clock.seconds, end }
}

/** zerolog's `10:35PM`, to the minute. */
const KITCHEN = /(\d{1,2}):(\d\d)([AP])M(?= )/y

function readKitchen(text: string, start: number): ClockText | null {
  KITCHEN.lastIndex = start
  const found = KITCHEN.exec(text)
  if (found === null) return null
  const hour = (Number(found[1]) % 12) + (found[3] === 'P' ? 12 : 0)
  const end = KITCHEN.lastIndex
  return { hour, minute: Number(found[2]), second: 0, micros: 0, seconds: end, end }
}

/** bunyan's short times: `22:35:19.868Z`. */
const UTC_BEHIND = /^Z(?!\w)/

function readTimeOfDay(text: string, start: number): Stamp | null {
  const clock = readClock(text, start) ?? readKitchen(text, start)
  if (clock === null || clock.minute > 59 || clock.second > 60) return null
  const next = text.charCodeAt(clock.end)
  if (next === 58 || (next >= 48 && next <= 57)) return null
  const half = halfDay(text, clock)
  const at = wallMicros({ year: 1970, month: 1, day: 1, ...clock }) + (half?.add ?? 0)
  const behind = half?.end ?? clock.end
  const zoned = UTC_BEHIND.test(text.slice(behind, behind + 2))
  const end = behind + (zoned ? 1 : 0)
  const offset = zoned ? 0 : null
  return { at, lacks: 'date', zoned, offset, uptime: false, start, seconds: clock.seconds, end }
}
