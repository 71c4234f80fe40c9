// Looks at every other word of four bytes (sampled q-grams): a literal has one window in an even place and one in an odd place, so that one is met.
import { allows } from './beside.as'
import { headOf, passes, passing, shortHeadOf } from './hash.as'
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
} from './memory.as'
import { hasShort, reach } from './plan.as'

/** Bounds of the search under way: literals start in [first, best) and end at or before `end`; what stands before them is known from `low` on. */
let low: usize = 0
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

/** Of the two entries of a literal the first: there it says that the literal was seen. */
@inline
function firstOf(index: usize): usize {
  return ENTRIES + ((index - 1) | 1) * ENTRY
}

function note(index: usize): void {
  store<u32>(firstOf(index), search, ENTRY_SEEN)
  store<u16>(out, <u16>((index - 1) >> 1))
  out += 2
}

/** Lowers `best` to the earliest literal of a list that has its window at `at`; or notes each that was not seen yet. */
function confirmList(index: usize, word: u32, at: usize): void {
  while (index) {
    const entry = ENTRIES + index * ENTRY
    if ((word | load<u32>(entry, ENTRY_FOLD)) == load<u32>(entry, ENTRY_WORD)) {
      const start = at - <usize>load<i16>(entry, ENTRY_OFFSET)
      const length = <usize>load<u16>(entry, ENTRY_LENGTH)
      const isAsked = out ? load<u32>(firstOf(index), ENTRY_SEEN) != search : start < best
      if (isAsked && start >= first && start + length <= end && stands(start, entry, length)) {
        if (out) note(index)
        else if (allows((index - 1) >> 1, start, start + length, low, end)) best = start
      }
    }
    index = <usize>load<u16>(entry, ENTRY_NEXT)
  }
}

function confirm(at: usize): void {
  const word = load<u32>(at)
  const index = <usize>load<u16>(headOf(word))
  if (index) confirmList(index, word, at)
  if (!hasShort) return
  confirmList(<usize>load<u16>(shortHeadOf(word)), word, at)
  confirmList(<usize>load<u16>(shortHeadOf(word >>> 8)), word, at)
}

/** The words at `at`, two bytes further and so on: a bit for each that passes. */
@inline
function eightWords(at: usize): u32 {
  return (
    passes(load<u32>(at)) |
    (passes(load<u32>(at, 2)) << 1) |
    (passes(load<u32>(at, 4)) << 2) |
    (passes(load<u32>(at, 6)) << 3) |
    (passes(load<u32>(at, 8)) << 4) |
    (passes(load<u32>(at, 10)) << 5) |
    (passes(load<u32>(at, 12)) << 6) |
    (passes(load<u32>(at, 14)) << 7)
  )
}

/** The last bit is 1 where any of the same words passes: most have none. */
@inline
function anyOfEight(at: usize): u32 {
  return (
    passing(load<u32>(at)) |
    passing(load<u32>(at, 2)) |
    passing(load<u32>(at, 4)) |
    passing(load<u32>(at, 6)) |
    passing(load<u32>(at, 8)) |
    passing(load<u32>(at, 10)) |
    passing(load<u32>(at, 12)) |
    passing(load<u32>(at, 14))
  )
}

/** Earliest start in [from, limit) of a literal that ends at or before `to`, else -1. An earlier start can show `reach` later. @param before where what stands before `from` begins */
export function find(from: usize, limit: usize, to: usize, before: usize): i32 {
  low = before
  first = from
  best = limit
  end = to
  let stop = min(to, limit + reach + 1)
  // A window may begin a byte before its literal.
  for (let at = from - 1; at < stop; at += 32) {
    if (!((anyOfEight(at) | anyOfEight(at + 16)) & 1)) continue
    let bits = eightWords(at) | (eightWords(at + 16) << 8)
    for (; bits; bits &= bits - 1) confirm(at + (<usize>ctz(bits) << 1))
    stop = min(stop, best + reach + 1)
  }
  return best < limit ? <i32>best : -1
}

/** Writes the number of each literal that stands in [from, to) from `results` on; gives how many there are. */
export function collect(from: usize, to: usize, results: usize): usize {
  out = results
  search++
  find(from, to, to, from)
  const count = (out - results) >> 1
  out = 0
  return count
}
