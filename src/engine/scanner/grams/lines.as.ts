// Lines counted and grouped in raw bytes.
import { FEED, place, STEP } from './bytes.as'
import { SHAPE } from './memory.as'

/** Line feeds in [from, to). */
export function countLines(from: usize, to: usize): i32 {
  const feed = i8x16.splat(FEED)
  let count = 0
  let at = from
  for (; at + STEP <= to; at += STEP) count += popcnt(i8x16.bitmask(i8x16.eq(v128.load(at), feed)))
  for (; at < to; at++) count += <i32>(load<u8>(at) == FEED)
  return count
}

/**
 * Writes start and number of lines of each run from `out` on, and behind them where it stopped; stops at `outEnd`.
 * @param length bytes of the shape
 * @param after the byte it begins behind, or -1
 * @returns numbers written
 */
export function lineRuns(from: usize, to: usize, out: usize, outEnd: usize, length: usize, after: i32): usize {
  const mask0 = v128.load(SHAPE), mask1 = v128.load(SHAPE + 16), mask2 = v128.load(SHAPE + 32), mask3 = v128.load(SHAPE + 48)
  let run = out - 8
  /** Where the shape of the run's lines stands in its first one; 0 while no line can join. */
  let first: usize = 0
  let line = from
  while (line < to) {
    const end = place(FEED, line, to)
    const base = after < 0 ? line : place(<u8>after, line, end) + 1
    const isWhole = base + length <= end
    let isSame = isWhole && first != 0
    if (isSame) {
      const other0 = v128.and(v128.xor(v128.load(base), v128.load(first)), mask0)
      const other1 = v128.and(v128.xor(v128.load(base + 16), v128.load(first + 16)), mask1)
      const other2 = v128.and(v128.xor(v128.load(base + 32), v128.load(first + 32)), mask2)
      const other3 = v128.and(v128.xor(v128.load(base + 48), v128.load(first + 48)), mask3)
      isSame = !v128.any_true(v128.or(v128.or(other0, other1), v128.or(other2, other3)))
    }
    if (isSame) store<u32>(run, load<u32>(run, 4) + 1, 4)
    else {
      if (run + 16 >= outEnd) break
      run += 8
      store<u32>(run, <u32>line)
      store<u32>(run, 1, 4)
      first = isWhole ? base : 0
    }
    line = end + 1
  }
  store<u32>(run + 8, <u32>min(line, to))
  return (run + 12 - out) >> 2
}
