// Rows as SQLite's files hold them: a header of types, then the values (sqlite.org/fileformat2.html, 2.1).
import type { Cell } from '../record.ts'
import { varintLength, writeVarint } from './varint.ts'

/** A record is written with its length before it, so that it can be found again. */
export const LENGTH_BYTES = 4
const FIRST_SIZE = 16 * 1024
/** Up to here a loop is faster than the way to the encoder and back. */
const SHORT_TEXT = 48
/** Types of values; texts are 13 and twice their length. */
const NULL = 0
const FLOAT = 7
const ZERO = 8
const ONE = 9
const TEXT = 13
/** Of the number of a source, which is known in the end: always four bytes wide. */
const SOURCE = 4

/** Values of the row at hand. */
let body = Buffer.allocUnsafeSlow(FIRST_SIZE)
let used = 0
/** Their types. */
const types: number[] = []

/** Records one behind the other. */
export class Records {
  bytes = Buffer.allocUnsafeSlow(FIRST_SIZE)
  length = 0

  /** Adds a row of a table of records: without `id`, which stands outside, and with room for `source_id`. */
  add(values: readonly Cell[]): void {
    types.length = 0
    used = 4
    let header = 2
    for (let column = 0; column < values.length; column++) {
      const type = writeValue(values[column] ?? null)
      types.push(type)
      header += type < 128 ? 1 : varintLength(type)
    }
    header += header < 127 ? 1 : 2
    this.#makeRoom(LENGTH_BYTES + header + used)
    const { bytes } = this
    bytes.writeUInt32LE(header + used, this.length)
    let at = writeVarint(bytes, this.length + LENGTH_BYTES, header)
    bytes[at++] = NULL
    bytes[at++] = SOURCE
    for (let column = 0; column < types.length; column++) at = writeVarint(bytes, at, types[column] ?? 0)
    body.copy(bytes, at, 0, used)
    this.length = at + used
  }

  clear(): void {
    this.length = 0
  }

  #makeRoom(wanted: number): void {
    if (this.length + wanted <= this.bytes.length) return
    const grown = Buffer.allocUnsafeSlow(Math.max(2 * this.bytes.length, this.length + wanted))
    this.bytes.copy(grown, 0, 0, this.length)
    this.bytes = grown
  }
}

/** @returns the type of the value, which now stands at the end of the body */
function writeValue(value: Cell): number {
  if (typeof value === 'string') return TEXT + 2 * writeText(value)
  if (value === null || Number.isNaN(value)) return NULL
  if (value === 0) return ZERO
  if (value === 1) return ONE
  makeRoom(8)
  if (Number.isInteger(value) && Math.abs(value) < 2 ** 63) return writeInteger(value)
  used = body.writeDoubleBE(value, used)
  return FLOAT
}

/** In as few bytes of two's complement as hold it: 1, 2, 3, 4, 6 or 8. */
function writeInteger(value: number): number {
  if (value >= -0x80 && value < 0x80) {
    used = body.writeInt8(value, used)
    return 1
  }
  if (value >= -0x8000 && value < 0x8000) {
    used = body.writeInt16BE(value, used)
    return 2
  }
  if (value >= -0x800000 && value < 0x800000) {
    used = body.writeIntBE(value, used, 3)
    return 3
  }
  if ((value | 0) === value) {
    used = body.writeInt32BE(value, used)
    return 4
  }
  const high = Math.floor(value / 2 ** 32)
  const isLong = high < -0x8000 || high >= 0x8000
  used = isLong ? body.writeInt32BE(high, used) : body.writeInt16BE(high, used)
  used = body.writeUInt32BE(value - high * 2 ** 32, used)
  return isLong ? 6 : 5
}

/** @returns its length in UTF-8 */
function writeText(text: string): number {
  const start = used
  makeRoom(3 * text.length)
  if (text.length > SHORT_TEXT || !writeAscii(text)) used = start + body.write(text, start)
  return used - start
}

/** Whether the text is all ASCII; else what was written is void. */
function writeAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code > 127) return false
    body[used++] = code
  }
  return true
}

function makeRoom(wanted: number): void {
  if (used + wanted <= body.length) return
  const grown = Buffer.allocUnsafeSlow(Math.max(2 * body.length, used + wanted))
  body.copy(grown, 0, 0, used)
  body = grown
}
