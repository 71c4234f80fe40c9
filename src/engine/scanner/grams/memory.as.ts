// Where everything lies in memory: tables at fixed places, then entries and literals, then room for text.

/** Which bytes of a line tell runs apart: up to 64. */
export const SHAPE: usize = 0
/** What stands around pairs of numbers: the sign that is looked for, what is before the first, and what is between them; 64 bytes each. */
export const SIGN: usize = 192
export const BEFORE: usize = 256
export const BETWEEN: usize = 320
/** How requests are read: steps, bytes that lines share, the sign of lines to look at, what is before a duration; 64 bytes each. */
export const STEPS: usize = 384
export const SAME: usize = 448
export const REQUEST_SIGN: usize = 512
export const KEY: usize = 576
/** What the fields are called that tell an entry's time and its level; 64 bytes each. */
export const TIME_NAME: usize = 640
export const LEVEL_NAME: usize = 704
/** A byte for each status below 1024: not zero where its line is left to others. */
export const LEFT: usize = 1024
/** How lines wrap messages, written by JavaScript: what is before, after and between, a sign of messages that are left, 64 bytes each; and their lengths. */
export const WRAP_BEFORE: usize = 2048
export const WRAP_AFTER: usize = WRAP_BEFORE + 64
export const WRAP_MARK: usize = WRAP_AFTER + 64
export const WRAP_OTHER_MARK: usize = WRAP_MARK + 64
export const WRAP_SIGN: usize = WRAP_OTHER_MARK + 64
/** A sign that some beginnings must not have behind them, and what says nothing in words. */
export const BARE_SIGN: usize = WRAP_SIGN + 64
export const PHRASE: usize = BARE_SIGN + 64
/** What stands before and between two numbers of a request that somebody says he answered. */
export const PAIR_BEFORE: usize = PHRASE + 64
export const PAIR_BETWEEN: usize = PAIR_BEFORE + 64
export const WRAP_LENGTHS: usize = PAIR_BETWEEN + 64
export const BARE_SIGN_LENGTH: usize = WRAP_LENGTHS + 9
export const PHRASE_LENGTH: usize = WRAP_LENGTHS + 10
export const BEGINNINGS_COUNT: usize = WRAP_LENGTHS + 11
export const PAIR_LENGTHS: usize = WRAP_LENGTHS + 12
/** By a word's length the number of the first in its table. */
export const KEY_INDEX: usize = WRAP_LENGTHS + 64
export const LEVEL_INDEX: usize = KEY_INDEX + 32
/** A byte for each status below 1024, as `LEFT`. */
export const REQUEST_LEFT: usize = LEVEL_INDEX + 32
/** Words, in the order of their lengths: what one means, the word, in the last byte its length. The first entry is none. */
export const WORD_BYTES: usize = 32
export const KEY_ENTRIES: usize = REQUEST_LEFT + 1024
export const LEVEL_ENTRIES: usize = KEY_ENTRIES + 32 * WORD_BYTES
/** Beginnings of messages, digits as zeros. */
export const BEGINNING: usize = 160
export const BEGINNINGS: usize = LEVEL_ENTRIES + 64 * WORD_BYTES
/** A day that was read, and a message without its escapes. */
export const DAY: usize = BEGINNINGS + 32 * BEGINNING
export const SCRATCH_BYTES: usize = 4096
export const SCRATCH: usize = DAY + 64

/** First entry by hash of a word, two bytes each; those of three bytes apart. */
export const HEADS: usize = SCRATCH + SCRATCH_BYTES + 64
export const HEAD_BITS: u32 = 15
export const SHORT_HEADS: usize = HEADS + (2 << HEAD_BITS)
export const SHORT_HEAD_BITS: u32 = 10

/** A bit by hash of a word: 64 KiB, and a word behind them for those that begin in the last byte. */
export const FILTER: usize = SHORT_HEADS + (2 << SHORT_HEAD_BITS)
export const FILTER_BITS: u32 = 16

/** What is known about logs, written by JavaScript: how common each byte is, its class, how common pairs of classes are. */
export const BYTE_SIGNS: usize = FILTER + (1 << FILTER_BITS) + 64
export const CLASS_SIGNS: usize = BYTE_SIGNS + 256
export const PAIR_SIGNS: usize = CLASS_SIGNS + 256
export const CLASSES: usize = 63

/** The same as shares: of byte values, of classes; and the share each sign stands for. */
export const BYTE_SHARES: usize = PAIR_SIGNS + 4096
export const CLASS_SHARES: usize = BYTE_SHARES + 2048
export const SIGN_SHARES: usize = CLASS_SHARES + 512

/** Windows of literals, two for each, from here on. */
export const ENTRIES: usize = SIGN_SHARES + 1024
/** Bytes of an entry: word, folding of the word, place of the literal, its length, the offset of its window, next entry, last seen, and another word with its folding and place. */
export const ENTRY: usize = 36
export const ENTRY_WORD: usize = 0
export const ENTRY_FOLD: usize = 4
export const ENTRY_LITERAL: usize = 8
export const ENTRY_LENGTH: usize = 12
export const ENTRY_OFFSET: usize = 14
export const ENTRY_NEXT: usize = 16
export const ENTRY_SEEN: usize = 20
export const ENTRY_OTHER: usize = 24
export const ENTRY_OTHER_FOLD: usize = 28
export const ENTRY_OTHER_OFFSET: usize = 32

/** Bytes of a window. */
export const WORD: i32 = 4

/** Literals there are; where each starts among their bytes, the bytes, and the bits to fold text with before comparing. */
export let count: usize = 0
export let starts: usize = 0
export let bytes: usize = 0
export let folds: usize = 0
export let free: usize = 0
/** For each literal where its list of what may stand beside it is, 0 where anything may; 0 while there are none. */
export let besides: usize = 0

const PAGE: usize = 65536
/** What common words need there before any text does; see rarity.as.ts. */
const LEAST_ROOM: usize = 131072
const LINE: usize = 64

/** Makes room for literals, and for `room` bytes of text behind them. */
export function reserve(literals: usize, total: usize, room: usize): usize {
  count = literals
  starts = ENTRIES + ENTRY * (2 * literals + 1)
  bytes = starts + 4 * (literals + 1)
  folds = bytes + total
  free = (folds + total + LINE - 1) & ~(LINE - 1)
  const pages = (free + max(room, LEAST_ROOM) + PAGE - 1) / PAGE
  const missing = <i32>pages - memory.size()
  if (missing > 0) memory.grow(missing)
  return starts
}

/** Where JavaScript writes the signs. */
export function signs(): usize {
  return BYTE_SIGNS
}

/** Where JavaScript writes the mask of a shape. */
export function shape(): usize {
  return SHAPE
}

/** Where JavaScript writes the sign, what is before, and what is between. */
export function around(): usize {
  return SIGN
}

/** Where JavaScript writes steps, bytes that lines share, the sign, and what is before a duration. */
export function reading(): usize {
  return STEPS
}

/** Where JavaScript writes the names of an entry's fields. */
export function names(): usize {
  return TIME_NAME
}

/** Where JavaScript writes which statuses are left to others. */
export function left(): usize {
  return LEFT
}

/** Takes lists of what may stand beside literals, which JavaScript wrote. */
export function takeBesides(at: usize): void {
  besides = at
}

/** First byte behind the tables. */
export function room(): usize {
  return free
}

@inline
export function startOf(literal: usize): usize {
  return <usize>load<u32>(starts + (literal << 2))
}
