// Which four bytes of each literal are looked for: rare ones, shared out so that few places pass by mistake.
import { add, BUCKETS, growth, writeMasks } from './buckets.as'
import { headOf, shortHeadOf } from './hash.as'
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
const FARTHEST: usize = 32

/** What a literal costs wherever its word stands, beside a bucket that is looked at: over five kinds of logs 1 to 4 were equally good. */
const LOOK: f64 = 1.5

/** Whether there are literals of three bytes. */
export let hasShort: bool = false

/** The largest offset of a window in its literal. */
export let reach: usize = 0

/** Four bytes as a number; past the literal's end 0xff, which with a fold of 0xff fits any. */
function wordAt(table: usize, at: usize, end: usize): u32 {
  let word: u32 = 0
  for (let position: usize = 0; position < WORD; position++) {
    const byte = at + position < end ? <u32>load<u8>(table + at + position) : 0xff
    word |= byte << (<u32>position << 3)
  }
  return word
}

/** The literal's end, or its beginning where the window lies behind: many literals have a window's word in common. */
function enterOther(literal: usize, entry: usize, offset: usize): void {
  const start = startOf(literal)
  const end = startOf(literal + 1)
  let other: usize = 0
  if (offset < WORD && end - start > WORD) other = end - start - WORD
  store<u32>(entry, wordAt(bytes, start + other, end), ENTRY_OTHER)
  store<u32>(entry, wordAt(folds, start + other, end), ENTRY_OTHER_FOLD)
  store<u32>(entry, <u32>other, ENTRY_OTHER_OFFSET)
}

function enter(literal: usize, offset: usize): void {
  const start = startOf(literal)
  const end = startOf(literal + 1)
  const entry = ENTRIES + (literal + 1) * ENTRY
  const word = wordAt(bytes, start + offset, end)
  const head = end - start < WORD ? shortHeadOf(word) : headOf(word)
  store<u32>(entry, word, ENTRY_WORD)
  store<u32>(entry, wordAt(folds, start + offset, end), ENTRY_FOLD)
  store<u32>(entry, <u32>(bytes + start), ENTRY_LITERAL)
  store<u16>(entry, <u16>(end - start), ENTRY_LENGTH)
  store<u16>(entry, <u16>offset, ENTRY_OFFSET)
  store<u16>(entry, load<u16>(head), ENTRY_NEXT)
  store<u16>(head, <u16>(literal + 1))
  enterOther(literal, entry, offset)
  reach = max(reach, offset)
  if (end - start < WORD) hasShort = true
}

/** Chooses the window and the bucket of a literal that cost least together. */
function choose(literal: usize): void {
  const start = startOf(literal)
  const end = startOf(literal + 1)
  const places: usize = min(FARTHEST, max(end - start, WORD) - WORD + 1)
  let least: f64 = Infinity
  let offset: usize = 0
  let bucket: usize = 0
  for (let place: usize = 0; place < places; place++) {
    const share = shareOf(start + place, min(end, start + place + WORD))
    if (LOOK * share >= least) continue
    for (let at: usize = 0; at < BUCKETS; at++) {
      const cost = LOOK * share + growth(at, start + place, end)
      if (cost >= least) continue
      least = cost
      offset = place
      bucket = at
    }
  }
  add(bucket, start + offset, end)
  enter(literal, offset)
}

/** Chooses greedily, those with the least choice first, and writes all tables. */
export function prepare(words: usize): void {
  readShares()
  readWords(words)
  for (let places: usize = 3; places <= FARTHEST + WORD; places++)
    for (let literal: usize = 0; literal < count; literal++) {
      const length = startOf(literal + 1) - startOf(literal)
      if (length == places || (places == FARTHEST + WORD && length > places)) choose(literal)
    }
  writeMasks()
}
