// How rare bytes and words are in logs of all kinds: it steers what is looked for first, never what is found.
import { BYTE_SHARES, BYTE_SIGNS, bytes, CLASS_SHARES, CLASS_SIGNS, CLASSES, folds, PAIR_SIGNS, SIGN_SHARES } from './memory.as'

/** One sign stands for a power of two: the first for certain, each next one a quarter rarer. */
const FIRST_SIGN: usize = 33
const SIGNS: usize = 94
const QUARTER: f64 = 0.8408964152537145
const CASE: u32 = 0x20

@inline
function shareOfSign(sign: usize): f64 {
  return load<f64>(SIGN_SHARES + ((<usize>load<u8>(sign) - FIRST_SIGN) << 3))
}

@inline
function classOf(byte: usize): usize {
  return <usize>load<u8>(CLASS_SIGNS + byte) - FIRST_SIGN
}

@inline
export function byteShare(byte: usize): f64 {
  return load<f64>(BYTE_SHARES + (byte << 3))
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

/** Expected share of places where the bytes [from, to) of the literals stand, judged as a chain of pairs. */
export function shareOf(from: usize, to: usize): f64 {
  let share = fitting(from)
  for (let at = from + 1; at < to; at++) share *= following(at)
  return share
}
