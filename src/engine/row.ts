// A row of a ledger, and the order rows of all sources stand in.
import type { Duration, Fields, FieldValue, Instant, Place } from '../model/index.ts'
import type { RowTable } from './row-table.ts'

/** Events of one source that say the same within one bucket of time. */
export interface Row {
  readonly source: number
  /** Of the first and the last of them; null where events carry no time. */
  readonly time: Instant | null
  readonly last: Instant | null
  readonly key: readonly FieldValue[]
  /** What a meter takes from the event: a field, or whether it is of those counted; null where nothing is measured. */
  readonly value: FieldValue
  readonly count: number
  readonly place: Place
  /** Of its place. */
  readonly offset: number
  /** Null where enough are quoted already. */
  readonly excerpt: string | null
  readonly requestId: string | null
  readonly captures: Fields
  readonly signal: string
  /** How long what the event tells had lasted when it was told: a statement that took 3 s began 3 s before its line. */
  readonly lead: Duration
}

/** What all rows of one source share. */
export interface Origin {
  readonly rows: RowTable
  readonly keys: readonly (readonly FieldValue[])[]
  readonly source: number
  readonly shift: Duration
  readonly signal: string
}

/** A row where it lies. */
export class StoredRow implements Row {
  readonly #origin: Origin
  readonly #at: number

  constructor(origin: Origin, at: number) {
    this.#origin = origin
    this.#at = at
  }

  get source(): number {
    return this.#origin.source
  }

  get time(): Instant | null {
    return moved(this.#origin.rows.time(this.#at), this.#origin.shift)
  }

  get last(): Instant | null {
    return moved(this.#origin.rows.last(this.#at), this.#origin.shift)
  }

  get key(): readonly FieldValue[] {
    return this.#origin.keys[this.#origin.rows.key(this.#at)] ?? []
  }

  get value(): FieldValue {
    return this.#origin.rows.value(this.#at)
  }

  get count(): number {
    return this.#origin.rows.count(this.#at)
  }

  get place(): Place {
    return this.#origin.rows.place(this.#at)
  }

  get offset(): number {
    return this.#origin.rows.offset(this.#at)
  }

  get excerpt(): string | null {
    return this.#origin.rows.excerpt(this.#at)
  }

  get requestId(): string | null {
    return this.#origin.rows.requestId(this.#at)
  }

  get captures(): Fields {
    return this.#origin.rows.captures(this.#at)
  }

  get signal(): string {
    return this.#origin.signal
  }

  get lead(): Duration {
    return this.#origin.rows.lead(this.#at)
  }
}

function moved(time: Instant | null, shift: Duration): Instant | null {
  return time === null ? null : time + shift
}

export function compareRows(a: Row, b: Row): number {
  if (a.time !== b.time) return a.time === null ? 1 : b.time === null ? -1 : a.time - b.time
  return a.source - b.source || a.offset - b.offset
}

export function isSorted(rows: readonly Row[]): boolean {
  for (let at = 1; at < rows.length; at++) {
    const [before, row] = [rows[at - 1], rows[at]]
    if (before !== undefined && row !== undefined && compareRows(before, row) > 0) return false
  }
  return true
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
