// Lines that wrap messages of others, as container runtimes write them: where time, writer and message stand, and what the message counts by.
import { FEED, isDigit, place, signIn, stands, STEP } from './bytes.as'
import {
  PAIR_BEFORE,
  PAIR_BETWEEN,
  PAIR_LENGTHS,
  REQUEST_LEFT,
  SCRATCH,
  SCRATCH_BYTES,
  WRAP_AFTER,
  WRAP_BEFORE,
  WRAP_LENGTHS,
  WRAP_MARK,
  WRAP_OTHER_MARK,
  WRAP_SIGN,
} from './memory.as'
import { LEVELED, NOTHING, readMessage, value } from './messages.as'
import { number, readPair, thousandths } from './pairs.as'
import { BACKSLASH, CLOSE, COLON, DELETE, MINUS, PLUS, POINT, QUOTE, SLASH, SPACE } from './signs.as'

const RETURN: u8 = 13
const CAPITAL_T: u8 = 84
const CAPITAL_Z: u8 = 90
/** Of a row: line, its end, time, zone, what is behind the time, writer, kind of the message, its value, status and duration of a request that it says was answered. */
const ROW: usize = 40
const SECONDS: usize = 19
/** A bit for each digit among the first 16 bytes of `2026-11-20T22:35:19`. */
const DIGITS = 0xdb6f
const LONGEST_TIME: usize = 35
/** Longer messages are left to others. */
const LONGEST: usize = 8192

/** How lines are made. */
let beforeLength: usize = 0
let afterLength: usize = 0
let markLength: usize = 0
let otherMarkLength: usize = 0
let signLength: usize = 0
let leastTime: usize = 0
let isTimeFirst = false
let isUtc = false
let isEscaped = false
/** The line at hand. */
let time: usize = 0
let zone: usize = 0
let timeEnd: usize = 0
let writer: u32 = 0
let message: usize = 0
let messageEnd: usize = 0
let status: u32 = 0

function open(): void {
  beforeLength = <usize>load<u8>(WRAP_LENGTHS)
  afterLength = <usize>load<u8>(WRAP_LENGTHS, 1)
  markLength = <usize>load<u8>(WRAP_LENGTHS, 2)
  otherMarkLength = <usize>load<u8>(WRAP_LENGTHS, 3)
  signLength = <usize>load<u8>(WRAP_LENGTHS, 4)
  leastTime = <usize>load<u8>(WRAP_LENGTHS, 5)
  isTimeFirst = load<u8>(WRAP_LENGTHS, 6) != 0
  isUtc = load<u8>(WRAP_LENGTHS, 7) != 0
  isEscaped = load<u8>(WRAP_LENGTHS, 8) != 0
}

/** Reads `2026-11-20T22:35:19.868Z` of RFC 3339 at `from`. */
function readTime(from: usize): bool {
  const digits = i8x16.lt_u(i8x16.sub(v128.load(from), i8x16.splat(48)), i8x16.splat(10))
  if (i8x16.bitmask(digits) != DIGITS || load<u8>(from, 4) != MINUS || load<u8>(from, 7) != MINUS) return false
  if (load<u8>(from, 10) != CAPITAL_T || load<u8>(from, 13) != COLON || load<u8>(from, 16) != COLON) return false
  if (!isDigit(load<u8>(from, 17)) || !isDigit(load<u8>(from, 18))) return false
  let at = from + SECONDS
  if (load<u8>(at) == POINT) {
    if (!isDigit(load<u8>(at, 1))) return false
    for (at += 2; isDigit(load<u8>(at)); ) at++
  }
  time = from
  zone = at
  const sign = load<u8>(at)
  timeEnd = at + (sign == CAPITAL_Z ? 1 : 6)
  if (timeEnd - time < leastTime) return false
  if (sign == CAPITAL_Z) return true
  const hours = (sign == PLUS || sign == MINUS) && isDigit(load<u8>(at, 1)) && isDigit(load<u8>(at, 2))
  return !isUtc && hours && load<u8>(at, 3) == COLON && isDigit(load<u8>(at, 4)) && isDigit(load<u8>(at, 5))
}

/** Finds which writer's mark stands at `from`, or before it; gives its length, 0 where none does. */
function readMark(from: usize, isBefore: bool): usize {
  writer = 0
  if (stands(WRAP_MARK, markLength, isBefore ? from - markLength : from)) return markLength
  writer = 1
  if (otherMarkLength == 0) return 0
  return stands(WRAP_OTHER_MARK, otherMarkLength, isBefore ? from - otherMarkLength : from) ? otherMarkLength : 0
}

function readTimeFirst(from: usize, to: usize): bool {
  if (!readTime(from + beforeLength)) return false
  const mark = readMark(timeEnd, false)
  message = timeEnd + mark
  messageEnd = to
  return mark > 0 && message < to
}

