// Teddy's eight buckets of words, and how much of a text each would stop at by mistake.
import { CASE } from './needles.ts'

/** Bytes of a word Teddy looks at. */
export const WORD = 4
export const BUCKETS = 8

/**
 * Per bucket and position of the word (a slot) sixteen bits for the low halves of the bytes accepted there and sixteen for the
 * high ones: a byte passes when both of its halves do. Kept in flat arrays, as choosing asks a hundred thousand times.
 */
export class Buckets {
  readonly low = new Uint16Array(BUCKETS * WORD)
  readonly high = new Uint16Array(BUCKETS * WORD)
  readonly #bytes: Float64Array
  /** Share of all bytes each slot lets pass, and each bucket's product of them. */
  readonly #passing = new Float64Array(BUCKETS * WORD)
  readonly #product = new Float64Array(BUCKETS)
  /** By slot and low half: share of bytes with it and an accepted high half; and the other way round. */
  readonly #byLow = new Float64Array(BUCKETS * WORD * 16)
  readonly #byHigh = new Float64Array(BUCKETS * WORD * 16)

  /** @param bytes how common each byte value is */
  constructor(bytes: Float64Array) {
    this.#bytes = bytes
  }

  /** How much more of a text `bucket` would stop at with the word at `at` in it; a position past `end` accepts all. */
  growth(bucket: number, word: Word): number {
    let product = 1
    for (let position = 0; position < WORD; position++)
      product *= this.#passingWith(bucket * WORD + position, word, position)
    return product - (this.#product[bucket] ?? 0)
  }

  add(bucket: number, word: Word): void {
    this.#product[bucket] = (this.#product[bucket] ?? 0) + this.growth(bucket, word)
    for (let position = 0; position < WORD; position++) {
      const slot = bucket * WORD + position
      this.#passing[slot] = this.#passingWith(slot, word, position)
      this.#accept(slot, word, position)
    }
  }

  #passingWith(slot: number, { bytes, fold, at, end }: Word, position: number): number {
    const before = this.#passing[slot] ?? 0
    if (at + position >= end || before === 1) return 1
    const byte = bytes[at + position] ?? 0
    const half = byte & 15
    const isNewLow = (((this.low[slot] ?? 0) >> half) & 1) === 0
    let share = before + (isNewLow ? (this.#byLow[slot * 16 + half] ?? 0) : 0)
    share += this.#gain(slot, byte, isNewLow)
    return fold[at + position] === 0 ? share : share + this.#gain(slot, byte & ~CASE, isNewLow)
  }

  /** What the high half of `byte` adds when it is new. */
  #gain(slot: number, byte: number, isNewLow: boolean): number {
    if (((this.high[slot] ?? 0) >> (byte >> 4)) & 1) return 0
    return (this.#byHigh[slot * 16 + (byte >> 4)] ?? 0) + (isNewLow ? (this.#bytes[byte] ?? 0) : 0)
  }

  #accept(slot: number, { bytes, fold, at, end }: Word, position: number): void {
    if (at + position >= end) {
      this.low[slot] = 0xffff
      this.high[slot] = 0xffff
      return
    }
    const byte = bytes[at + position] ?? 0
    this.#acceptLow(slot, byte & 15)
    this.#acceptHigh(slot, byte >> 4)
    if (fold[at + position] !== 0) this.#acceptHigh(slot, (byte & ~CASE) >> 4)
  }

  #acceptLow(slot: number, half: number): void {
    if (((this.low[slot] ?? 0) >> half) & 1) return
    this.low[slot] = (this.low[slot] ?? 0) | (1 << half)
    for (let high = 0; high < 16; high++)
      this.#byHigh[slot * 16 + high] = (this.#byHigh[slot * 16 + high] ?? 0) + (this.#bytes[high * 16 + half] ?? 0)
  }

  #acceptHigh(slot: number, half: number): void {
    if (((this.high[slot] ?? 0) >> half) & 1) return
    this.high[slot] = (this.high[slot] ?? 0) | (1 << half)
    for (let low = 0; low < 16; low++)
      this.#byLow[slot * 16 + low] = (this.#byLow[slot * 16 + low] ?? 0) + (this.#bytes[half * 16 + low] ?? 0)
  }
}

/** Four bytes of a literal that ends at `end`. */
export interface Word {
  readonly bytes: Uint8Array
  readonly fold: Uint8Array
  at: number
  end: number
}
