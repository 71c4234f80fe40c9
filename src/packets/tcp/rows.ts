// Rows of numbers, two for a connection: what its ends sent, in tables that stay small and close together.
import type { Link } from './link.ts'
import type { Trouble } from './trouble.ts'

/** Words of a row: two cache lines, those that every segment needs in the first. */
const WORDS = 32
/** Rows that there is room for at first, and connections. */
const FIRST_ROWS = 256
const FIRST_SIZE = FIRST_ROWS / 2
/** Analysis flags are bits of a number below 2^16. */
const FLAGS = 16
/** Where the yes and no of a row are, and what is not 0 in the beginning. */
const BITS = 11
const WINDOW = 5
const SCALE = 15
const UNKNOWN = -1
/** Where the row counts letters of the history. */
const COUNTS = 28
/** What is known of a connection beside its rows: times, and whole numbers. */
export const TIMES = 6
export const WHOLES = 6

/** Rows of all connections of one version of IP. */
export class Rows {
  words = new Int32Array(WORDS * FIRST_ROWS)
  /** The same memory, for times and what may be large. */
  numbers = new Float64Array(this.words.buffer)
  /** How often each analysis flag was found, by connection. */
  flags = new Int32Array(FLAGS * FIRST_SIZE)
  /** By connection. */
  times = new Float64Array(TIMES * FIRST_SIZE)
  wholes = new Int32Array(WHOLES * FIRST_SIZE)
  /** By row. */
  readonly troubles: (Trouble | null)[] = []
  /** By connection. */
  readonly links: (Link | null)[] = []

  /** Makes the two rows of a connection new. */
  begin(connection: number): void {
    const from = 2 * connection * WORDS
    while (from + 2 * WORDS > this.words.length) this.#grow()
    this.words.fill(0, from, from + 2 * WORDS)
    this.flags.fill(0, connection * FLAGS, (connection + 1) * FLAGS)
    this.times.fill(0, connection * TIMES, (connection + 1) * TIMES)
    this.wholes.fill(0, connection * WHOLES, (connection + 1) * WHOLES)
    this.links[connection] = null
    for (const row of [2 * connection, 2 * connection + 1]) {
      this.words[row * WORDS + WINDOW] = UNKNOWN
      this.words[row * WORDS + SCALE] = UNKNOWN
      this.troubles[row] = null
    }
  }

  #grow(): void {
    this.words = twice(this.words)
    this.numbers = new Float64Array(this.words.buffer)
    this.flags = twice(this.flags)
    this.wholes = twice(this.wholes)
    const times = new Float64Array(this.times.length * 2)
    times.set(this.times)
    this.times = times
  }
}

function twice(column: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(column.length * 2)
  longer.set(column)
  return longer
}

/** One row, or by turns many. */
export class Row {
  rows: Rows
  words: Int32Array
  numbers: Float64Array
  number = 0
  /** First word of the row; half of it is its first number. */
  at = 0

  constructor(rows = new Rows(), number = 0) {
    this.rows = rows
    this.words = rows.words
    this.numbers = rows.numbers
    this.move(rows, number)
  }

  /** Turns to another row. */
  move(rows: Rows, number: number): void {
    this.rows = rows
    this.words = rows.words
    this.numbers = rows.numbers
    this.number = number
    this.at = number * WORDS
  }

  has(bit: number): boolean {
    return ((this.words[this.at + BITS] ?? 0) & bit) !== 0
  }

  mark(bit: number): void {
    this.words[this.at + BITS] = (this.words[this.at + BITS] ?? 0) | bit
  }

  unmark(bit: number): void {
    this.words[this.at + BITS] = (this.words[this.at + BITS] ?? 0) & ~bit
  }

  /** Counts the flags for the connection. */
  countFlags(found: number): void {
    const { flags } = this.rows
    const from = (this.number >> 1) * FLAGS
    for (let left = found; left !== 0; left &= left - 1) {
      const at = from + placeOf(left)
      flags[at] = (flags[at] ?? 0) + 1
    }
  }

  /** How often a flag was found in the connection. */
  found(flag: number): number {
    return this.rows.flags[(this.number >> 1) * FLAGS + placeOf(flag)] ?? 0
  }

  /** @param which of the three counts @returns how often it was asked, with this time */
  count(which: number): number {
    const count = (this.words[this.at + COUNTS + which] ?? 0) + 1
    this.words[this.at + COUNTS + which] = count
    return count
  }
}

/** Of the lowest bit. */
function placeOf(bits: number): number {
  return 31 - Math.clz32(bits & -bits)
}
