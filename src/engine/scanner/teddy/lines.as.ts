// Lines counted in raw bytes.

const FEED: i32 = 10

/** Line feeds in [from, to). */
export function countLines(from: usize, to: usize): i32 {
  const feed = i8x16.splat(<i8>FEED)
  let count = 0
  let at = from
  for (; at + 16 <= to; at += 16) count += popcnt(i8x16.bitmask(i8x16.eq(v128.load(at), feed)))
  for (; at < to; at++) count += <i32>(load<u8>(at) == FEED)
  return count
}
