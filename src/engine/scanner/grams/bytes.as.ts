// Single bytes and short texts looked for in memory.

export const FEED: u8 = 10
export const ZERO: u32 = 48
/** Bytes that are looked at together. */
export const STEP: usize = 16

/** The first of `byte` in [from, to), else `to`. */
@inline
export function place(byte: u8, from: usize, to: usize): usize {
  const wanted = i8x16.splat(byte)
  for (let at = from; at < to; at += STEP) {
    const bits = i8x16.bitmask(i8x16.eq(v128.load(at), wanted))
    if (bits) return min(to, at + <usize>ctz(bits))
  }
  return to
}

/** Behind the last of `byte` in [from, to), else `from`. */
@inline
export function behindLast(byte: u8, from: usize, to: usize): usize {
  const wanted = i8x16.splat(byte)
  let at = to
  for (; at >= from + STEP; at -= STEP) {
    const bits = i8x16.bitmask(i8x16.eq(v128.load(at - STEP), wanted))
    if (bits) return at - STEP + 32 - <usize>clz(bits)
  }
  while (at > from && load<u8>(at - 1) != byte) at--
  return at
}

@inline
export function stands(wanted: usize, length: usize, at: usize): bool {
  for (let index: usize = 0; index < length; index++) if (load<u8>(wanted + index) != load<u8>(at + index)) return false
  return true
}

@inline
export function isDigit(byte: u32): bool {
  return byte - ZERO < 10
}

/** Where the sign stands first in [from, to), else `to`: its second byte and its middle are looked for at once. */
@inline
export function signIn(sign: usize, length: usize, from: usize, to: usize): usize {
  const middle = length >> 1
  const one = i8x16.splat(load<u8>(sign + 1))
  const other = i8x16.splat(load<u8>(sign + middle))
  for (let at = from; at + length <= to; at += STEP) {
    const ones = i8x16.eq(v128.load(at + 1), one)
    let bits = i8x16.bitmask(v128.and(ones, i8x16.eq(v128.load(at + middle), other)))
    for (; bits != 0; bits &= bits - 1) {
      const found = at + <usize>ctz(bits)
      if (found + length <= to && stands(sign, length, found)) return found
    }
  }
  return to
}
