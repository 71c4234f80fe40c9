// Status and duration of the requests that lines tell of, read step by step as their format says.
import { behindLast, FEED, isDigit, place, signIn, stands, STEP, ZERO } from './bytes.as'
import { KEY, LEFT, REQUEST_SIGN, SAME, STEPS } from './memory.as'
import { BACKSLASH, CLOSE, COLON, DELETE, LOW_LINE, MINUS, OPEN, PLUS, POINT, QUOTE, SLASH, SPACE } from './signs.as'

const LEFT_BRACE: u8 = 123
const RIGHT_BRACE: u8 = 125
/** Steps that read a word. */
const WORD: u8 = 4
const LAST_WORD: u8 = 11
/** Stands for a duration that was not told. */
const NONE: u32 = 0xffffffff
/** More digits of a number are left to others. */
const DIGITS: usize = 9

/** The line at hand: where reading stands, where it ends, what was read of it. */
let at: usize = 0
let end: usize = 0
let status: u32 = 0
let duration: u32 = NONE
/** Bytes that lines share, and of what is before a duration. */
let sameLength: usize = 0
let keyLength: usize = 0

@inline
function isCapital(byte: u32): bool {
  return byte - 65 < 26
}

@inline
function isSmall(byte: u32): bool {
  return byte - 97 < 26
}

@inline
function digitAt(from: usize): u32 {
  return <u32>load<u8>(from) - ZERO
}

function areDigits(from: usize, to: usize): bool {
  for (let index = from; index < to; index++) if (!isDigit(load<u8>(index))) return false
  return to > from
}

/** Only printable ASCII from here on. */
function isPrintable(): bool {
  let index = at
  const low = i8x16.splat(SPACE)
  const high = i8x16.splat(DELETE)
  for (; index + STEP <= end; index += STEP) {
    const bytes = v128.load(index)
    if (v128.any_true(v128.or(i8x16.lt_s(bytes, low), i8x16.eq(bytes, high)))) return false
  }
  for (; index < end; index++) if (load<u8>(index) < SPACE || load<u8>(index) >= DELETE) return false
  return true
}

/** `192.0.2.1:33317` */
function isClient(to: usize): bool {
  let index = to - 1
  while (index > at && isDigit(load<u8>(index))) index--
  return index > at && index < to - 1 && load<u8>(index) == COLON
}

/** `[06/Feb/2009:12:14:14.655]` */
function isTime(to: usize): bool {
  const slash = at + (load<u8>(at, 2) == SLASH ? 2 : 3)
  const colon = slash + 9
  if (load<u8>(at) != OPEN || load<u8>(to - 1) != CLOSE || to < colon + 3) return false
  if (load<u8>(slash) != SLASH || load<u8>(slash, 4) != SLASH || load<u8>(colon) != COLON) return false
  if (!isCapital(load<u8>(slash, 1)) || !isSmall(load<u8>(slash, 2)) || !isSmall(load<u8>(slash, 3))) return false
  if (!areDigits(at + 1, slash) || !areDigits(slash + 5, colon)) return false
  for (let index = colon + 1; index < to - 1; index++) {
    const byte = load<u8>(index)
    if (!isDigit(byte) && byte != COLON && byte != POINT) return false
  }
  return true
}

/** `backend/server` */
function isServer(to: usize): bool {
  const slash = place(SLASH, at, to)
  return slash > at && slash + 1 < to
}

/** The last of `10/0/30/69/+109`, milliseconds; negative ones were not measured. */
function readTimes(to: usize): bool {
  let index = to - 1
  let value: u32 = 0
  let scale: u32 = 1
  for (; index > at && isDigit(load<u8>(index)); index--) {
    value += scale * digitAt(index)
    scale *= 10
  }
  const digits = to - 1 - index
  const isNegative = load<u8>(index) == MINUS
  if (isNegative) index--
  if (load<u8>(index) == PLUS) index--
  if (digits == 0 || digits > 6 || index <= at || load<u8>(index) != SLASH) return false
  duration = isNegative ? NONE : value * 1000
  for (index = at; index < to; index++) {
    const byte = load<u8>(index)
    if (!isDigit(byte) && byte != SLASH && byte != PLUS && byte != MINUS) return false
  }
  return true
}

/** Three digits. */
function readStatus(to: usize): bool {
  if (to - at != 3 || !areDigits(at, to)) return false
  status = digitAt(at) * 100 + digitAt(at + 1) * 10 + digitAt(at + 2)
  return status >= 100 && load<u8>(LEFT + status) == 0
}

