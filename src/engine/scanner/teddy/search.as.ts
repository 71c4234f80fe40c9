// Teddy: sixteen bytes at a time against every literal (the algorithm is Hyperscan's).
import { headOf, shortHeadOf } from './hash.as'
import {
  bytes,
  ENTRIES,
  ENTRY,
  ENTRY_FOLD,
  ENTRY_LENGTH,
  ENTRY_LITERAL,
  ENTRY_NEXT,
  ENTRY_OFFSET,
  ENTRY_OTHER,
  ENTRY_OTHER_FOLD,
  ENTRY_OTHER_OFFSET,
  ENTRY_SEEN,
  ENTRY_WORD,
  folds,
  MASKS,
} from './memory.as'
import { hasShort, reach } from './plan.as'

/** Bounds of the search under way: literals start in [first, best) and end at or before `end`. */
let first: usize = 0
let best: usize = 0
let end: usize = 0

/** Where the number of the next literal goes while all are collected, else 0; and the number of that search. */
let out: usize = 0
let search: u32 = 0

/** Whether the entry's literal stands at `at`: text is folded as its bytes say. */
function stands(at: usize, entry: usize, length: usize): bool {
  const word = load<u32>(at + <usize>load<u32>(entry, ENTRY_OTHER_OFFSET))
  if ((word | load<u32>(entry, ENTRY_OTHER_FOLD)) != load<u32>(entry, ENTRY_OTHER)) return false
  const literal = <usize>load<u32>(entry, ENTRY_LITERAL)
  for (let i: usize = 0; i < length; i++)
    if ((load<u8>(at + i) | load<u8>(literal - bytes + folds + i)) != load<u8>(literal + i)) return false
  return true
}

function note(entry: usize, index: usize): void {
  store<u32>(entry, search, ENTRY_SEEN)
  store<u16>(out, <u16>(index - 1))
  out += 2
}

/** Lowers `best` to the earliest literal of a list that has its window at `at`; or notes each that was not seen yet. */
function confirmList(index: usize, word: u32, at: usize): void {
  while (index) {
    const entry = ENTRIES + index * ENTRY
    if ((word | load<u32>(entry, ENTRY_FOLD)) == load<u32>(entry, ENTRY_WORD)) {
      const start = at - <usize>load<u16>(entry, ENTRY_OFFSET)
      const length = <usize>load<u16>(entry, ENTRY_LENGTH)
      const isAsked = out ? load<u32>(entry, ENTRY_SEEN) != search : start < best
      if (isAsked && start >= first && start + length <= end && stands(start, entry, length)) {
        if (out) note(entry, index)
        else best = start
      }
    }
    index = <usize>load<u16>(entry, ENTRY_NEXT)
  }
}

@inline
function confirm(at: usize): void {
  const word = load<u32>(at)
  const index = <usize>load<u16>(headOf(word))
  if (index) confirmList(index, word, at)
  if (hasShort) confirmList(<usize>load<u16>(shortHeadOf(word)), word, at)
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

/** Earliest start in [from, limit) of a literal that ends at or before `to`, else -1. An earlier start can show `reach` later. */
export function find(from: usize, limit: usize, to: usize): i32 {
  first = from
  best = limit
  end = to
  const low0 = v128.load(MASKS), low1 = v128.load(MASKS + 32), low2 = v128.load(MASKS + 64), low3 = v128.load(MASKS + 96)
  const high0 = v128.load(MASKS + 16), high1 = v128.load(MASKS + 48), high2 = v128.load(MASKS + 80), high3 = v128.load(MASKS + 112)
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

/** Writes the number of each literal that stands in [from, to) from `results` on; gives how many there are. */
export function collect(from: usize, to: usize, results: usize): usize {
  out = results
  search++
  find(from, to, to)
  const count = (out - results) >> 1
  out = 0
  return count
}
