// Counters found by a whole number: open addressing in plain numbers, because a map makes an object for every large key.
import { type Duration, SECOND } from './instant.ts'

/** Widths of the buckets of time that cells lie in: they grow where there are too many. */
export const BUCKET_WIDTHS: readonly Duration[] = [SECOND, 10 * SECOND, 60 * SECOND, 600 * SECOND, 3600 * SECOND]

const SMALLEST = 64
const GOLDEN = 0x9e3779b1
const MIXED = 0x85ebca6b

export class CellTable {
  #keys = new Float64Array(SMALLEST)
  /** 0 where a place is free. */
  #counts = new Float64Array(SMALLEST)
  #shift = 32 - Math.log2(SMALLEST)
  #size = 0

  get size(): number {
    return this.#size
  }

  /** @param count more than 0 */
  add(key: number, count: number): void {
    const slot = this.#slotOf(key)
    const before = this.#counts[slot] ?? 0
    this.#counts[slot] = before + count
    if (before > 0) return
    this.#keys[slot] = key
    this.#size++
    if (this.#size * 2 > this.#keys.length) this.#grow()
  }

  each(take: (key: number, count: number) => void): void {
    for (let slot = 0; slot < this.#keys.length; slot++) {
      const count = this.#counts[slot] ?? 0
      if (count > 0) take(this.#keys[slot] ?? 0, count)
    }
  }

  /** In order of keys. */
  eachInOrder(take: (key: number, count: number) => void): void {
    const keys = new Float64Array(this.#size)
    let at = 0
    this.each((key) => {
      keys[at++] = key
    })
    for (const key of keys.sort()) take(key, this.#counts[this.#slotOf(key)] ?? 0)
  }

  /** Where the key is, or the free place for it. */
  #slotOf(key: number): number {
    const keys = this.#keys
    const last = keys.length - 1
    const hash = Math.imul((key | 0) ^ Math.imul(Math.floor(key / 2 ** 32), MIXED), GOLDEN)
    let slot = hash >>> this.#shift
    while (this.#counts[slot] !== 0 && keys[slot] !== key) slot = (slot + 1) & last
    return slot
  }

  #grow(): void {
    const [keys, counts] = [this.#keys, this.#counts]
    this.#keys = new Float64Array(keys.length * 2)
    this.#counts = new Float64Array(keys.length * 2)
    this.#shift--
    for (let slot = 0; slot < keys.length; slot++) {
      const [key = 0, count = 0] = [keys[slot], counts[slot]]
      if (count === 0) continue
      const place = this.#slotOf(key)
      this.#keys[place] = key
      this.#counts[place] = count
    }
  }
}

/** Cells of buckets `factor` times as wide. */
export function coarsen(cells: CellTable, perBucket: number, factor: number): CellTable {
  const coarse = new CellTable()
  cells.each((key, count) =>
    coarse.add(Math.floor(Math.floor(key / perBucket) / factor) * perBucket + (key % perBucket), count),
  )
  return coarse
}

/** Pairs of key and count. */
export function pack(cells: CellTable): Float64Array {
  const packed = new Float64Array(cells.size * 2)
  let at = 0
  cells.each((key, count) => {
    packed[at++] = key
    packed[at++] = count
  })
  return packed
}

/** Gives bucket, cell within it, and count of each. */
export function unpack(
  packed: Float64Array,
  perBucket: number,
  take: (bucket: number, cell: number, count: number) => void,
): void {
  for (let at = 0; at + 1 < packed.length; at += 2) {
    const key = packed[at] ?? 0
    const bucket = Math.floor(key / perBucket)
    take(bucket, key - bucket * perBucket, packed[at + 1] ?? 0)
  }
}
