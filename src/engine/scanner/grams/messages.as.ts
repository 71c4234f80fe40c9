// What messages count by: an object's level, a beginning that is known, the status of a request.
import { isDigit, signIn, STEP } from './bytes.as'
import { BARE_SIGN, BARE_SIGN_LENGTH, BEGINNING, BEGINNINGS, BEGINNINGS_COUNT, DAY, REQUEST_LEFT } from './memory.as'
import { levelOfObject } from './objects.as'
import { BACKSLASH, CLOSE, COLON, EQUALS, MINUS, OPEN, PLUS, POINT, QUOTE, SLASH, SPACE } from './signs.as'

const OBJECT: u8 = 123
const ZEROS: u8 = 48
const LOW_M: u8 = 109
const LOW_S: u8 = 115

/** The kinds by which JavaScript is told. */
export const NOTHING: u32 = 0
export const LEVELED: u32 = 1
const BEGUN: u32 = 2
const ANSWERED: u32 = 3
/** Longer objects are left to others. */
const OBJECT_BYTES: usize = 2000
const DAY_BYTES: usize = 26
/** Of what names the client's users, blanks before and behind included. */
const NAMES_BYTES: usize = 78
/** Of a beginning: bytes, whether more of the message may make it go on with others, whether nothing is before its level. */
const LENGTH: usize = 0
const IS_SURE: usize = 1
const IS_BARE: usize = 2
const TEXT: usize = 16

/** Of the message at hand: level, number of the beginning, or status. */
export let value: u32 = 0

@inline
function withoutDigits(from: usize): v128 {
  const block = v128.load(from)
  const digits = i8x16.lt_u(i8x16.sub(block, i8x16.splat(ZEROS)), i8x16.splat(10))
  return v128.bitselect(i8x16.splat(ZEROS), block, digits)
}

/** Whether a message begins so: any digit is like any other. */
@inline
function begins(entry: usize, first: v128, from: usize, to: usize): bool {
  const length = <usize>load<u8>(entry, LENGTH)
  if (from + length > to) return false
  let block = first
  let rest = length
  for (let text = entry + TEXT, at = from; rest > STEP; text += STEP, rest -= STEP) {
    if (v128.any_true(v128.xor(block, v128.load(text)))) return false
    at += STEP
    block = withoutDigits(at)
  }
  const others = i8x16.bitmask(i8x16.ne(block, v128.load(entry + TEXT + length - rest)))
  return (others & ((1 << <i32>rest) - 1)) == 0
}

function readBeginning(from: usize, to: usize): u32 {
  const first = withoutDigits(from)
  const count = <usize>load<u8>(BEGINNINGS_COUNT)
  for (let index: usize = 0; index < count; index++) {
    const entry = BEGINNINGS + index * BEGINNING
    if (!begins(entry, first, from, to)) continue
    const isOther = load<u8>(entry, IS_BARE) && signIn(BARE_SIGN, <usize>load<u8>(BARE_SIGN_LENGTH), from, to) < to
    if (!load<u8>(entry, IS_SURE) || isOther) return NOTHING
    value = <u32>index
    return BEGUN
  }
  const head = load<u8>(from)
  return isDigit(head) && readRequest(from, to) ? ANSWERED : NOTHING
}

@inline
function twoDigits(at: usize): u32 {
  const tens = <u32>load<u8>(at) - ZEROS
  const ones = <u32>load<u8>(at, 1) - ZEROS
  return tens > 9 || ones > 9 ? 100 : tens * 10 + ones
}

function isMonth(at: usize): bool {
  switch (load<u32>(at - 1) >>> 8) {
    case 0x6e614a: case 0x626546: case 0x72614d: case 0x727041: case 0x79614d: case 0x6e754a:
    case 0x6c754a: case 0x677541: case 0x706553: case 0x74634f: case 0x766f4e: case 0x636544:
      return true
    default:
      return false
  }
}

/** `01/Nov/2026:00:22:54 +0000`, most often the same as in the line before. */
function isDay(at: usize): bool {
  const same = v128.and(
    i8x16.eq(v128.load(at), v128.load(DAY)),
    i8x16.eq(v128.load(at + DAY_BYTES - STEP), v128.load(DAY + DAY_BYTES - STEP)),
  )
  if (i8x16.all_true(same)) return true
  const day = twoDigits(at)
  const century = twoDigits(at + 7)
  const signs = load<u8>(at, 2) == SLASH && load<u8>(at, 6) == SLASH && load<u8>(at, 11) == COLON
  const others = load<u8>(at, 14) == COLON && load<u8>(at, 17) == COLON && load<u8>(at, 20) == SPACE
  const sign = load<u8>(at, 21)
  if (!signs || !others || (sign != PLUS && sign != MINUS) || day == 0 || day > 31 || !isMonth(at + 3)) return false
  if ((century != 19 && century != 20) || twoDigits(at + 9) > 99 || twoDigits(at + 12) > 23) return false
  if (twoDigits(at + 15) > 59 || twoDigits(at + 18) > 59 || twoDigits(at + 22) > 99 || twoDigits(at + 24) > 99) return false
  memory.copy(DAY, at, DAY_BYTES)
  return true
}

