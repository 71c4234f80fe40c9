// Sources that share no event with others: their zone, year or date is read off the time the rest of the bundle covers.
import { DAY, type Duration, type Instant, MINUTE } from '../../model/index.ts'
import type { Agreement, Clocked } from './clocked.ts'
import { inYears, ZONES, zoneName } from './correction.ts'

interface Span {
  readonly first: Instant
  readonly last: Instant
}

/** Years a file may be off, the nearest first. */
const YEARS = [-1, 1, -2, 2, -3, 3]

/** Moves what lies wholly outside the bundle's time where a zone, or another year or day, puts it within. */
export function byOverlap(clocked: readonly Clocked[], agreed: readonly Agreement[]): Agreement[] {
  return byDate(clocked, byZone(clocked, agreed))
}

function byZone(clocked: readonly Clocked[], agreed: readonly Agreement[]): Agreement[] {
  const whole = hull(clocked.flatMap((one, at) => (isSure(one, agreed[at]) ? spanOf(one, agreed[at]) : [])))
  if (whole === null) return [...agreed]
  const unsure = clocked.map((one, at) => (isSure(one, agreed[at]) ? undefined : spanOf(one, agreed[at])[0]))
  const strays = unsure.map((span) => (span === undefined || overlaps(span, whole) ? undefined : span))
  const found = zonesFound(clocked, agreed)
  const zones = found.length > 0 ? () => found : zonesOfReaders({ clocked, unsure, strays, whole })
  return agreed.map((one, at) => {
    const span = strays[at]
    if (span === undefined) return one
    const [zone] = zones(at)
    const isInZone = zone !== undefined && one.clock.zone === null && overlaps(later(span, zone), whole)
    if (isInZone) return { ...one, shift: one.shift + zone, clock: { ...one.clock, zone: zoneName(-zone) } }
    return inOtherDate(one, span, whole)
  })
}

/** A year or date that is not written is that of the sources which write theirs, whatever their zone. */
function byDate(clocked: readonly Clocked[], agreed: readonly Agreement[]): Agreement[] {
  const isDated = (at: number) => ['exact', 'zone-assumed'].includes(agreed[at]?.clock.quality ?? 'none')
  const dated = hull(clocked.flatMap((one, at) => (isDated(at) ? spanOf(one, agreed[at]) : [])))
  if (dated === null) return [...agreed]
  const aDayAround = { first: dated.first - DAY, last: dated.last + DAY }
  return agreed.map((one, at) => {
    const source = clocked[at]
    const [span] = source === undefined ? [] : spanOf(source, one)
    const whole = one.clock.quality === 'year-inferred' ? aDayAround : dated
    return span === undefined || one.isCompared || overlaps(span, whole) ? one : inOtherDate(one, span, whole)
  })
}

/** The zone that was measured for other sources, as a shift; none where they differ. */
function zonesFound(clocked: readonly Clocked[], agreed: readonly Agreement[]): Duration[] {
  const shifts = agreed.flatMap(({ shift, clock }, at) => {
    const isFound = clock.zone !== (clocked[at]?.source.clock?.zone ?? null)
    return isFound && clock.quality === 'zone-assumed' && clock.offset === 0 ? [shift] : []
  })
  return new Set(shifts).size === 1 ? shifts.slice(0, 1) : []
}

interface Strays {
  readonly clocked: readonly Clocked[]
  /** Of sources whose clock is not sure. */
  readonly unsure: readonly (Span | undefined)[]
  /** Of those the ones that lie outside the bundle's time. */
  readonly strays: readonly (Span | undefined)[]
  readonly whole: Span
}

/** A program writes all its logs in one zone: where some lie within the bundle's time, the others are of another time. */
function zonesOfReaders({ clocked, unsure, strays, whole }: Strays): (at: number) => Duration[] {
  const ranks = clocked.map((_, rank) => rank)
  const byReader = Map.groupBy(ranks, (rank) => clocked[rank]?.source.reader)
  return (at) => {
    const own = byReader.get(clocked[at]?.source.reader) ?? []
    const isOneZone = own.every((rank) => unsure[rank] === undefined || strays[rank] !== undefined)
    return isOneZone
      ? commonZone(
          own.map((rank) => strays[rank]),
          whole,
        )
      : []
  }
}

/** The one zone that puts all of them within the bundle's time, as a shift; none where several do. */
function commonZone(strays: readonly (Span | undefined)[], whole: Span): Duration[] {
  const span = hull(strays.flatMap((one) => one ?? []))
  const frame = { first: whole.first - MINUTE, last: whole.last + MINUTE }
  const isWithin = ({ first, last }: Span) => first >= frame.first && last <= frame.last
  const shifts = span === null ? [] : ZONES.map((zone) => -zone).filter((shift) => isWithin(later(span, shift)))
  return shifts.length === 1 ? shifts : []
}

function isSure({ source }: Clocked, agreement: Agreement | undefined): boolean {
  return agreement?.isCompared === true || source.isCapture || source.clock?.quality === 'exact'
}

function spanOf({ source: { first, last } }: Clocked, agreement: Agreement | undefined): Span[] {
  const shift = agreement?.shift ?? 0
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

function inOtherDate(one: Agreement, span: Span, whole: Span): Agreement {
  const shift = datesOf(one, span, whole).find((by) => overlaps(later(span, by), whole))
  return shift === undefined ? one : { ...one, shift: one.shift + shift }
}

/** By what a source may be moved whose year or date is not written, the least first. */
function datesOf({ clock: { quality } }: Agreement, span: Span, whole: Span): Duration[] {
  if (quality === 'year-inferred') return YEARS.map((years) => inYears(span.first, years) - span.first)
  if (quality !== 'date-inferred') return []
  const days =
    span.first > whole.last ? Math.floor((whole.last - span.first) / DAY) : Math.ceil((whole.first - span.last) / DAY)
  return [days * DAY]
}
