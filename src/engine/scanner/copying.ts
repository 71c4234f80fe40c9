// Finding in bytes that lie elsewhere: pieces are copied into memory the search can see, small ones first.

/** The first piece; each further one is twice as large, so that a near hit costs little and a far one few copies. */
const FIRST_PIECE = 1024

export interface CopySearch {
  /** Where pieces are copied to: at least twice the longest literal. */
  readonly area: Uint8Array
  /** Length of the longest literal. */
  readonly longest: number
  /** Earliest start in [from, limit) of a literal that ends at or before `to`; places in the memory that `area` views. */
  find(from: number, limit: number, to: number): number
}

/** A `find` for bytes outside the memory. */
export function copying({ area, longest, find }: CopySearch): (bytes: Uint8Array, from: number, to: number) => number {
  const base = area.byteOffset
  return (bytes, from, to) => {
    let size = Math.min(area.length, FIRST_PIECE + longest)
    for (let start = from; start < to; ) {
      const end = Math.min(to, start + size)
      area.set(start === 0 && end === bytes.length ? bytes : bytes.subarray(start, end))
      const limit = end === to ? to : end - longest + 1
      const found = find(base, base + limit - start, base + end - start)
      if (found >= 0) return found - base + start
      start = limit
      size = Math.min(area.length, size * 2)
    }
    return -1
  }
}