/** Behind an address and the space that follows; 0 where there is none. */
function behindAddress(from: usize): usize {
  let at = from
  for (let part = 0; part < 4; part++) {
    const first = at
    while (isDigit(load<u8>(at))) at++
    if (at == first || at - first > 3 || load<u8>(at) != (part == 3 ? SPACE : POINT)) return 0
    at++
  }
  return at
}

/** Behind a plain word and the space that follows; 0 where there is none. */
function behindWord(from: usize): usize {
  let at = from
  for (let byte = load<u8>(at); byte != SPACE; byte = load<u8>(++at))
    if (byte <= SPACE || byte > 126 || byte == QUOTE || byte == OPEN || byte == OBJECT || byte == 60 || byte == 124) return 0
  return at > from ? at + 1 : 0
}

/** The quote that ends plain text of printable signs; 0 where there are others. */
function plainQuote(from: usize, to: usize): usize {
  for (let at = from; at < to; at += STEP) {
    const block = v128.load(at)
    const signs = v128.or(i8x16.eq(block, i8x16.splat(QUOTE)), i8x16.eq(block, i8x16.splat(BACKSLASH)))
    const bits = i8x16.bitmask(v128.or(signs, i8x16.ge_u(i8x16.sub(block, i8x16.splat(SPACE)), i8x16.splat(95))))
    if (bits == 0) continue
    const found = at + <usize>ctz(bits)
    return found < to && load<u8>(found) == QUOTE ? found : 0
  }
  return 0
}

/** Behind `GET /path HTTP/1.1"`; 0 where it is not so. */
function behindRequest(from: usize, to: usize): usize {
  const quote = plainQuote(from, to)
  let at = from
  while (<u32>load<u8>(at) - 65 < 26) at++
  const length = at - from
  if (quote == 0 || length < 3 || length > 10 || load<u8>(at) != SPACE) return 0
  return at + 1 < quote && load<u8>(at, 1) != SPACE ? quote + 1 : 0
}

/** Whether the last letters of `rt`, `time` or `duration` stand before `at`. */
@inline
function endsName(at: usize): bool {
  const letters = load<u16>(at - 2)
  return letters == 0x7472 || letters == 0x656d || letters == 0x6e6f
}

/** Whether something in the tail may be a duration: `rt=1`, `time="2`, `3ms`. */
function mayBeTimed(from: usize, to: usize): bool {
  for (let at = from; at < to; at += STEP) {
    const block = v128.load(at)
    const signs = v128.or(i8x16.eq(block, i8x16.splat(EQUALS)), i8x16.eq(block, i8x16.splat(COLON)))
    const units = v128.and(i8x16.eq(block, i8x16.splat(LOW_M)), i8x16.eq(v128.load(at + 1), i8x16.splat(LOW_S)))
    for (let bits = i8x16.bitmask(v128.or(signs, units)); bits != 0; bits &= bits - 1) {
      const sign = at + <usize>ctz(bits)
      if (sign >= to) return false
      if (load<u8>(sign) == LOW_M) {
        if (isDigit(load<u8>(sign - 1))) return true
      } else if ((load<u8>(sign, 1) == QUOTE || isDigit(load<u8>(sign, 1))) && endsName(sign)) return true
    }
  }
  return false
}

/** ` 117 "https://a.example/" "curl/8"`, or a size alone, and nothing behind it. */
function isTail(from: usize, to: usize): bool {
  if (from == to) return true
  let at = from + 1
  if (load<u8>(at) == MINUS) at++
  else while (isDigit(load<u8>(at))) at++
  if (load<u8>(from) != SPACE || at == from + 1) return false
  for (let texts = 0; texts < 2 && at < to; texts++) {
    if (load<u8>(at) != SPACE || load<u8>(at, 1) != QUOTE || (texts == 1 && isDigit(load<u8>(at, 2)))) return false
    at = plainQuote(at + 2, to) + 1
    if (at == 1 || (texts == 0 && at >= to)) return false
  }
  return at == to && !mayBeTimed(from, to)
}

/** `192.0.2.1 - - [01/Nov/2026:00:22:54 +0000] "GET / HTTP/1.1" 200 …`: a line of an access log as most servers write it. */
function readRequest(from: usize, to: usize): bool {
  const names = behindAddress(from)
  const user = names && behindWord(names)
  const day = user && behindWord(user)
  if (day == 0 || day - names > NAMES_BYTES || load<u8>(day) != OPEN || !isDay(day + 1)) return false
  const close = day + 1 + DAY_BYTES
  if (load<u8>(close) != CLOSE || load<u8>(close, 1) != SPACE || load<u8>(close, 2) != QUOTE) return false
  const quote = behindRequest(close + 3, to)
  if (quote == 0 || load<u8>(quote) != SPACE || quote + 4 > to || !isDigit(load<u8>(quote, 1))) return false
  const rest = twoDigits(quote + 2)
  value = (<u32>load<u8>(quote, 1) - ZEROS) * 100 + rest
  return rest < 100 && value >= 100 && !load<u8>(REQUEST_LEFT + value) && isTail(quote + 4, to)
}

/** The kind of the message [from, to), its `value` beside it. */
export function readMessage(from: usize, to: usize): u32 {
  if (load<u8>(from) != OBJECT) return readBeginning(from, to)
  if (to - from > OBJECT_BYTES) return NOTHING
  value = levelOfObject(from, to)
  return value == 0 ? NOTHING : LEVELED
}
