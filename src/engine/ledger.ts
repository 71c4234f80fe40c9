// What happened, per selection: rows of equal events folded by key and time, bounded, in an order that files cannot change.
import type { Duration, Event, FieldValue } from '../model/index.ts'
import { isLogEvent, MILLISECOND, MINUTE, SECOND } from '../model/index.ts'
import type { Heard } from './heard.ts'
import type { Look } from './look.ts'
import { compareRows, isSorted, type Row, StoredRow } from './row.ts'
import { RowKeys } from './row-keys.ts'
import { hasAny, RowTable, type Sameness } from './row-table.ts'

/** Rows of one source from which times are folded to seconds, to minutes, and from which events are only counted. */
const SECONDS_FROM = 10_000
const MINUTES_FROM = 20_000
const LIMIT = 100_000
/** Quotations kept of one source: the first, of short ones many, then one a minute, and the first of each key. */
const SHORT = 250
const SHORT_QUOTED = 1_000
const QUOTED_FIRST = 40
const [QUOTED_OF_KEY, KEYS_QUOTED] = [4, 1_000]
const QUOTED_AT_ALL = 400

/** What a meter takes from an event; null leaves the event out. */
export type Measure = (look: Look) => FieldValue

/** How rows of all sources come to stand in one order. */
export interface Arrangement {
  /** Final index of each source by the index its events carry; rows of sources without one are left out. */
  rank(source: number): number | null
  /** What is added to the times of a source. */
  shift(source: number): Duration
  /** The key as it is compared. */
  key(key: readonly FieldValue[]): readonly FieldValue[]
  /** Whose requests are among them. */
  readonly heard: Heard
}

interface SourceState {
  readonly rows: RowTable
  quoted: number
  quotedMinute: number
  /** How many rows of each key were quoted, of the first keys. */
  readonly quotedOf: number[]
  omitted: number
}

export class Ledger {
  readonly signal: string
  readonly #by: readonly (string | null)[]
  readonly #measure: Measure | null
  /** By source; what an application tells of requests lies apart, by the source's complement. */
  readonly #sources = new Map<number, SourceState>()
  readonly #keys = new RowKeys()
  /** Of the event at hand. */
  readonly #key: FieldValue[] = []
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
    const { time, source } = look.event
    const state = this.#state(isByApplication(look.event) ? ~source : source)
    const { rows } = state
    this.#name(look)
    const value = this.#measure === null ? null : this.#measure(look)
    if (this.#measure !== null && value === null) return
    const width = rows.length < SECONDS_FROM ? 1 : rows.length < MINUTES_FROM ? SECOND : MINUTE
    const key = this.#keys.find(this.#key)
    if (key >= 0 && rows.fold({ time, key, value, width })) return
    if (rows.length >= LIMIT) state.omitted++
    else append(state, look, { time, key: key < 0 ? this.#keys.add([...this.#key]) : key, value, width })
  }

  #name(look: Look): void {
    for (let at = 0; at < this.#by.length; at++) {
      const name = this.#by[at] ?? null
      this.#key[at] = name === null ? null : look.field(name)
    }
  }

  /** How many events of all sources were only counted, for want of room. */
  get omitted(): number {
    let sum = 0
    for (const state of this.#sources.values()) sum += state.omitted
    return sum
  }

  /** All rows: by time, then rank of the source, then place; rows without time come last. */
  rows(arrangement: Arrangement): Row[] {
    const all: Row[] = []
    const keys = this.#keys.all.map((key) => arrangement.key(key))
    for (const [at, { rows }] of this.#sources) {
      if (at < 0 && arrangement.heard !== 'applications') continue
      const source = at < 0 ? ~at : at
      const rank = arrangement.rank(source)
      if (rank === null) continue
      const origin = { rows, keys, source: rank, shift: arrangement.shift(source), signal: this.signal }
      for (const at of rows.inOrder()) all.push(new StoredRow(origin, at))
    }
    return this.#sources.size === 1 || isSorted(all) ? all : all.sort(compareRows)
  }

  #state(source: number): SourceState {
    let state = this.#sources.get(source)
    if (state === undefined) {
      state = { rows: new RowTable(), quoted: 0, quotedMinute: Number.NEGATIVE_INFINITY, quotedOf: [], omitted: 0 }
      this.#sources.set(source, state)
    }
    return state
  }
}

function append(state: SourceState, look: Look, same: Sameness): void {
  const { event, captures } = look
  const isQuoted = isWorthQuoting(state, event, same.key)
  state.rows.append(same, { event, isQuoted, captures, requestId: requestOf(look), lead: leadOf(look) })
}

/** Captures that say how long something took, and what one of them is in microseconds. */
const LEADS: readonly (readonly [string, Duration])[] = [
  ['took', 1],
  ['waited', 1],
  ['took_ms', MILLISECOND],
  ['took_s', SECOND],
]

/** Origins of requests that are told of when they were answered. */
const LOGGED: ReadonlySet<string> = new Set(['log', 'application', 'client'])

function leadOf({ captures, event }: Look): Duration {
  if (hasAny(captures)) {
    for (const [name, unit] of LEADS) {
      const value = captures[name]
      if (typeof value === 'number' && value > 0) return Math.round(value * unit)
    }
  }
  if (event.kind !== 'http.request') return 0
  const { origin, duration } = event.fields
  return typeof origin === 'string' && LOGGED.has(origin) && typeof duration === 'number' ? duration : 0
}

function isByApplication({ kind, fields }: Event): boolean {
  return kind === 'http.request' && fields.origin === 'application'
}

function requestOf(look: Look): string | null {
  const event = look.event
  if (isLogEvent(event)) return event.requestId
  const id = event.fields.request_id
  return typeof id === 'string' ? id : null
}

function isWorthQuoting(state: SourceState, event: Event, key: number): boolean {
  const { time } = event
  const ofKey = state.quotedOf[key] ?? 0
  if (key < KEYS_QUOTED && ofKey < QUOTED_OF_KEY) {
    state.quotedOf[key] = ofKey + 1
    return true
  }
  // The excerpt of a fact is put into words when it is asked for.
  if (state.rows.length < SHORT_QUOTED && event.excerpt.length <= SHORT) return true
  const minute = time === null ? 0 : Math.floor(time / MINUTE)
  const isFirst = state.quoted < QUOTED_FIRST
  if (!isFirst && (state.quoted >= QUOTED_AT_ALL || minute === state.quotedMinute)) return false
  state.quoted++
  state.quotedMinute = minute
  return true
}
