// Which four bytes of each literal are looked for: the rarest of those in even places, and the rarest of those in odd ones.
import { headOf, letPass, shortHeadOf } from './hash.as'
import {
  bytes,
  count,
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
  ENTRY_WORD,
  folds,
  startOf,
  WORD,
} from './memory.as'
import { readShares, readWords, shareOf } from './rarity.as'

/** Windows are sought in this much of a literal: an earlier one may show that many bytes later. */
const FARTHEST: i32 = 32

/** Whether there are literals of three or four bytes: a window of theirs has bytes that are not their own. */
export let hasShort: bool = false

/** The largest offset of a window in its literal. */
export let reach: usize = 0

@inline
function lengthOf(literal: usize): i32 {
  return <i32>(startOf(literal + 1) - startOf(literal))
}

/** Four bytes of a literal as a number; outside of it 0xff, which with a fold of 0xff fits any. */
function wordAt(table: usize, literal: usize, offset: i32): u32 {
  const length = lengthOf(literal)
  let word: u32 = 0
  for (let position = 0; position < WORD; position++) {
    const at = offset + position
    const byte: u32 = at < 0 || at >= length ? 0xff : <u32>load<u8>(table + startOf(literal) + <usize>at)
    word |= byte << (position << 3)
  }
  return word
}

/** The literal's end, or its beginning where the window lies behind: many literals have a window's word in common. */
function enterOther(literal: usize, entry: usize, offset: i32): void {
  const last = lengthOf(literal) - WORD
  const other = offset < WORD && last > 0 ? last : 0
  store<u32>(entry, wordAt(bytes, literal, other), ENTRY_OTHER)
  store<u32>(entry, wordAt(folds, literal, other), ENTRY_OTHER_FOLD)
  store<u32>(entry, <u32>other, ENTRY_OTHER_OFFSET)
}

/** Lets the word of a window pass the filter, whatever its foreign byte is; gives where its list begins. */
function admit(word: u32, offset: i32, length: i32): usize {
  if (offset >= 0 && offset + WORD <= length) {
    letPass(word)
    return headOf(word)
  }
  hasShort = true
  const foreign: u32 = offset < 0 ? 0 : 24
  for (let byte: u32 = 0; byte < 256; byte++) letPass((word & ~(<u32>0xff << foreign)) | (byte << foreign))
  return shortHeadOf(offset < 0 ? word >>> 8 : word)
}

/** Enters one of the two windows of a literal. */
function enter(literal: usize, offset: i32, second: usize): void {
  const index = literal * 2 + 1 + second
  const entry = ENTRIES + index * ENTRY
  const word = wordAt(bytes, literal, offset)
  const head = admit(word, offset, lengthOf(literal))
  store<u32>(entry, word, ENTRY_WORD)
  store<u32>(entry, wordAt(folds, literal, offset), ENTRY_FOLD)
  store<u32>(entry, <u32>(bytes + startOf(literal)), ENTRY_LITERAL)
  store<u16>(entry, <u16>lengthOf(literal), ENTRY_LENGTH)
  store<i16>(entry, <i16>offset, ENTRY_OFFSET)
  store<u16>(entry, load<u16>(head), ENTRY_NEXT)
  store<u16>(head, <u16>index)
  enterOther(literal, entry, offset)
  reach = max(reach, <usize>max(offset, 0))
}

/** Offset of the rarest window among every other one from `offset` on. */
function rarest(literal: usize, offset: i32): i32 {
  const start = startOf(literal)
  const last = min(FARTHEST, lengthOf(literal) - WORD)
  let least: f64 = Infinity
  let best = offset
  for (let place = offset; place <= last; place += 2) {
    const share = shareOf(start + <usize>place, start + <usize>(place + WORD))
    if (share >= least) continue
    least = share
    best = place
  }
  return best
}

/** Writes all tables. @param words common words that lie in the room for text */
export function prepare(words: usize): void {
  readShares()
  readWords(words)
  for (let literal: usize = 0; literal < count; literal++) {
    enter(literal, rarest(literal, 0), 0)
    enter(literal, lengthOf(literal) < WORD ? -1 : rarest(literal, 1), 1)
  }
}
