// Rows of one source as columns of numbers: tens of thousands of them take a fifth of what as many objects would.
import type { Duration, Event, Fields, FieldValue, Instant, Place } from '../model/index.ts'
import { hashOf, mix, RowIndex } from './row-index.ts'

/** What makes rows equal: time within a bucket of this width, key and value. */
export interface Sameness {
  readonly time: Instant | null
  /** Number of the key in its ledger. */
  readonly key: number
  readonly value: FieldValue
  readonly width: Duration
}

/** What a new row says beside that. */
export interface Said {
  readonly event: Event
  readonly isQuoted: boolean
  readonly requestId: string | null
  readonly captures: Fields
  readonly lead: Duration
}

const FIRST_SIZE = 16
/** Columns of 64 bits: times, not a number where there is none, and the offset. */
const NUMBERS = 3
const TIME = 0
const LAST = 1
const OFFSET = 2
/** Columns of 32 bits. */
const WORDS = 6
const KEY = 0
const COUNT = 1
/** Packet or first line, then the last line: -1 for a packet. */
const PLACE = 2
const PLACE_END = 3
const LENGTH = 4
const DIGEST = 5
const NO_LINE = -1

const NO_CAPTURES: Fields = {}

export class RowTable {
  #numbers = new Float64Array(NUMBERS * FIRST_SIZE)
  #words = new Int32Array(WORDS * FIRST_SIZE)
  readonly #values: FieldValue[] = []
  readonly #excerpts: (string | null)[] = []
  readonly #requestIds: (string | null)[] = []
  readonly #captures: Fields[] = []
  /** Few rows have one. */
  readonly #leads = new Map<number, Duration>()
  readonly #index = new RowIndex()
  #width: Duration = 0

  get length(): number {
    return this.#values.length
  }

  /** Counts an event as one more of a row that says the same. @returns whether there was one */
  fold(same: Sameness): boolean {
    const { time, key, value, width } = same
    if (width !== this.#width) this.#turnTo(width)
    const bucket = time === null ? null : Math.floor(time / width)
    const at = this.#index.find(
      this.#hash(bucket, key, value),
      (row) =>
        this.#words[row * WORDS + KEY] === key && this.#values[row] === value && this.#bucket(row, width) === bucket,
    )
    if (at < 0) return false
    this.#extend(at, time)
    return true
  }

  append({ time, key, value, width }: Sameness, said: Said): void {
    const { event, isQuoted } = said
    const row = this.length
    if (width !== this.#width) this.#turnTo(width)
    if ((row + 1) * WORDS > this.#words.length) this.#grow()
    this.#words[row * WORDS + KEY] = key
    this.#words[row * WORDS + COUNT] = 1
    this.#numbers[row * NUMBERS + TIME] = time ?? Number.NaN
    this.#numbers[row * NUMBERS + LAST] = time ?? Number.NaN
    this.#place(row, event.place)
    this.#values.push(value)
    this.#excerpts.push(isQuoted ? event.excerpt : null)
    this.#requestIds.push(said.requestId)
    this.#captures.push(isQuoted && hasAny(said.captures) ? said.captures : NO_CAPTURES)
    if (said.lead !== 0) this.#leads.set(row, said.lead)
    this.#index.add(this.#hash(time === null ? null : Math.floor(time / width), key, value), row)
  }

  time(row: number): Instant | null {
    return known(this.#numbers[row * NUMBERS + TIME])
  }

  last(row: number): Instant | null {
    return known(this.#numbers[row * NUMBERS + LAST])
  }

  offset(row: number): number {
    return this.#numbers[row * NUMBERS + OFFSET] ?? 0
  }

  key(row: number): number {
    return this.#words[row * WORDS + KEY] ?? 0
  }

  count(row: number): number {
    return this.#words[row * WORDS + COUNT] ?? 0
  }

  value(row: number): FieldValue {
    return this.#values[row] ?? null
  }

  excerpt(row: number): string | null {
    return this.#excerpts[row] ?? null
  }

  requestId(row: number): string | null {
    return this.#requestIds[row] ?? null
  }

  captures(row: number): Fields {
    return this.#captures[row] ?? NO_CAPTURES
  }

  lead(row: number): Duration {
    return this.#leads.get(row) ?? 0
  }

  place(row: number): Place {
    const at = row * WORDS
    const [start = 0, end = 0, length = 0, digest = 0] = this.#words.subarray(at + PLACE, at + DIGEST + 1)
    const bytes = { offset: this.offset(row), length, digest: digest >>> 0 }
    return end === NO_LINE
      ? { kind: 'packet', packet: start, ...bytes }
      : { kind: 'line', line: start, lineEnd: end, ...bytes }
  }

  #place(row: number, place: Place): void {
    const at = row * WORDS
    this.#numbers[row * NUMBERS + OFFSET] = place.offset
    this.#words[at + PLACE] = place.kind === 'packet' ? place.packet : place.line
    this.#words[at + PLACE_END] = place.kind === 'packet' ? NO_LINE : place.lineEnd
    this.#words[at + LENGTH] = place.length
    this.#words[at + DIGEST] = place.digest
  }

  #extend(row: number, time: Instant | null): void {
    const at = row * NUMBERS
    this.#words[row * WORDS + COUNT] = this.count(row) + 1
    if (time === null) return
    if (!(time <= (this.#numbers[at + LAST] ?? 0))) this.#numbers[at + LAST] = time
    if (!(time >= (this.#numbers[at + TIME] ?? 0))) this.#numbers[at + TIME] = time
  }

  /** Rows in finer buckets equal none of the coarser ones; those without a time still may. */
  #turnTo(width: Duration): void {
    this.#width = width
    this.#index.clear()
    for (let row = 0; row < this.length; row++) {
      if (this.time(row) === null) this.#index.add(this.#hash(null, this.key(row), this.value(row)), row)
    }
  }

  #bucket(row: number, width: Duration): number | null {
    const time = this.time(row)
    return time === null ? null : Math.floor(time / width)
  }

  #hash(bucket: number | null, key: number, value: FieldValue): number {
    return mix(mix(hashOf(bucket), key), hashOf(value))
  }

  #grow(): void {
    const words = new Int32Array(2 * this.#words.length)
    words.set(this.#words)
    this.#words = words
    const numbers = new Float64Array(2 * this.#numbers.length)
    numbers.set(this.#numbers)
    this.#numbers = numbers
  }
}

function known(time: number | undefined): Instant | null {
  return time === undefined || Number.isNaN(time) ? null : time
}

function hasAny(captures: Fields): boolean {
  for (const _ in captures) return true
  return false
}
