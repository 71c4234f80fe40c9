// Teddy in AssemblyScript: sixteen bytes at a time against every literal (Hyperscan's algorithm; tables come from teddy-tables.ts).

/** Fixed places in memory; the rest follows behind the entries. Known to teddy-tables.ts too. */
const HEADS: usize = 1024
const ENTRIES: usize = 17408

/** Bytes of one entry: word, folding of the word, literal, its length and the offset of its window, next entry. */
const ENTRY: usize = 20
const WORD: usize = 0
const FOLD: usize = 4
const LITERAL: usize = 8
const LENGTH: usize = 12
const OFFSET: usize = 14
const NEXT: usize = 16

/** Heads are chosen by three bytes without case, as the shortest literal has no more. */
const THREE: u32 = 0x00202020
const THREE_BYTES: u32 = 0x00ffffff
const GOLDEN: u32 = 0x9e3779b1
const HEAD_SHIFT: u32 = 19

/** How far behind the bytes of the literals their folds lie. */
let folds: usize = 0

/** Bounds of the search under way: literals start in [first, best) and end at or before `end`. */
let first: usize = 0
let best: usize = 0
let end: usize = 0

/** Whether a literal stands at `at`: its bytes, and `folds` further on the bits to fold each text byte with. */
@inline
function stands(at: usize, literal: usize, length: usize): bool {
  for (let i: usize = 0; i < length; i++)
    if ((load<u8>(at + i) | load<u8>(literal + folds + i)) != load<u8>(literal + i)) return false
  return true
}

/** Lowers `best` to the earliest literal that has its window at `at`. */
function confirm(at: usize): void {
  const word = load<u32>(at)
  const hash = (((word | THREE) & THREE_BYTES) * GOLDEN) >>> HEAD_SHIFT
  let index = <usize>load<u16>(HEADS + (<usize>hash << 1))
  while (index) {
    const entry = ENTRIES + index * ENTRY
    if ((word | load<u32>(entry, FOLD)) == load<u32>(entry, WORD)) {
      const start = at - <usize>load<u16>(entry, OFFSET)
      const length = <usize>load<u16>(entry, LENGTH)
      if (start >= first && start < best && start + length <= end && stands(start, load<u32>(entry, LITERAL), length))
        best = start
    }
    index = <usize>load<u16>(entry, NEXT)
  }
}

/** Says how many bytes the literals have together. */
export function setup(bytes: usize): void {
  folds = bytes
}

/** Candidates of sixteen bytes whose windows end at `at` and after: a bit each. */
@inline
function confirmAll(windows: v128, at: usize): void {
  let bits = ~i8x16.bitmask(i8x16.eq(windows, i8x16.splat(0))) & 0xffff
  while (bits) {
    confirm(at + <usize>ctz(bits) - 3)
    bits &= bits - 1
  }
}

/**
 * Earliest start in [from, limit) of a literal that ends at or before `to`, else -1.
 * @param reach the largest offset of a window in its literal: how much later an earlier literal can show
 */
export function find(from: usize, limit: usize, to: usize, reach: usize): i32 {
  first = from
  best = limit
  end = to
  const low0 = v128.load(0), low1 = v128.load(32), low2 = v128.load(64), low3 = v128.load(96)
  const high0 = v128.load(16), high1 = v128.load(48), high2 = v128.load(80), high3 = v128.load(112)
  const nibble = i8x16.splat(15)
  const zero = i8x16.splat(0)
  let last0 = zero, last1 = zero, last2 = zero
  let stop = min(to + 1, limit + reach + 3)
  for (let at = from; at < stop; at += 16) {
    const bytes = v128.load(at)
    const low = v128.and(bytes, nibble)
    const high = i8x16.shr_u(bytes, 4)
    const is0 = v128.and(i8x16.relaxed_swizzle(low0, low), i8x16.relaxed_swizzle(high0, high))
    const is1 = v128.and(i8x16.relaxed_swizzle(low1, low), i8x16.relaxed_swizzle(high1, high))
    const is2 = v128.and(i8x16.relaxed_swizzle(low2, low), i8x16.relaxed_swizzle(high2, high))
    const is3 = v128.and(i8x16.relaxed_swizzle(low3, low), i8x16.relaxed_swizzle(high3, high))
    const then0 = v128.shuffle<i8>(last0, is0, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28)
    const then1 = v128.shuffle<i8>(last1, is1, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29)
    const then2 = v128.shuffle<i8>(last2, is2, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30)
    const windows = v128.and(v128.and(then0, then1), v128.and(then2, is3))
    if (v128.any_true(windows)) {
      confirmAll(windows, at)
      stop = min(stop, best + reach + 3)
    }
    last0 = is0
    last1 = is1
    last2 = is2
  }
  return best < limit ? <i32>best : -1
}

/** Line feeds in [from, to). */
export function countLines(from: usize, to: usize): i32 {
  const feed = i8x16.splat(10)
  let count = 0
  let at = from
  for (; at + 16 <= to; at += 16) count += popcnt(i8x16.bitmask(i8x16.eq(v128.load(at), feed)))
  for (; at < to; at++) count += <i32>(load<u8>(at) == 10)
  return count
}
