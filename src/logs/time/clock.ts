// Makes instants of stamps: supplies the zone, the year, the date or the start of an uptime clock, and remembers what it assumed.
import { type Clock, DAY, type Duration, HOUR, type Instant, SECOND, type TimeQuality } from '../../model/index.ts'
import { NO_YEAR, type Stamp } from './stamp.ts'
import { type ZoneRule, zoneRule } from './zones.ts'

export interface ClockHints {
  /** Zone of times that state none; null: UTC. */
  readonly zone: string | null
  /** Year of the first time that states none. */
  readonly year: number | null
  /** Times of the same source that state a year, in order; the first is what counts. */
  readonly stated: Instant | null
  /** Last change of the file. */
  readonly modified: Instant | null
}

export interface Timed {
  readonly time: Instant | null
  readonly quality: TimeQuality
}

/** What a clock came to that began in the middle of a source: what it counted, where it ended, and what it took for granted. */
export interface ClockPart {
  readonly counts: Readonly<Record<TimeQuality, number>>
  readonly offset: number | null | undefined
  readonly year: number | null
  readonly month: number
  readonly lastFull: Instant | null
  /** The last time that was given a year; 0 where none was. */
  readonly inferred: Instant
  /** Year and month that its first time without a year was given. */
  readonly begins: { readonly year: number; readonly month: number } | null
  /** First and last instant at which uptime clocks started, as its times told. */
  readonly started: { readonly first: Instant; readonly last: Instant } | null
  /** Some times meant nothing but what came before them. */
  readonly leans: boolean
}

/** The day without a year that was read last. */
interface Day {
  readonly number: number
  readonly month: number
  readonly date: number
  /** The year it was last put into, and where it starts there. */
  year: number
  start: number
}

/** An archive that keeps no times gives 1970 or 1980. */
const FIRST_YEAR = 1990
/** Two clocks of one run never differ by more. */
const RESTART: Duration = 5 * SECOND
const QUALITIES: readonly TimeQuality[] = [
  'exact',
  'zone-assumed',
  'year-inferred',
  'date-inferred',
  'inherited',
  'none',
]
/** Of what carries no time and follows nothing that does. */
export const NO_TIME: Timed = { time: null, quality: 'none' }
const yearStart = (year: number): number => Date.UTC(year, 0, 1) * 1000

export class SourceClock {
  readonly #hints: ClockHints
  readonly #rule: ZoneRule | null
  #year: number | null = null
  #month = 0
  #lastFull: Instant | null = null
  /** The last time that was given a year. */
  #inferred: Instant = 0
  /** No line has told a date yet: that of the file is taken. */
  #isUndated = true
  #start: number | null = null
  #counts = { exact: 0, 'zone-assumed': 0, 'year-inferred': 0, 'date-inferred': 0, inherited: 0, none: 0 }
  #offset: number | null | undefined
  #begins: ClockPart['begins'] = null
  #leans = false
  #started: ClockPart['started'] = null
  #day: Day | null = null

  constructor(hints: ClockHints) {
    this.#hints = hints
    this.#rule = hints.zone === null ? null : zoneRule(hints.zone)
  }

  /** Ties an uptime clock to the calendar: `uptime` was at `time`. Another start is another run; less is jitter. */
  anchor(uptime: Duration, time: Instant): void {
    const start = time - uptime
    const { first, last } = this.#started ?? { first: start, last: start }
    if (this.#started === null || start < first || start > last)
      this.#started = { first: Math.min(first, start), last: Math.max(last, start) }
    if (!this.#isSameRun(start)) this.#start = start
  }

  /** The same as its head tells it. */
  begin(uptime: Duration, time: Instant): void {
    this.#start = time - uptime
  }

  #isSameRun(start: Instant): boolean {
    return this.#start !== null && Math.abs(start - this.#start) <= RESTART
  }

  resolve(stamp: Stamp | null): Timed {
    const timed = stamp === null ? NO_TIME : this.#place(stamp)
    if (stamp?.zoned === true && !stamp.uptime) this.#offset = this.#sameOffset(stamp.offset)
    return timed
  }

  /** Counts records by how well their time is known. */
  count(quality: TimeQuality, records: number): void {
    this.#counts[quality] += records
  }

  #sameOffset(offset: number | null): number | null {
    return this.#offset === undefined || this.#offset === offset ? offset : 0
  }

