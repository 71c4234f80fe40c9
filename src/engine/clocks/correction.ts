// What an offset says of a clock: a zone that was not written, a year that was not, or a clock that goes wrong.
import { type Clock, DAY, type Duration, HOUR, type Instant, MINUTE } from '../../model/index.ts'

export interface Correction {
  /** What the source's times must be moved by in all. */
  readonly shift: Duration
  /** The clock as it turned out: its zone, and as its offset what neither zone nor year explains. */
  readonly clock: Clock
}

const QUARTER: Duration = 15 * MINUTE
/** Zones that lie off the hour (IANA time zone database 2025a), in minutes. */
const ODD_ZONES = [-570, -210, -150, 210, 270, 330, 345, 390, 525, 570, 630, 765, 825]
/** Every zone of the world: what it is ahead of UTC. */
export const ZONES: readonly Duration[] = [
  ...Array.from({ length: 27 }, (_, at) => (at - 12) * HOUR),
  ...ODD_ZONES.map((minutes) => minutes * MINUTE),
]
const FAR: Duration = 200 * DAY
const FURTHEST_ZONE: Duration = 14 * HOUR

/** @param first when the source begins, as it was read; @param least below which a rest is no skew */
export function correctionOf(
  clock: Clock,
  offset: Duration,
  at: { readonly first: Instant | null; readonly least: Duration },
): Correction {
  const isOpen = clock.quality !== 'exact' && clock.zone === null
  const date = at.first === null ? 0 : dateIn(offset, at.first, clock)
  const zone = isOpen ? zoneIn(offset - date) : 0
  const rest = offset - date - zone
  const skew = Math.abs(rest) > at.least ? rest : 0
  const shift = date + zone + skew
  return { shift, clock: { ...clock, zone: zone === 0 ? clock.zone : zoneName(-zone), offset: clock.offset + skew } }
}

/** What of an offset is a year or date that was not written. */
function dateIn(offset: Duration, first: Instant, { quality }: Clock): Duration {
  if (quality === 'date-inferred') return Math.abs(offset) > FURTHEST_ZONE ? Math.round(offset / DAY) * DAY : 0
  return quality === 'year-inferred' ? yearsIn(offset, first) : 0
}

/** Whole years in an offset, from the day at which the source begins. */
function yearsIn(offset: Duration, first: Instant): Duration {
  if (Math.abs(offset) < FAR) return 0
  return inYears(first, Math.round(offset / (365.2425 * DAY))) - first
}

/** The same day and time some years later. */
export function inYears(time: Instant, years: number): Instant {
  const date = new Date(Math.floor(time / 1000))
  const midnight = Date.UTC(date.getUTCFullYear() + years, date.getUTCMonth(), date.getUTCDate()) * 1000
  return midnight + (((time % DAY) + DAY) % DAY)
}

/** The zone an offset stands for, as what has to be added; 0 where it is none. */
function zoneIn(offset: Duration): Duration {
  const zone = Math.round(offset / QUARTER) * QUARTER
  return Math.abs(offset - zone) <= MINUTE && ZONES.includes(-zone) ? zone : 0
}

/** `+05:30`. */
export function zoneName(zone: Duration): string {
  const minutes = Math.abs(zone) / MINUTE
  const digits = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':')
  return `${zone < 0 ? '-' : '+'}${digits}`
}
