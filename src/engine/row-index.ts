// Finds rows by hashes of what they hold: open addressing on integers.
import type { FieldValue } from '../model/index.ts'

const FIRST_SIZE = 32

/** Numbers of rows by hash; whoever asks compares what they hold. */
export class RowIndex {
  #slots = new Int32Array(FIRST_SIZE)
  #hashes = new Int32Array(FIRST_SIZE)
  #count = 0

  /** @returns the first row of this hash that is the same, -1 where there is none */
  find(hash: number, isSame: (row: number) => boolean): number {
    const mask = this.#slots.length - 1
    for (let place = hash & mask; ; place = (place + 1) & mask) {
      const row = (this.#slots[place] ?? 0) - 1
      if (row < 0) return -1
      if (this.#hashes[place] === hash && isSame(row)) return row
    }
  }

  add(hash: number, row: number): void {
    if (2 * ++this.#count > this.#slots.length) this.#grow()
    this.#enter(hash, row + 1)
  }

  clear(): void {
    this.#slots = new Int32Array(FIRST_SIZE)
    this.#hashes = new Int32Array(FIRST_SIZE)
    this.#count = 0
  }

  #grow(): void {
    const [slots, hashes] = [this.#slots, this.#hashes]
    this.#slots = new Int32Array(2 * slots.length)
    this.#hashes = new Int32Array(2 * slots.length)
    for (let place = 0; place < slots.length; place++) {
      const value = slots[place] ?? 0
      if (value !== 0) this.#enter(hashes[place] ?? 0, value)
    }
  }

  #enter(hash: number, value: number): void {
    const mask = this.#slots.length - 1
    let place = hash & mask
    while (this.#slots[place] !== 0) place = (place + 1) & mask
    this.#slots[place] = value
    this.#hashes[place] = hash
  }
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
