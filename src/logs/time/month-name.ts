// Times with the month or weekday as a word: syslog, ctime, date(1), RFC 1123, java.util.logging.
import { fractionMicros, isWall, NO_YEAR, type Stamp, wallMicros } from './stamp.ts'
import { readYearFirst } from './year-first.ts'
import { readZone } from './zones.ts'

/** English, with the words of other languages that differ in their first three letters. */
// biome-ignore format: a table
const MONTHS: Readonly<Record<string, number>> = {
  jan: 1, ene: 1, gen: 1, feb: 2, fev: 2, fév: 2, mar: 3, mär: 3, mrz: 3, mrt: 3, apr: 4, avr: 4, abr: 4, may: 5, mai: 5, mag: 5, mei: 5, maj: 5,
  jun: 6, jui: 6, giu: 6, jul: 7, lug: 7, aug: 8, aoû: 8, aou: 8, aot: 8, ago: 8, sep: 9, set: 9, oct: 10, okt: 10, ott: 10, out: 10,
  nov: 11, dec: 12, dez: 12, déc: 12, dic: 12,
}

/** Number of the month a word begins with, 1 to 12; 0 where it is none. */
export function monthNumber(word: string): number {
  const lower = word.toLowerCase()
  return lower.startsWith('juil') ? 7 : (MONTHS[lower.slice(0, 3)] ?? 0)
}

const SHORT_MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec'
const [BLANK, COLON] = [32, 58]
const DAY_OF_WEEK = /(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? +/y
const MONTH_DAY =
  /([A-Za-zéûä]{3,9})(?:\.? +|[-/])(\d{1,2})(?:,? +|\/)(?:(\d{4}),? +)?(?:(?:at|@) )?(\d{1,2}):(\d\d):(\d\d)(?:[.,](\d{1,9}))?( ?[AaPp][Mm])?/y
const DAY_MONTH =
  /(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{4}|\d\d) +(\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?( ?[AaPp][Mm]\b)?/y
const YEAR_BEHIND = / ((?:19|20)\d\d)(?![\d.-]|:\S)/y
/** A zone that a program's or a machine's name follows. */
const ZONE_BEHIND = / [A-Z]{3,4} \S/y

interface Found {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly micros: number
  readonly seconds: number
  readonly end: number
}

/** `Nov 20 22:35:19`, `Nov 10, 2015 8:52:38 AM`, `Mon Dec 26 16:22:08.103 2016`, `Wed May 19 12:00:02 UTC 2021`, `Thu, 14 Oct 2021 15:24:12 UTC`, `Fri 2026-11-20 22:46:02 UTC`. */
export function readMonthName(text: string, at: number): Stamp | null {
  const plain = syslogTime(text, at)
  if (plain !== null) return isWall(plain) ? finish(text, at, plain, false) : null
  DAY_OF_WEEK.lastIndex = at
  const named = DAY_OF_WEEK.test(text)
  const from = named ? DAY_OF_WEEK.lastIndex : at
  const iso = named ? readYearFirst(text, from) : null
  if (iso !== null) return { ...iso, start: at }
  const found = monthDay(text, from) ?? (named ? dayMonth(text, from) : null)
  if (found === null || !isWall(found)) return null
  return finish(text, at, found, named)
}

/** `Nov  1 00:00:00` and no more, sign by sign: what the pattern would find, at a fraction of its price. */
function syslogTime(text: string, from: number): Found | null {
  const end = from + 15
  if (text.charCodeAt(from + 3) !== BLANK || text.charCodeAt(from + 6) !== BLANK) return null
  if (text.charCodeAt(from + 9) !== COLON || text.charCodeAt(from + 12) !== COLON) return null
  const month = SHORT_MONTHS.indexOf(text.slice(from, from + 3)) / 3 + 1
  const day = text.charCodeAt(from + 4) === BLANK ? digits(text, from + 5, 1) : digits(text, from + 4, 2)
  const hour = digits(text, from + 7, 2)
  const minute = digits(text, from + 10, 2)
  const second = digits(text, from + 13, 2)
  if (!Number.isInteger(month) || !(day >= 0 && hour >= 0 && minute >= 0 && second >= 0)) return null
  const behind = text.charCodeAt(end)
  const isLonger = behind === 44 || behind === 46 || (behind === BLANK && text.charCodeAt(end + 2) === 77)
  return isLonger ? null : { year: 0, month, day, hour, minute, second, micros: 0, seconds: end, end }
}

/** The number that so many digits write; NaN where they are none. */
function digits(text: string, from: number, count: number): number {
  let value = 0
  for (let at = from; at < from + count; at++) {
    const digit = text.charCodeAt(at) - 48
    if (!(digit >= 0 && digit <= 9)) return Number.NaN
    value = value * 10 + digit
  }
  return value
}

function monthDay(text: string, from: number): Found | null {
  MONTH_DAY.lastIndex = from
  const found = MONTH_DAY.exec(text)
  const month = found === null ? 0 : monthNumber(found[1] ?? '')
  if (found === null || month === 0) return null
  const noon = /p/i.test(found[8] ?? '') ? 12 : 0
  const hour = found[8] === undefined ? Number(found[4]) : (Number(found[4]) % 12) + noon
  const end = MONTH_DAY.lastIndex
  const fraction = found[7] ?? ''
  const seconds = end - (found[8]?.length ?? 0) - (fraction === '' ? 0 : fraction.length + 1)
  const rest = { minute: Number(found[5]), second: Number(found[6]), micros: fractionMicros(fraction), seconds, end }
  return { year: Number(found[3] ?? 0), month, day: Number(found[2]), hour, ...rest }
}

function dayMonth(text: string, from: number): Found | null {
  DAY_MONTH.lastIndex = from
  const found = DAY_MONTH.exec(text)
  const month = found === null ? 0 : monthNumber(found[2] ?? '')
  if (found === null || month === 0) return null
  const end = DAY_MONTH.lastIndex
  const fraction = found[7] ?? ''
  const half = found[8] ?? ''
  const seconds = end - half.length - (fraction === '' ? 0 : fraction.length + 1)
  const hour = half === '' ? Number(found[4]) : (Number(found[4]) % 12) + (/p/i.test(half) ? 12 : 0)
  const clock = { hour, minute: Number(found[5]), second: Number(found[6]) }
  return {
    year: Number(found[3]) + (found[3]?.length === 2 ? 2000 : 0),
    month,
    day: Number(found[1]),
    ...clock,
    micros: fractionMicros(fraction),
    seconds,
    end,
  }
}

/** The year may stand behind the time, with the zone between them. */
function finish(text: string, start: number, found: Found, named: boolean): Stamp {
  let end = found.end
  let year = found.year
  ZONE_BEHIND.lastIndex = end
  let zone = year > 0 || named || ZONE_BEHIND.test(text) ? readZone(text, end) : null
  if (zone !== null) end = zone.end
  YEAR_BEHIND.lastIndex = end
  const behind = year === 0 ? YEAR_BEHIND.exec(text) : null
  if (behind !== null) {
    year = Number(behind[1])
    end = YEAR_BEHIND.lastIndex
    zone ??= readZone(text, end)
    end = Math.max(end, zone?.end ?? 0)
  }
  const at = wallMicros({ ...found, year: year || NO_YEAR }) - (zone?.offset ?? 0) * 60_000_000
  const offset = zone?.offset ?? null
  const seconds = behind === null ? found.seconds : end
  return { at, lacks: year > 0 ? 'nothing' : 'year', zoned: zone !== null, offset, uptime: false, start, seconds, end }
}