function readMessageFirst(from: usize, to: usize): bool {
  const behind = to - afterLength
  const least = max(from + beforeLength, behind - LONGEST_TIME)
  let start = behind
  const first = load<u8>(WRAP_MARK + markLength - 1)
  while (start > least && load<u8>(start - 1) != first) start--
  if (!stands(WRAP_AFTER, afterLength, behind) || !readTime(start) || timeEnd != behind) return false
  const mark = readMark(start, true)
  message = from + beforeLength
  messageEnd = start - mark
  return mark > 0 && message < messageEnd && load<u8>(messageEnd - 1) != BACKSLASH
}

/** Finds the parts of the line [from, to). */
function readParts(from: usize, to: usize): bool {
  if (to - from < beforeLength + markLength + SECONDS || !stands(WRAP_BEFORE, beforeLength, from)) return false
  return isTimeFirst ? readTimeFirst(from, to) : readMessageFirst(from, to)
}

@inline
function hexAt(at: usize): u32 {
  const byte = <u32>load<u8>(at)
  if (isDigit(byte)) return byte - 48
  const letter = (byte | 32) - 97
  return letter < 6 ? letter + 10 : 256
}

/** Writes the message without its escapes; false where one stands for anything but a printable sign or a tab. */
function unescape(): bool {
  if (messageEnd - message > SCRATCH_BYTES) return false
  let at = message
  let out = SCRATCH
  while (at < messageEnd) {
    const block = v128.load(at)
    v128.store(out, block)
    const signs = v128.or(i8x16.eq(block, i8x16.splat(QUOTE)), i8x16.eq(block, i8x16.splat(BACKSLASH)))
    const bits = i8x16.bitmask(v128.or(signs, i8x16.lt_u(block, i8x16.splat(SPACE))))
    const step = bits == 0 ? STEP : <usize>ctz(bits)
    at += step
    out += step
    if (bits == 0 || at >= messageEnd) continue
    if (load<u8>(at) != BACKSLASH) return false
    const sign = load<u8>(at, 1)
    at += 2
    if (sign == 117) {
      const code = (hexAt(at) << 12) | (hexAt(at + 1) << 8) | (hexAt(at + 2) << 4) | hexAt(at + 3)
      if (code < SPACE || code >= DELETE) return false
      store<u8>(out, <u8>code)
      at += 4
    } else if (sign == 116) store<u8>(out, 9)
    else if (sign == QUOTE || sign == SLASH || (sign == BACKSLASH && load<u8>(at) != 120)) store<u8>(out, sign)
    else return false
    out++
  }
  message = SCRATCH
  messageEnd = out - (at - messageEnd)
  return true
}

/** What the message counts by: nothing where it may go on with others, or ends with anything unusual. */
function judge(): u32 {
  if (messageEnd - message > LONGEST || (isEscaped && !unescape())) return NOTHING
  const last = load<u8>(messageEnd - 1)
  if (messageEnd <= message || last <= SPACE || last >= DELETE || last == CLOSE) return NOTHING
  status = 0
  const sign = signLength > 0 ? signIn(WRAP_SIGN, signLength, message, messageEnd) : messageEnd
  if (sign < messageEnd && !readAnswer(sign)) return NOTHING
  const kind = readMessage(message, messageEnd)
  return sign == messageEnd || kind == LEVELED ? kind : NOTHING
}

/** Status and duration of the request of which the message shows the sign. */
function readAnswer(sign: usize): bool {
  const inside = <usize>load<u8>(PAIR_LENGTHS, 1)
  const start = sign - inside
  if (start < message || !readPair(start, PAIR_BEFORE, <usize>load<u8>(PAIR_LENGTHS), PAIR_BETWEEN, <usize>load<u8>(PAIR_LENGTHS, 2)))
    return false
  status = number
  return load<u8>(REQUEST_LEFT + status) == 0
}

/**
 * Writes a row for each of the lines from `from` on, up to `most` of them, in places counted from `base`: of a line that is left to others
 * only line, end and kind, which is 0.
 * @returns rows written
 */
export function wraps(from: usize, to: usize, out: usize, most: usize, base: usize): usize {
  open()
  let row = out
  const rowsEnd = out + most * ROW
  for (let line = from; line < to && row < rowsEnd; row += ROW) {
    const stop = place(FEED, line, to)
    const end = stop > line && load<u8>(stop - 1) == RETURN ? stop - 1 : stop
    store<u32>(row, <u32>(line - base))
    store<u32>(row, <u32>(end - base), 4)
    const kind = readParts(line, end) ? judge() : NOTHING
    store<u32>(row, <u32>(time - base), 8)
    store<u32>(row, <u32>(zone - base), 12)
    store<u32>(row, <u32>(timeEnd - base), 16)
    store<u32>(row, writer, 20)
    store<u32>(row, kind, 24)
    store<u32>(row, value, 28)
    store<u32>(row, status, 32)
    store<u32>(row, thousandths, 36)
    line = stop + 1
  }
  return (row - out) / ROW
}
