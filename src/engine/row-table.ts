// Rows of one source as columns of numbers: tens of thousands of them take a fifth of what as many objects would.
import type { Duration, Event, Fields, FieldValue, Instant, Place } from '../model/index.ts'
import { hashOf, longer, mix, RowIndex } from './row-index.ts'

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

/** What is remembered of a row beside its numbers. */
interface Quoted {
  readonly excerpt: string | null
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
const WHOLES = 6
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
  #wholes = new Int32Array(WHOLES * FIRST_SIZE)
  readonly #values: FieldValue[] = []
  /** Of those rows that have any. */
  readonly #quoted: Map<number, Quoted> = new Map()
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
    let at = this.#index.first(this.#hash(bucket, key, value))
    while (at >= 0 && !this.#is(at, same, bucket)) at = this.#index.next()
    if (at < 0) return false
    this.#extend(at, time)
    return true
  }

  append({ time, key, value, width }: Sameness, said: Said): void {
    const { event } = said
    const row = this.length
    if (width !== this.#width) this.#turnTo(width)
    if ((row + 1) * WHOLES > this.#wholes.length) this.#wholes = longer(this.#wholes, (row + 1) * WHOLES)
    if ((row + 1) * NUMBERS > this.#numbers.length) this.#numbers = longer(this.#numbers, (row + 1) * NUMBERS)
    this.#wholes[row * WHOLES + KEY] = key
    this.#wholes[row * WHOLES + COUNT] = 1
    this.#numbers[row * NUMBERS + TIME] = time ?? Number.NaN
    this.#numbers[row * NUMBERS + LAST] = time ?? Number.NaN
    this.#place(row, event.place)
    this.#values.push(value)
    const quoted = quotedOf(said)
    if (quoted !== null) this.#quoted.set(row, quoted)
    this.#index.add(this.#hash(time === null ? null : Math.floor(time / width), key, value), row)
  }

  /** Numbers of all rows: by time, then by offset; those without a time come last. */
  inOrder(): Uint32Array {
    const order = new Uint32Array(this.length)
    let isSorted = true
    for (let row = 0; row < order.length; row++) {
      order[row] = row
      if (row > 0 && this.#compare(row - 1, row) > 0) isSorted = false
    }
    return isSorted ? order : order.sort((one, other) => this.#compare(one, other) || one - other)
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
    return this.#wholes[row * WHOLES + KEY] ?? 0
  }

  count(row: number): number {
    return this.#wholes[row * WHOLES + COUNT] ?? 0
  }

  value(row: number): FieldValue {
    return this.#values[row] ?? null
  }

  excerpt(row: number): string | null {
    return this.#quoted.get(row)?.excerpt ?? null
  }

  requestId(row: number): string | null {
    return this.#quoted.get(row)?.requestId ?? null
  }

  captures(row: number): Fields {
    return this.#quoted.get(row)?.captures ?? NO_CAPTURES
  }

  lead(row: number): Duration {
    return this.#quoted.get(row)?.lead ?? 0
  }

  place(row: number): Place {
    const at = row * WHOLES
    const [start = 0, end = 0, length = 0, digest = 0] = this.#wholes.subarray(at + PLACE, at + DIGEST + 1)
    const bytes = { offset: this.offset(row), length, digest: digest >>> 0 }
    return end === NO_LINE
      ? { kind: 'packet', packet: start, ...bytes }
      : { kind: 'line', line: start, lineEnd: end, ...bytes }
  }

  #compare(one: number, other: number): number {
    const [a, b] = [one * NUMBERS, other * NUMBERS]
    return (
      order(this.#numbers[a + TIME] ?? Number.NaN, this.#numbers[b + TIME] ?? Number.NaN) ||
      order(this.#numbers[a + OFFSET] ?? 0, this.#numbers[b + OFFSET] ?? 0)
    )
  }

  #place(row: number, place: Place): void {
    const at = row * WHOLES
    this.#numbers[row * NUMBERS + OFFSET] = place.offset
    this.#wholes[at + PLACE] = place.kind === 'packet' ? place.packet : place.line
    this.#wholes[at + PLACE_END] = place.kind === 'packet' ? NO_LINE : place.lineEnd
    this.#wholes[at + LENGTH] = place.length
    this.#wholes[at + DIGEST] = place.digest
  }

  #extend(row: number, time: Instant | null): void {
    const at = row * NUMBERS
    this.#wholes[row * WHOLES + COUNT] = this.count(row) + 1
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

  #is(row: number, { key, value, width }: Sameness, bucket: number | null): boolean {
    if (this.#wholes[row * WHOLES + KEY] !== key || this.#values[row] !== value) return false
    const time = this.#numbers[row * NUMBERS + TIME] ?? Number.NaN
    return bucket === null ? Number.isNaN(time) : Math.floor(time / width) === bucket
  }

  #hash(bucket: number | null, key: number, value: FieldValue): number {
    return mix(mix(hashOf(bucket), key), hashOf(value))
  }
}

/** What is not a number comes last. */
function order(one: number, other: number): number {
  if (one < other) return -1
  if (one > other) return 1
  return Number(Number.isNaN(one)) - Number(Number.isNaN(other))
}

function known(time: number | undefined): Instant | null {
  return time === undefined || Number.isNaN(time) ? null : time
}

/** Null where there is nothing to remember: of most rows only numbers are. */
function quotedOf({ event, isQuoted, requestId, captures, lead }: Said): Quoted | null {
  const own = isQuoted && hasAny(captures) ? captures : NO_CAPTURES
  if (!isQuoted && requestId === null && lead === 0) return null
  return { excerpt: isQuoted ? flat(event.excerpt) : null, requestId, captures: own, lead }
}

/** Asked for a letter V8 puts the pieces together of which a text was made: kept, they would take three times the room. */
function flat(text: string): string {
  text.charCodeAt(0)
  return text
}

export function hasAny(captures: Fields): boolean {
  for (const _ in captures) return true
  return false
}
