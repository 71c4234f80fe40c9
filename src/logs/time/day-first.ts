// Times that begin with a day, a month or a short year as a number, and compact dates.
import { monthNumber } from './month-name.ts'
import { fractionMicros, isWall, NO_YEAR, type Stamp, type WallTime, wallMicros } from './stamp.ts'
import { readZone } from './zones.ts'

const CLOCK = '(\\d{1,2}):(\\d\\d):(\\d\\d)(?:(?:[.,]|:(?=\\d{3}(?!\\d)))(\\d{1,9}))?( ?[AaPp][Mm])?'

interface Style {
  readonly pattern: RegExp
  /** Year, month and day out of the first groups; null where they cannot be a date. */
  readonly date: (groups: readonly string[]) => readonly [number, number, number] | null
}

const short = (year: string | undefined): number => 2000 + Number(year)

/** `17/06/09` (year first) or `01/25/22` (month first): what can be told from the numbers, else month first. */
function shortDate(groups: readonly string[]): readonly [number, number, number] {
  const [a, b, c] = [Number(groups[0]), Number(groups[1]), Number(groups[2])]
  if (a > 12 && b <= 12 && c <= 31) return groups[1]?.length === 1 ? [2000 + c, b, a] : [2000 + a, b, c]
  return [2000 + c, a, b]
}

function longDate(groups: readonly string[]): readonly [number, number, number] {
  const [a, b] = [Number(groups[0]), Number(groups[1])]
  return a > 12 ? [Number(groups[2]), b, a] : [Number(groups[2]), a, b]
}

function namedDate(groups: readonly string[]): readonly [number, number, number] | null {
  const month = monthNumber(groups[1] ?? '')
  return month === 0 ? null : [Number(groups[2]), month, Number(groups[0])]
}

const STYLES: readonly Style[] = [
  { pattern: new RegExp(`(\\d{1,2})[/ -]?([A-Z][A-Za-z]{2,8})[/ -]?(\\d{4})[: ]{1,2}${CLOCK}`, 'y'), date: namedDate },
  {
    pattern: /(\d{1,2})[ -]([A-Z][a-z]{2}) (\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?| )()/y,
    date: (groups) => namedDate([groups[0] ?? '', groups[1] ?? '', String(NO_YEAR)]),
  },
  { pattern: new RegExp(`(\\d{1,2})/(\\d{1,2})/(\\d{4})[,:T -]{1,4}${CLOCK}`, 'y'), date: longDate },
  { pattern: new RegExp(`(\\d{1,2})/(\\d{1,2})/(\\d\\d)[,: -]{1,2}${CLOCK}`, 'y'), date: shortDate },
  {
    pattern: /(\d\d)(\d\d)(\d\d) {1,2}(\d{1,2}):(\d\d):(\d\d)(?:[.,](\d{1,9}))?()/y,
    date: ([a, b, c]) => [short(a), Number(b), Number(c)],
  },
  {
    pattern: /(\d\d)(\d\d)(\d\d) (\d\d)(\d\d)(\d\d)()()(?!\d)/y,
    date: ([a, b, c]) => [short(a), Number(b), Number(c)],
  },
  {
    pattern: /((?:19|20)\d\d)(\d\d)(\d\d)[-.:T ]?(\d\d):?(\d\d):?(\d\d)(?:[.,:](\d{1,9}))?()(?!\d|:\d)/y,
    date: ([a, b, c]) => [Number(a), Number(b), Number(c)],
  },
  {
    pattern: new RegExp(`(\\d{1,2})[.-](\\d{1,2})[.-]((?:19|20)\\d\\d),? ${CLOCK}`, 'y'),
    date: ([a, b, c]) => (Number(b) > 12 ? [Number(c), Number(a), Number(b)] : [Number(c), Number(b), Number(a)]),
  },
  {
    pattern: new RegExp(`((?:19|20)\\d\\d)年(\\d{1,2})月(\\d{1,2})日,? ?${CLOCK}`, 'y'),
    date: ([a, b, c]) => [Number(a), Number(b), Number(c)],
  },
  {
    pattern: new RegExp(`(\\d\\d)[-./](\\d\\d)[ -]${CLOCK}`, 'y'),
    date: ([a, b]) => [NO_YEAR, Number(a), Number(b)],
  },
  {
    pattern: new RegExp(`((?:19|20)\\d\\d) ([A-Z][a-z]{2}) +(\\d{1,2}) ${CLOCK}`, 'y'),
    date: ([a, b, c]) => namedDate([c ?? '', b ?? '', a ?? '']),
  },
]

/** Reads the styles of `STYLES`: CLF, Redis, Tomcat, Spark, MySQL, HDFS, Android, en-US dates. */
export function readDayFirst(text: string, at: number): Stamp | null {
  for (const style of STYLES) {
    style.pattern.lastIndex = at
    const found = style.pattern.exec(text)
    if (found !== null) {
      const stamp = toStamp(style, text, found, style.pattern.lastIndex)
      if (stamp !== null) return stamp
    }
  }
  return null
}

function toStamp(style: Style, text: string, found: RegExpExecArray, end: number): Stamp | null {
  const groups = found.slice(1)
  const date = style.date(groups)
  if (date === null) return null
  const [half = '', fraction = '', second = '0', minute, hour] = groups.slice(-5).reverse()
  const noon = /p/i.test(half) ? 12 : 0
  const wall: WallTime = {
    year: date[0],
    month: date[1],
    day: date[2],
    hour: half === '' ? Number(hour) : (Number(hour) % 12) + noon,
    minute: Number(minute),
    second: Number(second),
    micros: fractionMicros(fraction),
  }
  if (!isWall(wall)) return null
  const zone = readZone(text, end)
  const at = wallMicros(wall) - (zone?.offset ?? 0) * 60_000_000
  const seconds = end - half.length - (fraction === '' ? 0 : fraction.length + 1)
  const lacks = wall.year === NO_YEAR ? 'year' : 'nothing'
  const offset = zone?.offset ?? null
  return { at, lacks, zoned: zone !== null, offset, uptime: false, start: found.index, seconds, end: zone?.end ?? end }
}
