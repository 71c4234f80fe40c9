// Points and lengths of time: what an instant is, how exact it is, and how it is written.

/** Microseconds since 1970-01-01T00:00:00Z; an integer below 2^53, so exact until the year 2255. */
export type Instant = number

/** A length of time in microseconds. */
export type Duration = number

/** How an event came by its time; from the best to the worst. */
export type TimeQuality = 'exact' | 'zone-assumed' | 'year-inferred' | 'date-inferred' | 'inherited' | 'none'

export const MILLISECOND: Duration = 1000
export const SECOND: Duration = 1_000_000
export const MINUTE: Duration = 60 * SECOND
export const HOUR: Duration = 60 * MINUTE
export const DAY: Duration = 24 * HOUR

/** RFC 3339 in UTC; milliseconds, or microseconds where the instant has them. Null where the calendar ends. */
export function formatInstant(at: Instant | null): string | null {
  if (at === null) return null
  const milliseconds = Math.floor(at / MILLISECOND)
  if (Math.abs(milliseconds) > 8.64e15) return null
  const text = new Date(milliseconds).toISOString()
  const rest = at - milliseconds * MILLISECOND
  return rest === 0 ? text : `${text.slice(0, -1)}${String(rest).padStart(3, '0')}Z`
}

/** A duration as a person says it: `850 ms`, `12.4 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`. */
export function formatDuration(length: Duration): string {
  if (length < SECOND) return `${Math.round(length / MILLISECOND)} ms`
  if (length < MINUTE) return `${Math.round(length / (SECOND / 10)) / 10} s`
  const [large, small, unit, rest] =
    length < HOUR ? [MINUTE, SECOND, 'min', 's'] : length < DAY ? [HOUR, MINUTE, 'h', 'min'] : [DAY, HOUR, 'd', 'h']
  const whole = Math.floor(length / large)
  const remainder = Math.floor((length % large) / small)
  return remainder === 0 ? `${whole} ${unit}` : `${whole} ${unit} ${remainder} ${rest}`
}
