// A row as SQLite's file format keeps it: the types of its values, then the values (sqlite.org/fileformat2.html, 2.1).
import type { Cell } from '../record.ts'
import { writeVarint } from './varint.ts'

/** Serial types, beside integers of one to four bytes, which are named by their length. */
const NULL = 0
const SIX_BYTES = 5
const EIGHT_BYTES = 6
const FLOAT = 7
const ZERO = 8
const ONE = 9
const TEXT = 13

const TWO_32 = 2 ** 32
/** Longest serial type, and longest value that is no text. */
const TYPE_LENGTH = 9
const NUMBER_LENGTH = 8
/** A sign of UTF-16 takes at most so many bytes. */
const SIGN_LENGTH = 3
/** Longer texts are cheaper to hand to Node than to write sign by sign. */
const SHORT = 64

/** Writes one record after the other in the same place. The first column of a table is the number of the row, which stands elsewhere. */
export class RecordWriter {
  bytes: Buffer
  /** The record is bytes [start, end). */
  start = 0
  end = 0
  readonly #types: Buffer
  #typesEnd = 0
  /** Where values begin: the header is put before them when its length is known. */
  readonly #body: number
  /** Room for numbers in all columns: texts leave it free. */
  readonly #reserve: number

  /** @param columns beside the number of the row */
  constructor(columns: number) {
    this.#types = Buffer.allocUnsafeSlow((columns + 1) * TYPE_LENGTH)
    this.#body = (columns + 2) * TYPE_LENGTH
    this.#reserve = columns * NUMBER_LENGTH
    this.bytes = Buffer.allocUnsafeSlow(2 * (this.#body + this.#reserve))
  }

  write(cells: readonly Cell[]): void {
    this.end = this.#body
    this.#typesEnd = 0
    this.#type(NULL)
    for (let at = 0; at < cells.length; at++) {
      const cell = cells[at]
      if (typeof cell === 'string') this.#text(cell)
      else if (typeof cell === 'number') this.#number(cell)
      else this.#type(NULL)
    }
    this.#putHeader()
  }

  /** Its length counts itself. */
  #putHeader(): void {
    const types = this.#typesEnd
    const length = types + (types + 1 < 0x80 ? 1 : types + 2 < 0x4000 ? 2 : 3)
    this.start = this.#body - length
    const at = writeVarint(this.bytes, this.start, length)
    for (let from = 0; from < types; from++) this.bytes[at + from] = this.#types[from] ?? 0
  }

  #type(type: number): void {
    if (type < 0x80) this.#types[this.#typesEnd++] = type
    else this.#typesEnd = writeVarint(this.#types, this.#typesEnd, type)
  }

  #number(value: number): void {
    if (value === 0 ? Object.is(value, -0) : !Number.isSafeInteger(value)) this.#float(value)
    else if (value === 0) this.#type(ZERO)
    else if (value === 1) this.#type(ONE)
    else this.#integer(value)
  }

  #float(value: number): void {
    this.#type(FLOAT)
    this.end = this.bytes.writeDoubleBE(value, this.end)
  }

  #integer(value: number): void {
    const isWord = value === (value | 0)
    const length = isWord ? lengthOf(value) : Math.abs(value) < 2 ** 47 ? 6 : 8
    this.#type(length <= 4 ? length : length === 6 ? SIX_BYTES : EIGHT_BYTES)
    this.#put(isWord ? value : (value % TWO_32) | 0, Math.min(length, 4), length)
    if (!isWord) this.#put(Math.floor(value / TWO_32), length - 4, length - 4)
    this.end += length
  }

  /** Writes `count` bytes of a word, the lowest of them at the end of the first `length`. */
  #put(word: number, count: number, length: number): void {
    let rest = word
    for (let at = this.end + length - 1; at > this.end + length - 1 - count; at--) {
      this.bytes[at] = rest
      rest >>= 8
    }
  }

  #text(text: string): void {
    const room = text.length <= SHORT ? text.length * SIGN_LENGTH : Buffer.byteLength(text)
    if (this.end + room + this.#reserve > this.bytes.length) this.#makeRoom(room)
    const length = text.length <= SHORT ? this.#plain(text) : -1
    const written = length < 0 ? this.bytes.write(text, this.end) : length
    this.end += written
    this.#type(TEXT + 2 * written)
  }

  /** @returns how many bytes it took; -1 where a sign is not ASCII */
  #plain(text: string): number {
    const { bytes, end } = this
    for (let at = 0; at < text.length; at++) {
      const sign = text.charCodeAt(at)
      if (sign > 0x7f) return -1
      bytes[end + at] = sign
    }
    return text.length
  }

  #makeRoom(room: number): void {
    const longer = Buffer.allocUnsafeSlow(2 * (this.end + room + this.#reserve))
    this.bytes.copy(longer, 0, 0, this.end)
    this.bytes = longer
  }
}

function lengthOf(word: number): number {
  if (word === (word << 24) >> 24) return 1
  if (word === (word << 16) >> 16) return 2
  return word === (word << 8) >> 8 ? 3 : 4
}