/** `--VN` */
function isState(to: usize): bool {
  for (let index = at; index < to; index++) {
    const byte = load<u8>(index)
    if (byte != MINUS && !isSmall(byte) && !isCapital(byte) && !isDigit(byte) && byte != LOW_LINE) return false
  }
  return to - at == 4
}

/** Behind `{1wt.eu} {} `, headers that were captured. */
function passBraces(): bool {
  while (at < end && load<u8>(at) == LEFT_BRACE) {
    at = place(RIGHT_BRACE, at, end) + 2
    if (at > end || load<u8>(at - 1) != SPACE) return false
  }
  return true
}

/** `"GET`, the request's beginning. */
function isMethod(): bool {
  return at + 1 < end && load<u8>(at) == QUOTE && isCapital(load<u8>(at, 1))
}

/** Behind the next text in quotes and the space that follows. */
function passQuoted(): bool {
  at = place(QUOTE, at, end) + 1
  while (at < end && load<u8>(at) != QUOTE) at += load<u8>(at) == BACKSLASH ? 2 : 1
  at += 2
  return at < end && load<u8>(at - 1) == SPACE
}

/** Seconds behind the name of the duration, wherever it stands; none where no digits do. */
function readSeconds(): bool {
  const name = signIn(KEY, keyLength, at, end)
  if (name == end) return false
  let index = name + keyLength
  if (load<u8>(index) == QUOTE) index++
  const from = index
  let value: f64 = 0
  let scale: f64 = 0
  for (; index < end; index++) {
    const byte = load<u8>(index)
    if (byte == POINT && scale == 0) scale = 1
    else if (!isDigit(byte)) break
    else {
      value = value * 10 + <f64>digitAt(index)
      scale *= 10
    }
  }
  if (index - from > DIGITS) return false
  const micros = floor((value * 1e6) / max<f64>(1, scale) + 0.5)
  duration = scale == 0 && value == 0 ? NONE : <u32>micros
  return micros < <f64>NONE
}

/** Behind the next word; whether it is one, with a space behind it. */
@inline
function passWord(word: usize): bool {
  const isWord = word > at && word < end
  at = word + 1
  return isWord
}

/** The numbers by which JavaScript names the steps. */
function step(name: u8): bool {
  const word = name >= WORD && name <= LAST_WORD ? place(SPACE, at, end) : end
  switch (name) {
    case 1:
      if (at + sameLength > end || !stands(SAME, sameLength, at)) return false
      at += sameLength
      return true
    case 2:
      return isPrintable()
    case 3:
      while (at + 1 < end && (load<u8>(at) != COLON || load<u8>(at, 1) != SPACE)) at++
      at += 2
      return at < end
    case 4:
      return passWord(word)
    case 5:
      return isClient(word) && passWord(word)
    case 6:
      return isTime(word) && passWord(word)
    case 7:
      return isServer(word) && passWord(word)
    case 8:
      return readTimes(word) && passWord(word)
    case 9:
      return readStatus(word) && passWord(word)
    case 10:
      return areDigits(load<u8>(at) == PLUS ? at + 1 : at, word) && passWord(word)
    case 11:
      return isState(word) && passWord(word)
    case 12:
      return passBraces()
    case 13:
      return isMethod()
    case 14:
      return passQuoted()
    default:
      return readSeconds()
  }
}

function readLine(from: usize, to: usize): bool {
  at = from
  end = to
  duration = NONE
  for (let next = STEPS; load<u8>(next) != 0; next++) if (!step(load<u8>(next))) return false
  return true
}

/**
 * Writes per line with a sign its start, status and duration in microseconds; behind them all the start of the line at which it stopped.
 * @param sign its length; every line counts where it is 0
 * @returns numbers written
 */
export function requests(from: usize, to: usize, out: usize, outEnd: usize, sign: usize, same: usize, key: usize): usize {
  sameLength = same
  keyLength = key
  let next = out
  let line = from
  while (line < to) {
    if (sign > 0) {
      const found = signIn(REQUEST_SIGN, sign, line, to)
      if (found >= to) line = to
      else line = behindLast(FEED, line, found)
    }
    const stop = place(FEED, line, to)
    if (line >= to || next + 16 > outEnd || !readLine(line, stop)) break
    store<u32>(next, <u32>line)
    store<u32>(next, status, 4)
    store<u32>(next, duration, 8)
    next += 12
    line = stop + 1
  }
  store<u32>(next, <u32>min(line, to))
  return (next + 4 - out) >> 2
}
