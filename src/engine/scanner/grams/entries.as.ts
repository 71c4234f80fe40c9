// Entries of named fields, `NAME=value` a line or `NAME`, eight bytes of length and any value: counted by second and level.
import { FEED, isDigit, place, stands, STEP, ZERO } from './bytes.as'
import { countLines } from './lines.as'
import { LEVEL_NAME, TIME_NAME } from './memory.as'

const EQUALS: u8 = 61
const CAPITAL_A: u8 = 65
const LOW_LINE: u8 = 95
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

/** The entry at hand: where reading stands, line feeds passed, what is known of it; and what its fields are called. */
let at: usize = 0
let feeds: i32 = 0
let time: u64 = NO_TIME
let level: usize = UNLEVELED
let timeLength: usize = 0
let levelLength: usize = 0

/** A bit for each of 16 bytes that stands in no name: capitals, digits and `_` do. */
@inline
function foreignTo(from: usize): i32 {
  const bytes = v128.load(from)
  const digits = i8x16.lt_u(i8x16.sub(bytes, i8x16.splat(<u8>ZERO)), i8x16.splat(10))
  const capitals = i8x16.lt_u(i8x16.sub(bytes, i8x16.splat(CAPITAL_A)), i8x16.splat(26))
  const named = v128.or(v128.or(digits, capitals), i8x16.eq(bytes, i8x16.splat(LOW_LINE)))
  return i8x16.bitmask(named) ^ 0xffff
}

@inline
function behindName(from: usize, to: usize): usize {
  let end = from
  for (; end < to && end - from <= LONGEST_NAME; end += STEP) {
    const bits = foreignTo(end)
    if (bits) return end + <usize>ctz(bits)
  }
  return end
}

/** Only digits, and no second time: of two the first counts, which others see to. */
function readTime(from: usize, to: usize): bool {
  if (from == to) return true
  if (time != NO_TIME || to - from > MOST_DIGITS) return false
  let value: u64 = 0
  for (let index = from; index < to; index++) {
    const byte = <u32>load<u8>(index)
    if (!isDigit(byte)) return false
    value = value * 10 + <u64>(byte - ZERO)
  }
  time = value
  return value <= LATEST
}

/** One digit, and no second level. */
function readLevel(from: usize, to: usize): bool {
  if (from == to) return true
  const byte = <u32>load<u8>(from)
  if (level != UNLEVELED || to - from > 1 || !isDigit(byte)) return false
  level = <usize>(byte - ZERO)
  return true
}

@inline
function isTime(name: usize, length: usize): bool {
  return length == timeLength && stands(TIME_NAME, length, name)
}

@inline
function isLevel(name: usize, length: usize): bool {
  return length == levelLength && stands(LEVEL_NAME, length, name)
}

/** Behind a value that any byte may stand in, of any size that there is room for before `to`. */
function passSized(name: usize, end: usize, to: usize): bool {
  const length = end - name
  const first = end + 1 + SIZE_BYTES
  if (first >= to || load<u64>(end + 1) >= <u64>(to - first)) return false
  const last = first + <usize>load<u64>(end + 1)
  feeds += countLines(end, last + 1)
  at = last + 1
  return load<u8>(last) == FEED && !isTime(name, length) && !isLevel(name, length)
}

/** Behind the field at `at`, if nothing about it is unusual. */
@inline
function passField(to: usize): bool {
  const name = at
  const sign = behindName(name, to)
  const length = sign - name
  if (length == 0 || length > LONGEST_NAME || sign >= to) return false
  if (load<u8>(sign) == FEED) return passSized(name, sign, to)
  const end = place(FEED, sign, to)
  if (load<u8>(sign) != EQUALS || end == to) return false
  if (isTime(name, length) && !readTime(sign + 1, end)) return false
  if (isLevel(name, length) && !readLevel(sign + 1, end)) return false
  feeds++
  at = end + 1
  return true
}

/** To the empty line that ends the entry at `from`, if it has a time and nothing about it is unusual. */
function passEntry(from: usize, to: usize): bool {
  at = from
  feeds = 0
  time = NO_TIME
  level = UNLEVELED
  while (at < to && load<u8>(at) != FEED) if (!passField(to)) return false
  return at < to && time != NO_TIME
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
  let next = out
  let second: u64 = 0
  let passed = 0
  let start = from
  while (start < to) {
    if (load<u8>(start) == FEED) {
      passed++
      start++
      continue
    }
    if (!passEntry(start, to) || at > until) break
    if (next == out || time - second >= SECOND) {
      if (next + GROUP + TAIL > outEnd) break
      second = time - (time % SECOND)
      openGroup(next)
      next += GROUP
    }
    note(next - GROUP)
    passed += feeds + 1
    start = at + 1
  }
  store<f64>(next, <f64>start)
  store<f64>(next, <f64>passed, 8)
  return (next + TAIL - out) >> 3
}
