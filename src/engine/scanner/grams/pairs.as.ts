// Pairs of numbers that lines show in the same surroundings: read from raw bytes.
import { FEED, isDigit, place, signIn, stands, ZERO } from './bytes.as'
import { BEFORE, BETWEEN, SIGN } from './memory.as'
import { COMMA, POINT } from './signs.as'

const BRACE: u32 = 125
/** More digits before or behind the point are left to others. */
const WHOLE_DIGITS: usize = 6
const EXACT_DIGITS: usize = 15

/** Of the last pair: the number of three digits, thousandths of the other, and where that ends. */
export let number: u32 = 0
export let thousandths: u32 = 0
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

/** Reads the pair that begins at `start` behind a text, another between its numbers. */
export function readPair(start: usize, before: usize, beforeLength: usize, between: usize, betweenLength: usize): bool {
  if (beforeLength == 0 || !stands(before, beforeLength, start)) return false
  const digits = start + beforeLength
  const first = <u32>load<u8>(digits) - ZERO
  const second = <u32>load<u8>(digits + 1) - ZERO
  const third = <u32>load<u8>(digits + 2) - ZERO
  number = first * 100 + second * 10 + third
  if (first - 1 >= 5 || second >= 10 || third >= 10 || !stands(between, betweenLength, digits + 3)) return false
  return readNumber(digits + 3 + betweenLength)
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
  let at = signIn(SIGN, sign, line, to)
  while (at < to) {
    const start = at - inside
    if (start < line || next + 16 > outEnd || !readPair(start, BEFORE, before, BETWEEN, between) || end >= to) break
    store<u32>(next, <u32>at)
    store<u32>(next, number, 4)
    store<u32>(next, thousandths, 8)
    next += 12
    line = place(FEED, end, to) + 1
    at = line < to ? signIn(SIGN, sign, line, to) : to
  }
  store<u32>(next, <u32>min(at, to))
  return (next + 4 - out) >> 2
}