  part(): ClockPart {
    const [counts, offset, year, month] = [this.#counts, this.#offset, this.#year, this.#month]
    const [lastFull, inferred, begins] = [this.#lastFull, this.#inferred, this.#begins]
    return { counts, offset, year, month, lastFull, inferred, begins, started: this.#started, leans: this.#leans }
  }

  /** Whether this clock would have read the part's times as the part's own did. */
  leadsTo({ begins, started, leans }: ClockPart): boolean {
    if (leans) return false
    if (started !== null && !(this.#isSameRun(started.first) && this.#isSameRun(started.last))) return false
    if (begins === null || this.#year === null) return true
    return begins.year === this.#year && begins.month >= this.#month && begins.month - this.#month < 6
  }

  /** Goes on from where the part ended. */
  absorb(part: ClockPart): void {
    for (const quality of QUALITIES) this.#counts[quality] += part.counts[quality]
    if (part.offset !== undefined) this.#offset = this.#sameOffset(part.offset)
    if (part.year !== null) [this.#year, this.#month] = [part.year, part.month]
    this.#lastFull = part.lastFull ?? this.#lastFull
    this.#inferred = part.inferred || this.#inferred
    this.#isUndated &&= part.lastFull === null
  }

  #place(stamp: Stamp): Timed {
    this.#leans ||= stamp.uptime || stamp.lacks === 'date'
    if (stamp.uptime) return this.#start === null ? NO_TIME : { time: this.#start + stamp.at, quality: 'exact' }
    if (stamp.lacks === 'nothing') return this.#full(stamp)
    return stamp.lacks === 'year' ? this.#withYear(stamp) : this.#withDate(stamp)
  }

  #full(stamp: Stamp): Timed {
    this.#lastFull = stamp.at
    this.#isUndated = false
    if (stamp.zoned) return { time: stamp.at, quality: 'exact' }
    return { time: this.#toUtc(stamp.at), quality: 'zone-assumed' }
  }

  #toUtc(wall: number): Instant {
    return this.#rule === null ? wall : wall - this.#rule(wall) * 60_000_000
  }

  /**
   * The first time without a year takes it from the hints; later ones go on from there, December to January being a new year,
   * but for logs put behind one another: none of their lines was written after the file.
   */
  #withYear(stamp: Stamp): Timed {
    const { month } = this.#dayOf(stamp.at)
    this.#year ??= this.#firstYear(stamp.at - yearStart(NO_YEAR))
    if (this.#year === null) {
      this.#leans = true
      return NO_TIME
    }
    this.#begins ??= { year: this.#year, month }
    let year = this.#year
    if (this.#month - month >= 6 && this.#isWritten(this.#inYear(stamp.at, year + 1))) this.#year = ++year
    else if (month - this.#month >= 6 && this.#month === 1) year--
    if (year === this.#year) this.#month = month
    this.#isUndated = false
    const wall = this.#inYear(stamp.at, year)
    const time = stamp.zoned ? wall : this.#toUtc(wall)
    this.#lastFull = this.#inferred = wall
    return { time, quality: 'year-inferred' }
  }

  /** Whether a line of that time may be in the file: what came before it may lie beyond the last change as well. */
  #isWritten(wall: number): boolean {
    const { year, modified } = this.#hints
    if (year !== null || modified === null || modified < yearStart(FIRST_YEAR)) return true
    const latest = modified + DAY + HOUR
    const isWritten = wall <= latest || this.#inferred > latest
    this.#leans ||= !isWritten
    return isWritten
  }

  /** Month of a time, the same for all times of its day. */
  #dayOf(at: number): Day {
    const number = Math.floor(at / DAY)
    if (this.#day?.number !== number) {
      const date = new Date(Math.floor(at / 1000))
      this.#day = { number, month: date.getUTCMonth() + 1, date: date.getUTCDate(), year: 0, start: 0 }
    }
    return this.#day
  }

  /** The same month, day and time of another year; 29 February becomes 1 March where that year has none. */
  #inYear(at: number, year: number): number {
    const day = this.#dayOf(at)
    if (day.year !== year) [day.year, day.start] = [year, Date.UTC(year, day.month - 1, day.date) * 1000]
    return day.start + at - day.number * DAY
  }

  #firstYear(withinYear: number): number | null {
    const { year, stated, modified } = this.#hints
    if (year !== null) return year
    const near = stated ?? modified
    if (near === null) return null
    const latest = new Date(Math.floor(near / 1000)).getUTCFullYear()
    if (stated !== null) return nearestYear(near, withinYear, latest)
    return yearStart(latest) + withinYear > near + DAY + HOUR ? latest - 1 : latest
  }

  /** A time of day alone goes on from the last whole time, and over midnight. */
  #withDate(stamp: Stamp): Timed {
    const near = this.#lastFull ?? this.#hints.stated ?? this.#hints.modified
    if (near === null) return NO_TIME
    const midnight = Math.floor(near / DAY) * DAY
    let wall = midnight + stamp.at
    if (this.#lastFull !== null && this.#lastFull - wall > DAY / 2) wall += DAY
    this.#lastFull = wall
    return {
      time: stamp.zoned ? wall : this.#toUtc(wall),
      quality: this.#isUndated && this.#hints.stated === null ? 'date-inferred' : 'year-inferred',
    }
  }

  /** What was assumed for the source as a whole: the worst that is not rare. */
  summary(): Clock {
    const { exact } = this.#counts
    const none = this.#counts.none + this.#counts.inherited
    const assumed = this.#counts['zone-assumed']
    const inferred = this.#counts['year-inferred']
    const dated = this.#counts['date-inferred']
    const total = exact + assumed + inferred + dated
    if (total === 0) return { zone: null, quality: 'none', offset: 0 }
    const zone = exact * 2 > total + none ? zoneName(this.#offset ?? 0) : (this.#hints.zone ?? null)
    if (dated * 2 > total) return { zone, quality: 'date-inferred', offset: 0 }
    if (inferred * 2 > total) return { zone, quality: 'year-inferred', offset: 0 }
    return { zone, quality: assumed * 2 > total ? 'zone-assumed' : 'exact', offset: 0 }
  }
}

function nearestYear(near: Instant, withinYear: number, year: number): number {
  let best = year
  for (const one of [year - 1, year + 1]) {
    if (Math.abs(yearStart(one) + withinYear - near) < Math.abs(yearStart(best) + withinYear - near)) best = one
  }
  return best
}

function zoneName(minutes: number): string {
  if (minutes === 0) return 'UTC'
  const size = Math.abs(minutes)
  const digits = `${String(Math.floor(size / 60)).padStart(2, '0')}:${String(size % 60).padStart(2, '0')}`
  return `${minutes < 0 ? '-' : '+'}${digits}`
}
