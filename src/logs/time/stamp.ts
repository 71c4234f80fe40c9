// What a time written in a log says: a reading of a clock, and what it leaves unsaid.

/** Microseconds; an `Instant` only once a `Clock` has supplied what is missing. */
export interface Stamp {
  /** Wall time as if it were UTC, less the zone's offset where it is stated; year 1972 without a year, 1970-01-01 without a date. */
  readonly at: number
  readonly lacks: 'nothing' | 'year' | 'date'
  /** The text states the zone, or the number needs none (an epoch). */
  readonly zoned: boolean
  /** The zone in minutes east of UTC where the text states one. */
  readonly offset: number | null
  /** Seconds since some start that the line does not name. */
  readonly uptime: boolean
  /** Index in the text of the first sign. */
  readonly start: number
  /** Index behind the whole seconds: text up to here is equal as long as the second is. */
  readonly seconds: number
  /** Index behind the whole stamp, its zone included. */
  readonly end: number
}

export interface WallTime {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly micros: number
}

/** Leap year that stands in where no year is written, so that 29 February has its place. */
export const NO_YEAR = 1972

let cachedDate = -1
let cachedDays = 0

/** Microseconds of a wall time as if it were UTC. Second 60 runs into the next minute. */
export function wallMicros(wall: WallTime): number {
  const date = wall.year * 400 + wall.month * 32 + wall.day
  if (date !== cachedDate) {
    cachedDays = Date.UTC(2000 + ((wall.year - 2000) % 400), wall.month - 1, wall.day) / 86_400_000
    cachedDays += Math.trunc((wall.year - 2000) / 400) * 146_097
    cachedDate = date
  }
  const seconds = ((cachedDays * 24 + wall.hour) * 60 + wall.minute) * 60 + wall.second
  return seconds * 1_000_000 + wall.micros
}

export function isWall(wall: WallTime): boolean {
  return (
    wall.month >= 1 &&
    wall.month <= 12 &&
    wall.day >= 1 &&
    wall.day <= 31 &&
    wall.hour <= 24 &&
    wall.minute <= 59 &&
    wall.second <= 99
  )
}

/** `.123`, `,123456`, `.123456789` as microseconds: digits only, cut after the sixth. */
export function fractionMicros(digits: string): number {
  return digits === '' ? 0 : Number(digits.slice(0, 6).padEnd(6, '0'))
}
