// Finds rows by hashes of what they hold: open addressing on integers.
import type { FieldValue } from '../model/index.ts'

const FIRST_SIZE = 32
/** Of the places three in four are taken at most. */
const FULL = 0.75

/** Numbers of rows by hash; whoever asks compares what they hold. */
export class RowIndex {
  #slots = new Int32Array(FIRST_SIZE)
  /** By row. */
  #hashes = new Int32Array(FIRST_SIZE)
  #count = 0
  #sought = 0
  #place = 0

  /** @returns a row of this hash, -1 where there is none; whether it is the same is for the caller to see */
  first(hash: number): number {
    this.#sought = hash
    this.#place = hash & (this.#slots.length - 1)
    return this.#seek()
  }

  /** @returns the next row of the hash that was asked for, -1 where there is none */
  next(): number {
    this.#place = (this.#place + 1) & (this.#slots.length - 1)
    return this.#seek()
  }

  #seek(): number {
    const mask = this.#slots.length - 1
    for (;;) {
      const row = (this.#slots[this.#place] ?? 0) - 1
      if (row < 0 || this.#hashes[row] === this.#sought) return row
      this.#place = (this.#place + 1) & mask
    }
  }

  add(hash: number, row: number): void {
    if (row >= this.#hashes.length) this.#hashes = longer(this.#hashes, row + 1)
    this.#hashes[row] = hash
    if (++this.#count > FULL * this.#slots.length) this.#grow()
    this.#enter(row)
  }

  clear(): void {
    this.#slots = new Int32Array(FIRST_SIZE)
    this.#count = 0
  }

  #grow(): void {
    const slots = this.#slots
    this.#slots = new Int32Array(2 * slots.length)
    for (const value of slots) if (value !== 0) this.#enter(value - 1)
  }

  #enter(row: number): void {
    const mask = this.#slots.length - 1
    let place = (this.#hashes[row] ?? 0) & mask
    while (this.#slots[place] !== 0) place = (place + 1) & mask
    this.#slots[place] = row + 1
  }
}

/** The same with room for `least` or more: half as much again, so that little of it stays empty. */
function longer(column: Int32Array<ArrayBuffer>, least: number): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(Math.max(least, Math.ceil(1.5 * column.length)))
  grown.set(column)
  return grown
}

const FNV_BASIS = 0x811c9dc5
const FNV_PRIME = 0x01000193
const float = new Float64Array(1)
const bits = new Int32Array(float.buffer)

/** Equal for equal values: of the bits of a number, of the letters of a text (FNV-1a). */
export function hashOf(value: FieldValue): number {
  if (typeof value === 'number') {
    float[0] = value
    return mix(bits[0] ?? 0, bits[1] ?? 0)
  }
  if (typeof value !== 'string') return value === null ? 0 : value ? 1 : 2
  let hash = FNV_BASIS
  for (let at = 0; at < value.length; at++) hash = Math.imul(hash ^ value.charCodeAt(at), FNV_PRIME)
  return hash
}

/** Of two hashes in their order. */
export function mix(one: number, other: number): number {
  const mixed = Math.imul(one ^ Math.imul(other, 0x85ebca6b), 0x9e3779b1)
  return mixed ^ (mixed >>> 15)
}
