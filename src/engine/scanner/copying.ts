// Finding in bytes that lie elsewhere: pieces are copied into memory the search can see, small ones first.

/** The first piece; each further one is twice as large, so that a near hit costs little and a far one few copies. */
const FIRST_PIECE = 1024

export interface CopySearch {
  /** Where pieces are copied to: at least twice the longest literal with its margins. */
  readonly area: Uint8Array
  /** Length of the longest literal. */
  readonly longest: number
  /** Bytes before and behind a literal that are looked at too. */
  readonly margin: number
  /** Earliest start in [from, limit) of a literal that ends at or before `to`; places in the memory that `area` views from `before` on. */
  find(from: number, limit: number, to: number, before: number): number
}

/** A `find` for bytes outside the memory. */
export function copying(search: CopySearch): (bytes: Uint8Array, from: number, to: number) => number {
  const { area, margin } = search
  const base = area.byteOffset
  const least = search.longest + 2 * margin
  return (bytes, from, to) => {
    let size = Math.min(area.length, FIRST_PIECE + least)
    for (let start = from; start < to; ) {
      const low = Math.max(0, start - margin)
      const end = Math.min(to, low + size)
      area.set(low === 0 && end === bytes.length ? bytes : bytes.subarray(low, end))
      const limit = end === to ? to : end - search.longest - margin + 1
      const found = search.find(base + start - low, base + limit - low, base + end - low, base)
      if (found >= 0) return found - base + low
      start = limit
      size = Math.min(area.length, size * 2)
    }
    return -1
  }
}
