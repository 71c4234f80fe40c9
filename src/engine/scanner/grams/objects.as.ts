// Objects of JSON: whether one is whole, and the level that a field of its own tells, without anything being kept.
import { isDigit, stands, STEP } from './bytes.as'
import { KEY_ENTRIES, KEY_INDEX, LEVEL_ENTRIES, LEVEL_INDEX, PHRASE, PHRASE_LENGTH, WORD_BYTES } from './memory.as'
import { BACKSLASH, COLON, COMMA, MINUS, PLUS, POINT, QUOTE, SPACE } from './signs.as'

const NOUGHT: u8 = 48
const LIST: u8 = 91
const LIST_END: u8 = 93
const LOW_E: u8 = 101
const LOW_U: u8 = 117
const OBJECT: u8 = 123
const OBJECT_END: u8 = 125
/** What keys are to an object; the numbers by which JavaScript names them. */
const LEVEL: u8 = 1
const SPOKEN: u8 = 2
const SPOKEN_ELSE: u8 = 3
const REQUEST: u8 = 4
const FOREIGN: u8 = 5
/** Deeper objects are left to others. */
const DEEPEST = 60
/** `true`, `null`, and `alse` behind an `f`. */
const TRUE: u32 = 0x65757274
const NULL: u32 = 0x6c6c756e
const ALSE: u32 = 0x65736c61
/** What is known of a field that says something in words. */
const ABSENT = 0
const SAID = 1
const UNSAID = 2

/** Where reading stands, where it ends; the last string had escapes. */
let at: usize = 0
let end: usize = 0
let hasEscapes = false
/** Number of the level; 0 where none is known. */
let level: u32 = 0
let spoken = ABSENT
let spokenElse = ABSENT
let isRequest = false
/** Objects and lists that are open, a bit for each: 1 for objects, 0 for lists; the innermost is the last. */
let depth = 0
let open: u64 = 0

/** What a table of words by their lengths says of one; 0 where it is not there. */
export function lookUp(index: usize, entries: usize, word: usize, length: usize): u8 {
  if (length >= WORD_BYTES - 2) return 0
  let entry = <usize>load<u8>(index + length)
  if (entry == 0) return 0
  for (entry = entries + entry * WORD_BYTES; <usize>load<u8>(entry, WORD_BYTES - 1) == length; entry += WORD_BYTES)
    if (stands(entry + 1, length, word)) return load<u8>(entry)
  return 0
}

@inline
function isHex(byte: u8): bool {
  return isDigit(byte) || (byte | 32) - 97 < 6
}

@inline
function isEscape(byte: u8): bool {
  return byte == QUOTE || byte == BACKSLASH || byte == 47 || byte == 98 || byte == 102 || byte == 110 || byte == 114 || byte == 116
}

/** The quote that ends the string whose text begins at `from`; 0 where none does. */
function passString(from: usize): usize {
  hasEscapes = false
  for (let next = from; next < end; ) {
    const block = v128.load(next)
    const signs = v128.or(i8x16.eq(block, i8x16.splat(QUOTE)), i8x16.eq(block, i8x16.splat(BACKSLASH)))
    const bits = i8x16.bitmask(v128.or(signs, i8x16.lt_u(block, i8x16.splat(SPACE))))
    if (bits == 0) {
      next += STEP
      continue
    }
    next += <usize>ctz(bits)
    const byte = load<u8>(next)
    if (next >= end || (byte != QUOTE && byte != BACKSLASH)) return 0
    if (byte == QUOTE) return next
    hasEscapes = true
    const sign = load<u8>(next, 1)
    if (isEscape(sign)) next += 2
    else {
      if (sign != LOW_U) return 0
      for (let digit: usize = 2; digit < 6; digit++) if (!isHex(load<u8>(next + digit))) return 0
      next += 6
    }
  }
  return 0
}

function passDigits(): bool {
  const from = at
  while (isDigit(load<u8>(at))) at++
  return at > from
}

