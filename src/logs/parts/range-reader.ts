// The bytes of a range of an open file, and their checksum.
import { crc32 } from 'node:zlib'
import type { ByteReader } from '../../model/index.ts'
import type { ReadAt } from './record-places.ts'

interface Range {
  readonly descriptor: number
  readonly from: number
  readonly to: number
}

export class RangeReader implements ByteReader {
  readonly #range: Range
  readonly #readAt: ReadAt
  #at: number
  /** Of what was read so far. */
  crc = 0

  constructor(range: Range, readAt: ReadAt) {
    this.#range = range
    this.#readAt = readAt
    this.#at = range.from
  }

  read(target: Uint8Array): number {
    const { descriptor, to } = this.#range
    const wanted = target.subarray(0, to - this.#at)
    const length = wanted.length === 0 ? 0 : this.#readAt(descriptor, wanted, this.#at)
    this.crc = crc32(wanted.subarray(0, length), this.crc)
    this.#at += length
    return length
  }
}
