// The bundle's own clock: the zone most of its records were written in, and a time as that clock showed it.
import { type Analysis, formatInstant, type Instant, MILLISECOND, MINUTE } from '../model/index.ts'

/** The zone of most records that is not UTC; null where every source speaks UTC or says no zone. */
export function bundleZone(analysis: Analysis): string | null {
  const votes = new Map<string, number>()
  for (const { clock, records } of analysis.sources) {
    if (clock.zone !== null) votes.set(clock.zone, (votes.get(clock.zone) ?? 0) + records)
  }
  const [winner] = [...votes].sort(([nameA, a], [nameB, b]) => b - a || (nameA < nameB ? -1 : 1))
  if (winner === undefined || /^(?:UTC|GMT|Z|[+-]00:?00|Etc\/UTC)$/i.test(winner[0])) return null
  return winner[0]
}

/** `2025-03-01 18:00:03 +08:00`; null where the zone is not one that can be computed with. */
export function formatInZone(at: Instant, zone: string): string | null {
  const offset = /^([+-])(\d{2}):?(\d{2})$/.exec(zone)
  if (offset === null) return formatInNamedZone(at, zone)
  const [, sign, hours, minutes] = offset
  const shift = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * MINUTE
  const text = formatInstant(at + shift)
  return text === null ? null : `${text.slice(0, 19).replace('T', ' ')} ${zone}`
}

function formatInNamedZone(at: Instant, zone: string): string | null {
  try {
    // Sweden writes dates as ISO 8601 does; the locale is fixed, so the machine's own plays no part.
    const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
    return `${clock.format(at / MILLISECOND)} ${zone}`
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}
