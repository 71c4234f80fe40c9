// Pairs of numbers that lines show in the same surroundings: read from raw bytes.
import { place } from './lines.as'
import { BEFORE, BETWEEN, SIGN } from './memory.as'

const FEED: u8 = 10
const ZERO: u32 = 48
const POINT: u32 = 46
const COMMA: u32 = 44
const BRACE: u32 = 125
const STEP: usize = 16
/** More digits before or behind the point are left to others. */
const WHOLE_DIGITS: usize = 6
const EXACT_DIGITS: usize = 15

@inline
function stands(wanted: usize, length: usize, at: usize): bool {
  for (let index: usize = 0; index < length; index++) if (load<u8>(wanted + index) != load<u8>(at + index)) return false
  return true
}

@inline
function isDigit(byte: u32): bool {
  return byte - ZERO < 10
}

/** The first sign in [from, to), else `to`: its second byte and its middle are looked for at once. */
@inline
function signIn(from: usize, to: usize, length: usize): usize {
  const middle = length >> 1
  const one = i8x16.splat(load<u8>(SIGN + 1))
  const other = i8x16.splat(load<u8>(SIGN + middle))
  for (let at = from; at + length <= to; at += STEP) {
    const ones = i8x16.eq(v128.load(at + 1), one)
    let bits = i8x16.bitmask(v128.and(ones, i8x16.eq(v128.load(at + middle), other)))
    for (; bits != 0; bits &= bits - 1) {
      const found = at + <usize>ctz(bits)
      if (found + length <= to && stands(SIGN, length, found)) return found
    }
  }
  return to
}

/** Of the last number that was read: thousandths, and where it ends. */
let thousandths: u32 = 0
let end: usize = 0

/** Whether a number stands at `from`, a comma or a bracket behind it. */
function readNumber(from: usize): bool {
  let at = from
  let digits: f64 = 0
  for (; isDigit(load<u8>(at)); at++) digits = digits * 10 + <f64>(<u32>load<u8>(at) - ZERO)
  if (at == from || at - from > WHOLE_DIGITS) return false
  let scale: f64 = 1
  if (load<u8>(at) == POINT) {
    const point = at
    for (at++; isDigit(load<u8>(at)); at++) {
      if (at - from > EXACT_DIGITS) continue
      digits = digits * 10 + <f64>(<u32>load<u8>(at) - ZERO)
      scale *= 10
    }
    if (at == point + 1) return false
  }
  thousandths = <u32>floor((digits / scale) * 1000 + 0.5)
  end = at
  return load<u8>(at) == COMMA || load<u8>(at) == BRACE
}

/**
 * Writes per line with the sign its place, the number of three digits behind what is before it, and thousandths of the number behind
 * what is between; behind them all where it stopped: at a sign with other surroundings, or at the last where `outEnd` is near.
 * @param sign its length, and its place in what is before; no line has those surroundings where `before` is 0
 * @returns numbers written
 */
export function pairs(from: usize, to: usize, out: usize, outEnd: usize, sign: usize, inside: usize, before: usize, between: usize): usize {
  let next = out
  let line = from
  let at = signIn(line, to, sign)
  while (at < to) {
    const start = at - inside
    const digits = start + before
    if (before == 0 || start < line || next + 16 > outEnd || !stands(BEFORE, before, start)) break
    const first = <u32>load<u8>(digits) - ZERO
    const second = <u32>load<u8>(digits + 1) - ZERO
    const third = <u32>load<u8>(digits + 2) - ZERO
    if (first - 1 >= 5 || second >= 10 || third >= 10 || !stands(BETWEEN, between, digits + 3)) break
    if (!readNumber(digits + 3 + between) || end >= to) break
    store<u32>(next, <u32>at)
    store<u32>(next, first * 100 + second * 10 + third, 4)
    store<u32>(next, thousandths, 8)
    next += 12
    line = place(FEED, end, to) + 1
    at = line < to ? signIn(line, to, sign) : to
  }
  store<u32>(next, <u32>min(at, to))
  return (next + 4 - out) >> 2
}
