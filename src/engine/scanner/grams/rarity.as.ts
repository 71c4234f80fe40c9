// How rare bytes and words are in logs of all kinds: it steers what is looked for first, never what is found.
import {
  BYTE_SHARES,
  BYTE_SIGNS,
  bytes,
  CLASS_SHARES,
  CLASS_SIGNS,
  CLASSES,
  folds,
  free,
  PAIR_SIGNS,
  SIGN_SHARES,
  WORD,
} from './memory.as'

/** One sign stands for a power of two: the first for certain, each next one a quarter rarer. */
const FIRST_SIGN: usize = 33
const SIGNS: usize = 94
const QUARTER: f64 = 0.8408964152537145
const CASE: u32 = 0x20

/** Common words, hashed: in each slot four classes and a sign in 32 bits. They lie where text will lie later. */
const WORD_BITS: u32 = 13
const CLASS_BITS: u32 = 6
const GOLDEN: u32 = 0x9e3779b1
let words: usize = 0

@inline
function shareOfSign(sign: usize): f64 {
  return load<f64>(SIGN_SHARES + ((<usize>load<u8>(sign) - FIRST_SIGN) << 3))
}

@inline
function classOf(byte: usize): usize {
  return <usize>load<u8>(CLASS_SIGNS + byte) - FIRST_SIGN
}

@inline
function byteShare(byte: usize): f64 {
  return load<f64>(BYTE_SHARES + (byte << 3))
}

@inline
function slotOf(word: u32): usize {
  return <usize>((word * GOLDEN) >>> (32 - WORD_BITS))
}

@inline
function wordSlot(slot: usize): usize {
  return words + (slot << 3)
}

/** Where that word is or would be. */
function findWord(word: u32): usize {
  let slot = slotOf(word)
  while (load<u32>(wordSlot(slot), 4) && load<u32>(wordSlot(slot)) != word) slot = (slot + 1) & ((1 << WORD_BITS) - 1)
  return wordSlot(slot)
}

/** @param count words that lie in the room for text: four classes and a sign each */
export function readWords(count: usize): void {
  const size = <usize>WORD + 1
  words = free + count * size
  for (let at = free; at < words; at += size) {
    let word: u32 = 0
    for (let position: usize = 0; position < <usize>WORD; position++)
      word = (word << CLASS_BITS) | (<u32>load<u8>(at + position) - <u32>FIRST_SIGN)
    const slot = findWord(word)
    store<u32>(slot, word)
    store<u32>(slot, <u32>load<u8>(at + <usize>WORD), 4)
  }
}

export function readShares(): void {
  let signShare: f64 = 1
  for (let sign: usize = 0; sign < SIGNS; sign++) {
    store<f64>(SIGN_SHARES + (sign << 3), signShare)
    signShare *= QUARTER
  }
  for (let byte: usize = 0; byte < 256; byte++) {
    const share = shareOfSign(BYTE_SIGNS + byte)
    const its = CLASS_SHARES + (classOf(byte) << 3)
    store<f64>(BYTE_SHARES + (byte << 3), share)
    store<f64>(its, load<f64>(its) + share)
  }
}

/** Share of bytes that fit the byte of a literal at `at`. */
function fitting(at: usize): f64 {
  const byte = <u32>load<u8>(bytes + at)
  return load<u8>(folds + at) == 0 ? byteShare(byte) : byteShare(byte) + byteShare(byte & ~CASE)
}

/** How often that byte follows the one before it. */
function following(at: usize): f64 {
  const before = classOf(load<u8>(bytes + at - 1))
  const its = classOf(load<u8>(bytes + at))
  const pair = shareOfSign(PAIR_SIGNS + before * CLASSES + its) / load<f64>(CLASS_SHARES + (before << 3))
  return (pair * fitting(at)) / load<f64>(CLASS_SHARES + (its << 3))
}

function asPairs(from: usize, to: usize): f64 {
  let share = fitting(from)
  for (let at = from + 1; at < to; at++) share *= following(at)
  return share
}

/** Expected share of places where the bytes [from, to) of the literals stand: as counted, else judged as a chain of pairs. */
export function shareOf(from: usize, to: usize): f64 {
  const judged = asPairs(from, to)
  if (to - from < <usize>WORD) return judged
  let word: u32 = 0
  for (let at = from; at < to; at++) word = (word << CLASS_BITS) | <u32>classOf(load<u8>(bytes + at))
  const slot = findWord(word)
  return load<u32>(slot, 4) ? max(judged, load<f64>(SIGN_SHARES + ((<usize>load<u32>(slot, 4) - FIRST_SIGN) << 3))) : judged
}
