// Entries of named fields, `NAME=value` a line or `NAME`, eight bytes of length and any value: counted by second and level.
import { FEED, isDigit, stands, STEP, ZERO } from './bytes.as'
import { countLines } from './lines.as'
import { LEVEL_NAME, TIME_NAME } from './memory.as'
import { EQUALS, LOW_LINE } from './signs.as'

const CAPITAL_A: u8 = 65
const LONGEST_NAME: usize = 64
const SIZE_BYTES: usize = 8
const SECOND: u64 = 1_000_000
/** Times beyond are no whole numbers of JavaScript. */
const LATEST: u64 = 9_007_199_254_740_991
const MOST_DIGITS: usize = 16

/** Of a second: earliest and latest time, how many entries have each digit for a level, how many none; all are f64. */
const COUNTS: usize = 16
const UNLEVELED: usize = 10
const GROUP: usize = COUNTS + 8 * (UNLEVELED + 1)
/** Behind the last second: where it stopped, and line feeds passed. */
const TAIL: usize = 16

const NO_TIME: u64 = u64.MAX_VALUE
/** Bytes whose line feeds are looked for together. */
const BLOCK: usize = 64

/** Lengths of the names. */
let timeLength: usize = 0
let levelLength: usize = 0
/** The block at hand, with a bit for each line feed there that was not yet come to. */
let block: usize = 0
let ends: u64 = 0
/** The entry at hand: its empty line, the line feeds up to there, its time and level. */
let end: usize = 0
let feeds: i32 = 0
let time: u64 = NO_TIME
let level: usize = UNLEVELED

@inline
function feedsIn(from: usize): u64 {
  const feed = i8x16.splat(FEED)
  const one = <u64>i8x16.bitmask(i8x16.eq(v128.load(from), feed))
  const two = <u64>i8x16.bitmask(i8x16.eq(v128.load(from, 16), feed))
  const three = <u64>i8x16.bitmask(i8x16.eq(v128.load(from, 32), feed))
  const four = <u64>i8x16.bitmask(i8x16.eq(v128.load(from, 48), feed))
  return one | (two << 16) | (three << 32) | (four << 48)
}

/** A bit for each of 16 bytes that stands in no name: capitals, digits and `_` do. */
@inline
function foreignTo(from: usize): i32 {
  const bytes = v128.load(from)
  const digits = i8x16.lt_u(i8x16.sub(bytes, i8x16.splat(<u8>ZERO)), i8x16.splat(10))
  const capitals = i8x16.lt_u(i8x16.sub(bytes, i8x16.splat(CAPITAL_A)), i8x16.splat(26))
  const named = v128.or(v128.or(digits, capitals), i8x16.eq(bytes, i8x16.splat(LOW_LINE)))
  return i8x16.bitmask(named) ^ 0xffff
}

/** The first byte of a line that stands in no name: its line feed is none. */
@inline
function behindName(line: usize): usize {
  let at = line
  let bits = foreignTo(at)
  while (bits == 0) bits = foreignTo((at += STEP))
  return at + <usize>ctz(bits)
}

/** Of eight digits, two by two; `NO_TIME` where there are others. */
@inline
function eightDigits(from: usize): u64 {
  let digits = load<u64>(from)
  const high = (digits & 0xf0f0f0f0f0f0f0f0) | (((digits + 0x0606060606060606) & 0xf0f0f0f0f0f0f0f0) >> 4)
  if (high != 0x3333333333333333) return NO_TIME
  digits = ((digits & 0x0f0f0f0f0f0f0f0f) * 2561) >> 8
  digits = ((digits & 0x00ff00ff00ff00ff) * 6553601) >> 16
  return ((digits & 0x0000ffff0000ffff) * 42949672960001) >> 32
}

/** Of digits alone, up to what JavaScript can tell; else `NO_TIME`. */
function readTime(from: usize, to: usize): u64 {
  let value: u64 = 0
  let at = from
  for (; at + 8 <= to; at += 8) {
    const digits = eightDigits(at)
    if (digits == NO_TIME || at - from >= MOST_DIGITS) return NO_TIME
    value = value * 100_000_000 + digits
  }
  for (; at < to; at++) {
    const byte = <u32>load<u8>(at)
    if (!isDigit(byte)) return NO_TIME
    value = value * 10 + <u64>(byte - ZERO)
  }
  return to - from > MOST_DIGITS || value > LATEST ? NO_TIME : value
}

