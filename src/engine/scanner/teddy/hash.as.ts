// Which list of literals a word belongs to: all four bytes decide, without case; words of literals of three bytes have lists of their own.
import { HEAD_BITS, HEADS, SHORT_HEAD_BITS, SHORT_HEADS } from './memory.as'

const CASES: u32 = 0x20202020
const THREE_BYTES: u32 = 0x00ffffff
const GOLDEN: u32 = 0x9e3779b1

/** Where the first entry for `word` is noted. */
@inline
export function headOf(word: u32): usize {
  return HEADS + (<usize>(((word | CASES) * GOLDEN) >>> (32 - HEAD_BITS)) << 1)
}

/** The same for its first three bytes. */
@inline
export function shortHeadOf(word: u32): usize {
  return SHORT_HEADS + (<usize>((((word | CASES) & THREE_BYTES) * GOLDEN) >>> (32 - SHORT_HEAD_BITS)) << 1)
}
