// Words of four bytes, hashed without case: whether one is looked for at all, and which list of literals it belongs to.
import { FILTER, FILTER_BITS, HEAD_BITS, HEADS, SHORT_HEAD_BITS, SHORT_HEADS } from './memory.as'

const CASES: u32 = 0x20202020
const THREE_BYTES: u32 = 0x00ffffff
const GOLDEN: u32 = 0x9e3779b1

@inline
function hashOf(word: u32): u32 {
  return (word | CASES) * GOLDEN
}

/** The filter's bit for a hash is one of the 32 that begin at this byte, the one its next bits name. */
@inline
function filterByte(hash: u32): usize {
  return <usize>(hash >>> (32 - FILTER_BITS))
}

/** Its last bit is 1 where a literal may have the word in its window. */
@inline
export function passing(word: u32): u32 {
  const hash = hashOf(word)
  return load<u32>(filterByte(hash), FILTER) >>> (hash >>> 8)
}

@inline
export function passes(word: u32): u32 {
  return passing(word) & 1
}

export function letPass(word: u32): void {
  const hash = hashOf(word)
  const at = FILTER + filterByte(hash)
  store<u32>(at, load<u32>(at) | (<u32>1 << ((hash >>> 8) & 31)))
}

/** Where the first entry for `word` is noted. */
@inline
export function headOf(word: u32): usize {
  return HEADS + (<usize>(hashOf(word) >>> (32 - HEAD_BITS)) << 1)
}

/** The same for its first three bytes. */
@inline
export function shortHeadOf(word: u32): usize {
  return SHORT_HEADS + (<usize>(hashOf(word & THREE_BYTES) >>> (32 - SHORT_HEAD_BITS)) << 1)
}
