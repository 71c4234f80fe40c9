// Sources that share no event with others: their zone or year is read off the time the rest of the bundle covers.
import type { Duration, Instant } from '../../model/index.ts'
import type { Agreement, Clocked } from './clocked.ts'
import { inYears, zoneName } from './correction.ts'

interface Span {
  readonly first: Instant
  readonly last: Instant
}

/** Years a file may be off, the nearest first. */
const YEARS = [-1, 1, -2, 2, -3, 3]

/** Moves what lies wholly outside the bundle's time where the zone of its neighbours, or another year, puts it within. */
export function byOverlap(clocked: readonly Clocked[], agreed: readonly Agreement[]): Agreement[] {
  const whole = hull(clocked.flatMap((one, at) => (isSure(one, agreed[at]) ? spanOf(one, agreed[at]?.shift ?? 0) : [])))
  const zones = new Set(agreed.flatMap((one, at) => (isZoneFound(one, clocked[at]) ? [one.shift] : [])))
  const [zone = 0, ...others] = zones
  return agreed.map((one, at) => {
    const source = clocked[at]
    const [span] = source === undefined ? [] : spanOf(source, one.shift)
    if (source === undefined || whole === null || span === undefined || isSure(source, one) || overlaps(span, whole))
      return one
    if (one.clock.quality === 'year-inferred') return inOtherYear(one, span, whole)
    if (one.clock.quality !== 'zone-assumed' || one.clock.zone !== null || others.length > 0) return one
    return overlaps(later(span, zone), whole)
      ? { ...one, shift: one.shift + zone, clock: { ...one.clock, zone: zoneName(-zone) } }
      : one
  })
}

/** Moved by its zone and by nothing else. */
function isZoneFound({ clock }: Agreement, one: Clocked | undefined): boolean {
  return clock.quality === 'zone-assumed' && clock.offset === 0 && clock.zone !== (one?.source.clock?.zone ?? null)
}

function isSure({ source }: Clocked, agreement: Agreement | undefined): boolean {
  return agreement?.isCompared === true || source.isCapture || source.clock?.quality === 'exact'
}

function spanOf({ source: { first, last } }: Clocked, shift: Duration): Span[] {
  return first === null || last === null ? [] : [{ first: first + shift, last: last + shift }]
}

function hull(spans: readonly Span[]): Span | null {
  if (spans.length === 0) return null
  return spans.reduce((whole, { first, last }) => ({
    first: Math.min(whole.first, first),
    last: Math.max(whole.last, last),
  }))
}

function later({ first, last }: Span, by: Duration): Span {
  return { first: first + by, last: last + by }
}

function overlaps(a: Span, b: Span): boolean {
  return a.first <= b.last && b.first <= a.last
}

function inOtherYear(one: Agreement, span: Span, whole: Span): Agreement {
  const shifts = YEARS.map((years) => inYears(span.first, years) - span.first)
  const shift = shifts.find((by) => overlaps(later(span, by), whole))
  return shift === undefined ? one : { ...one, shift: one.shift + shift }
}