@inline
function isTime(name: usize, length: usize): bool {
  return length == timeLength && stands(TIME_NAME, length, name)
}

@inline
function isLevel(name: usize, length: usize): bool {
  return length == levelLength && stands(LEVEL_NAME, length, name)
}

/** The line feed behind a value that any byte may stand in, of the size that follows the line of its name; 0 where it is not there before `to`. */
function behindSized(line: usize, named: usize, to: usize): usize {
  const length = named - line
  const first = named + 1 + SIZE_BYTES
  if (first >= to || load<u64>(named + 1) >= <u64>(to - first)) return 0
  const last = first + <usize>load<u64>(named + 1)
  return load<u8>(last) != FEED || isTime(line, length) || isLevel(line, length) ? 0 : last
}

/** Keeps a value that the entry is counted by; false where it is not told plainly, or once more: of two the first counts, and others see to that. */
@inline
function readField(line: usize, named: usize, feed: usize): bool {
  const length = named - line
  const value = named + 1
  if (value == feed) return true
  if (isTime(line, length)) {
    if (time != NO_TIME) return false
    time = readTime(value, feed)
    return time != NO_TIME
  }
  if (!isLevel(line, length)) return true
  const isFirst = level == UNLEVELED
  level = <usize>(<u32>load<u8>(value) - ZERO)
  return isFirst && feed - value == 1 && level < UNLEVELED
}

/** To the empty line that ends the entry at `from`; false where anything about it is unusual. */
function passEntry(from: usize, to: usize): bool {
  let line = from
  let passed = 1
  let next = ends
  time = NO_TIME
  level = UNLEVELED
  for (;;) {
    while (next == 0) {
      block += BLOCK
      if (block >= to) return false
      next = feedsIn(block)
    }
    let feed = block + <usize>ctz(next)
    next &= next - 1
    if (feed >= to) return false
    if (feed == line) break
    const named = behindName(line)
    if (named == line || named - line > LONGEST_NAME) return false
    if (named == feed) {
      feed = behindSized(line, named, to)
      if (feed == 0) return false
      passed += countLines(named, feed)
      block = feed + 1
      next = block < to ? feedsIn(block) : 0
    } else if (load<u8>(named) != EQUALS || !readField(line, named, feed)) return false
    passed++
    line = feed + 1
  }
  ends = next
  end = line
  feeds = passed
  return true
}

@inline
function openGroup(group: usize): void {
  memory.fill(group, 0, GROUP)
  store<f64>(group, <f64>time)
  store<f64>(group, <f64>time, 8)
}

@inline
function note(group: usize): void {
  store<f64>(group, min(load<f64>(group), <f64>time))
  store<f64>(group, max(load<f64>(group, 8), <f64>time), 8)
  const count = group + COUNTS + (level << 3)
  store<f64>(count, load<f64>(count) + 1)
}

/**
 * Counts entries that end before `to`, and not behind `until`, by second and level; writes a group for each row of entries of one second,
 * and behind them where it stopped and how many line feeds are before that.
 * @param timeName its length, as that of `levelName`
 * @returns numbers written
 */
export function entries(from: usize, to: usize, until: usize, out: usize, outEnd: usize, timeName: usize, levelName: usize): usize {
  timeLength = timeName
  levelLength = levelName
  block = from
  ends = feedsIn(from)
  let next = out
  let second: u64 = 0
  let passed = 0
  let start = from
  while (start < to) {
    if (!passEntry(start, to) || end > until) break
    if (end != start) {
      if (time == NO_TIME) break
      if (next == out || time - second >= SECOND) {
        if (next + GROUP + TAIL > outEnd) break
        second = time - (time % SECOND)
        openGroup(next)
        next += GROUP
      }
      note(next - GROUP)
    }
    passed += feeds
    start = end + 1
  }
  store<f64>(next, <f64>start)
  store<f64>(next, <f64>passed, 8)
  return (next + TAIL - out) >> 3
}
