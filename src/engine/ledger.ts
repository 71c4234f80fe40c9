// What happened, per selection: rows of equal events folded by key and time, bounded, in an order that files cannot change.
import type { Duration, Event, Fields, FieldValue, Instant, Place, TimeQuality } from '../model/index.ts'
import { isLogEvent, MILLISECOND, MINUTE, SECOND } from '../model/index.ts'
import type { Look } from './look.ts'

/** Events of one source that say the same within one bucket of time. */
export interface Row {
  readonly source: number
  /** Of the first and the last of them; null where events carry no time. */
  time: Instant | null
  last: Instant | null
  readonly quality: TimeQuality
  readonly key: readonly FieldValue[]
  /** What a meter takes from the event: a field, or whether it is of those counted; null where nothing is measured. */
  readonly value: FieldValue
  count: number
  readonly place: Place
  /** Null where enough are quoted already. */
  readonly excerpt: string | null
  readonly requestId: string | null
  readonly captures: Fields
  readonly signal: string
  /** How long what the event tells had lasted when it was told: a statement that took 3 s began 3 s before its line. */
  readonly lead: Duration
}

/** Rows of one source from which times are folded to seconds, to minutes, and from which events are only counted. */
const SECONDS_FROM = 10_000
const MINUTES_FROM = 40_000
const LIMIT = 100_000
/** Quotations kept of one source: short ones nearly all, of long ones the first, then one a minute. */
const SHORT = 250
const SHORT_QUOTED = 5_000
const QUOTED_FIRST = 40
const QUOTED_AT_ALL = 400

/** What a meter takes from an event; null leaves the event out. */
export type Measure = (look: Look) => FieldValue

interface SourceState {
  rows: Row[]
  folded: Map<string, Row>
  quoted: number
  quotedMinute: number
  omitted: number
}

export class Ledger {
  readonly signal: string
  readonly #by: readonly (string | null)[]
  readonly #measure: Measure | null
  readonly #sources = new Map<number, SourceState>()
  #examined = 0

  constructor(signal: string, by: readonly (string | null)[], measure: Measure | null = null) {
    this.signal = signal
    this.#by = by
    this.#measure = measure
  }

  /** Events that were taken. */
  get examined(): number {
    return this.#examined
  }

  add(look: Look): void {
    this.#examined++
    const event = look.event
    const state = this.#state(event.source)
    const key = this.#by.map((name) => (name === null ? null : look.field(name)))
    const value = this.#measure === null ? null : this.#measure(look)
    if (this.#measure !== null && value === null) return
    const fold = foldKey({ time: event.time, key, value, rows: state.rows.length })
    const known = state.folded.get(fold)
    if (known !== undefined) extend(known, event.time)
    else if (state.rows.length >= LIMIT) state.omitted++
    else this.#append({ look, state, key, value, fold })
  }

  /** How many events of all sources were only counted, for want of room. */
  get omitted(): number {
    let sum = 0
    for (const state of this.#sources.values()) sum += state.omitted
    return sum
  }

  /** All rows: by time, then rank of the source, then place; rows without time come last. */
  rows(ranks: readonly number[], shifts: readonly Duration[]): Row[] {
    const all: Row[] = []
    for (const [source, state] of this.#sources) {
      const shift = shifts[source] ?? 0
      for (const row of state.rows)
        all.push({
          ...row,
          source: ranks[source] ?? source,
          time: moved(row.time, shift),
          last: moved(row.last, shift),
        })
    }
    return all.sort(compareRows)
  }

  #state(source: number): SourceState {
    let state = this.#sources.get(source)
    if (state === undefined) {
      state = { rows: [], folded: new Map(), quoted: 0, quotedMinute: Number.NEGATIVE_INFINITY, omitted: 0 }
      this.#sources.set(source, state)
    }
    return state
  }

  #append(entry: { look: Look; state: SourceState; key: FieldValue[]; value: FieldValue; fold: string }): void {
    const { look, state, key, value, fold } = entry
    const event = look.event
    const quoted = isQuoted(state, event)
    const row: Row = {
      source: event.source,
      time: event.time,
      last: event.time,
      quality: event.quality,
      key,
      value,
      count: 1,
      place: event.place,
      excerpt: quoted ? event.excerpt : null,
      requestId: requestOf(look),
      captures: quoted ? look.captures : {},
      signal: this.signal,
      lead: leadOf(look),
    }
    state.rows.push(row)
    state.folded.set(fold, row)
  }
}

/** Captures that say how long something took, and what one of them is in microseconds. */
const LEADS: readonly (readonly [string, Duration])[] = [
  ['took', 1],
  ['waited', 1],
  ['took_ms', MILLISECOND],
  ['took_s', SECOND],
]

function leadOf({ captures, event }: Look): Duration {
  for (const [name, unit] of LEADS) {
    const value = captures[name]
    if (typeof value === 'number' && value > 0) return Math.round(value * unit)
  }
  const { origin, duration } = event.fields
  return event.kind === 'http.request' && origin === 'log' && typeof duration === 'number' ? duration : 0
}

function requestOf(look: Look): string | null {
  const event = look.event
  if (isLogEvent(event)) return event.requestId
  const id = event.fields.request_id
  return typeof id === 'string' ? id : null
}

function moved(time: Instant | null, shift: Duration): Instant | null {
  return time === null ? null : time + shift
}

function foldKey(row: Pick<Row, 'time' | 'key' | 'value'> & { readonly rows: number }): string {
  const width = row.rows < SECONDS_FROM ? 1 : row.rows < MINUTES_FROM ? SECOND : MINUTE
  return `${row.time === null ? '' : Math.floor(row.time / width)}\u0001${row.value}\u0001${row.key.join('\u0001')}`
}

function extend(row: Row, time: Instant | null): void {
  row.count++
  if (time === null) return
  if (row.last === null || time > row.last) row.last = time
  if (row.time === null || time < row.time) row.time = time
}

function isQuoted(state: SourceState, { time, excerpt }: Event): boolean {
  if (excerpt.length <= SHORT && state.rows.length < SHORT_QUOTED) return true
  const minute = time === null ? 0 : Math.floor(time / MINUTE)
  const isFirst = state.quoted < QUOTED_FIRST
  if (!isFirst && (state.quoted >= QUOTED_AT_ALL || minute === state.quotedMinute)) return false
  state.quoted++
  state.quotedMinute = minute
  return true
}

export function compareRows(a: Row, b: Row): number {
  if (a.time !== b.time) return a.time === null ? 1 : b.time === null ? -1 : a.time - b.time
  return a.source - b.source || a.place.offset - b.place.offset
}

/** Rows in order of time that begin within [from, to]: two binary searches. */
export function between(rows: readonly Row[], from: Instant, to: Instant): readonly Row[] {
  return rows.slice(lowerBound(rows, from), lowerBound(rows, to + 1))
}

/** Index of the first row at or after an instant; rows without time stand at the end. */
export function lowerBound(rows: readonly Row[], at: Instant): number {
  let [low, high] = [0, rows.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    const time = rows[middle]?.time ?? null
    if (time !== null && time < at) low = middle + 1
    else high = middle
  }
  return low
}