function passNumber(): bool {
  if (load<u8>(at) == MINUS) at++
  if (load<u8>(at) == NOUGHT) at++
  else if (!passDigits()) return false
  if (load<u8>(at) == POINT) {
    at++
    if (!passDigits()) return false
  }
  if ((load<u8>(at) | 32) != LOW_E) return true
  at++
  const sign = load<u8>(at)
  if (sign == PLUS || sign == MINUS) at++
  return passDigits()
}

/** Behind a value that holds no others. */
function passPlain(): bool {
  const byte = load<u8>(at)
  if (byte == QUOTE) {
    const close = passString(at + 1)
    at = close + 1
    return close != 0
  }
  const word = load<u32>(at)
  if (word == TRUE || word == NULL) {
    at += 4
    return true
  }
  if (byte == 102 && load<u32>(at, 1) == ALSE) {
    at += 5
    return true
  }
  return passNumber()
}

@inline
function passSpaces(): void {
  while (load<u8>(at) == SPACE) at++
}

/** Behind a key and its colon; what it is, or 255 where there is none or it has escapes. */
function passKey(): u8 {
  if (load<u8>(at) != QUOTE) return 255
  const key = at + 1
  const close = passString(key)
  if (close == 0 || hasEscapes) return 255
  at = close + 1
  passSpaces()
  if (load<u8>(at) != COLON) return 255
  at++
  passSpaces()
  return lookUp(KEY_INDEX, KEY_ENTRIES, key, close - key)
}

/** Whether a value is a text that says something, and not the phrase that says nothing. */
function saidBy(value: usize): i32 {
  const length = at - value - 2
  if (load<u8>(value) != QUOTE || length == 0) return UNSAID
  const phrase = <usize>load<u8>(PHRASE_LENGTH)
  return length == phrase && stands(PHRASE, phrase, value + 1) ? UNSAID : SAID
}

/** Takes a field of the object itself. */
function note(role: u8, value: usize): void {
  if (role == LEVEL) level = <u32>lookUp(LEVEL_INDEX, LEVEL_ENTRIES, value, at - value)
  else if (role == SPOKEN) spoken = saidBy(value)
  else if (role == SPOKEN_ELSE) spokenElse = saidBy(value)
}

/** Whether what is noted tells the level: what may be a request has to say something in words. */
function isTold(): bool {
  return level != 0 && (!isRequest || spoken == SAID || (spoken == ABSENT && spokenElse == SAID))
}

/** Behind the beginning of an object or a list; false where it is too deep. */
function enter(byte: u8): bool {
  if (depth == DEEPEST) return false
  open = (open << 1) | (byte == OBJECT ? 1 : 0)
  depth++
  at++
  passSpaces()
  return true
}

/** Behind a comma, or behind the end of all that is open; false where neither follows. */
function leave(): bool {
  while (depth > 0) {
    passSpaces()
    const next = load<u8>(at)
    if (at >= end) return false
    at++
    if (next == COMMA) return true
    if (next != (open & 1 ? OBJECT_END : LIST_END)) return false
    open >>= 1
    depth--
  }
  return true
}

/** Number of the level of the object that is all of [from, to); 0 where only others can tell. */
export function levelOfObject(from: usize, to: usize): u32 {
  at = from
  end = to
  level = 0
  spoken = spokenElse = ABSENT
  isRequest = false
  depth = 0
  open = 0
  enter(OBJECT)
  while (depth > 0) {
    passSpaces()
    const role: u8 = open & 1 ? passKey() : 0
    if (role >= FOREIGN) return 0
    if (role == REQUEST) isRequest = true
    const value = at
    const byte = load<u8>(at)
    if (byte == OBJECT || byte == LIST) {
      if ((depth == 1 && role != 0 && role != REQUEST) || !enter(byte)) return 0
      const next = load<u8>(at)
      if (next != OBJECT_END && next != LIST_END) continue
    } else {
      if (!passPlain()) return 0
      if (depth == 1) note(role, value)
    }
    if (!leave()) return 0
  }
  return at == end && isTold() ? level : 0
}
