// Rows of one source as columns of numbers: tens of thousands of them take a fifth of what as many objects would.
import type { Duration, Event, Fields, FieldValue, Instant, Place } from '../model/index.ts'
import { Blocks } from './blocks.ts'
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

/** What few rows have beside their numbers and an excerpt. */
type Rest = Pick<Said, 'requestId' | 'captures' | 'lead'>

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
  readonly #numbers = new Blocks((rows) => new Float64Array(NUMBERS * rows), NUMBERS)
  readonly #wholes = new Blocks((rows) => new Int32Array(WHOLES * rows), WHOLES)
  /** By row: empty where nothing is measured. */
  readonly #values: FieldValue[] = []
  /** Of those rows that have any. */
  readonly #excerpts = new Map<number, string>()
  readonly #rests = new Map<number, Rest>()
  readonly #index = new RowIndex()
  #width: Duration = 0
  #length = 0

  get length(): number {
    return this.#length
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
    const row = this.#length++
    if (width !== this.#width) this.#turnTo(width)
    this.#wholes.set(row, KEY, key)
    this.#wholes.set(row, COUNT, 1)
    this.#numbers.set(row, TIME, time ?? Number.NaN)
    this.#numbers.set(row, LAST, time ?? Number.NaN)
    this.#place(row, event.place)
    if (value !== null) this.#values[row] = value
    if (said.isQuoted) this.#excerpts.set(row, flat(event.excerpt))
    const rest = restOf(said)
    if (rest !== null) this.#rests.set(row, rest)
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
    return known(this.#numbers.get(row, TIME))
  }

  last(row: number): Instant | null {
    return known(this.#numbers.get(row, LAST))
  }

  offset(row: number): number {
    return this.#numbers.get(row, OFFSET)
  }

  key(row: number): number {
    return this.#wholes.get(row, KEY)
  }

  count(row: number): number {
    return this.#wholes.get(row, COUNT)
  }

  value(row: number): FieldValue {
    return this.#values[row] ?? null
  }

  excerpt(row: number): string | null {
    return this.#excerpts.get(row) ?? null
  }

  requestId(row: number): string | null {
    return this.#rests.get(row)?.requestId ?? null
  }

  captures(row: number): Fields {
    return this.#rests.get(row)?.captures ?? NO_CAPTURES
  }

  lead(row: number): Duration {
    return this.#rests.get(row)?.lead ?? 0
  }

  place(row: number): Place {
    const whole = (which: number) => this.#wholes.get(row, which)
    const [start, end] = [whole(PLACE), whole(PLACE_END)]
    const bytes = { offset: this.offset(row), length: whole(LENGTH), digest: whole(DIGEST) >>> 0 }
    return end === NO_LINE
      ? { kind: 'packet', packet: start, ...bytes }
      : { kind: 'line', line: start, lineEnd: end, ...bytes }
  }

  #compare(one: number, other: number): number {
    const numbers = this.#numbers
    return (
      order(numbers.get(one, TIME), numbers.get(other, TIME)) ||
      order(numbers.get(one, OFFSET), numbers.get(other, OFFSET))
    )
  }

  #place(row: number, place: Place): void {
    this.#numbers.set(row, OFFSET, place.offset)
    this.#wholes.set(row, PLACE, place.kind === 'packet' ? place.packet : place.line)
    this.#wholes.set(row, PLACE_END, place.kind === 'packet' ? NO_LINE : place.lineEnd)
    this.#wholes.set(row, LENGTH, place.length)
    this.#wholes.set(row, DIGEST, place.digest)
  }

  #extend(row: number, time: Instant | null): void {
    this.#wholes.set(row, COUNT, this.count(row) + 1)
    if (time === null) return
    if (!(time <= this.#numbers.get(row, LAST))) this.#numbers.set(row, LAST, time)
    if (!(time >= this.#numbers.get(row, TIME))) this.#numbers.set(row, TIME, time)
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
    if (this.key(row) !== key || this.value(row) !== value) return false
    const time = this.#numbers.get(row, TIME)
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

function known(time: number): Instant | null {
  return Number.isNaN(time) ? null : time
}

/** Null where there is nothing to remember: of rows that are not quoted only numbers are. */
function restOf({ isQuoted, requestId, captures, lead }: Said): Rest | null {
  const own = isQuoted && hasAny(captures) ? captures : NO_CAPTURES
  const id = isQuoted ? requestId : null
  return own === NO_CAPTURES && id === null && lead === 0 ? null : { requestId: id, captures: own, lead }
}

/** A letter that was asked for and not used would not be asked for in optimised code. */
const letter = new Uint16Array(1)

/** Asked for a letter V8 puts the pieces together of which a text was made: kept, they would take three times the room. */
function flat(text: string): string {
  letter[0] = text.charCodeAt(0)
  return text
}

export function hasAny(captures: Fields): boolean {
  for (const _ in captures) return true
  return false
}
