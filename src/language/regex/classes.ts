// Characters of a regular expression: escapes and classes in square brackets.
import { BLANKS, type CharSet, DIGITS, negate, only, union, WORDS } from './char-set.ts'
import { type Cursor, Fault } from './cursor.ts'

const SETS: Readonly<Record<string, CharSet>> = {
  d: DIGITS,
  D: negate(DIGITS),
  w: WORDS,
  W: negate(WORDS),
  s: BLANKS,
  S: negate(BLANKS),
  n: only(10),
  r: only(13),
  t: only(9),
  f: only(12),
  v: only(11),
}

/** What RE2 or JavaScript alone knows, and how to say it for both. */
const REFUSED: Readonly<Record<string, string | null>> = {
  A: '`^`',
  z: '`$`',
  Z: '`$`',
  Q: null,
  E: null,
  G: null,
  C: '`[\\s\\S]`',
  p: 'a class in square brackets',
  P: 'a class in square brackets',
  u: 'the sign itself',
  a: '`\\x07`',
}

/** The characters an escape stands for; the cursor is behind the backslash. */
export function escapeAt(cursor: Cursor, start: number): CharSet {
  const sign = cursor.next()
  const set = SETS[sign]
  if (set !== undefined) return set
  if (sign === 'x') return hex(cursor, start)
  if (/[1-9k]/.test(sign)) {
    throw new Fault('regex-not-re2', start, 2, 'back-references are outside of what runs in linear time')
  }
  if (Object.hasOwn(REFUSED, sign)) {
    throw new Fault('regex-not-re2', start, 2, `\`\\${sign}\` is not read alike everywhere`, REFUSED[sign])
  }
  if (/^[A-Za-z0-9]?$/.test(sign)) throw new Fault('regex', start, 2, `\`\\${sign}\` is no escape`)
  return only(sign.charCodeAt(0))
}

function hex(cursor: Cursor, start: number): CharSet {
  const digits = cursor.match(/[0-9A-Fa-f]{2}/y)
  if (digits === null) throw new Fault('regex', start, 2, 'two hexadecimal digits follow `\\x`')
  return only(Number.parseInt(digits[0], 16))
}

/** The class that began at `start`; the cursor is behind its opening bracket. */
export function classAt(cursor: Cursor, start: number): CharSet {
  const negated = cursor.take('^')
  const parts: CharSet[] = []
  while (!cursor.sees(']')) {
    if (cursor.ended()) throw new Fault('regex', start, 1, 'this class is never closed')
    parts.push(range(cursor))
  }
  cursor.take(']')
  if (parts.length === 0)
    throw new Fault('regex', start, 2, 'this class is empty', '`\\]` for a bracket within a class')
  return negated ? negate(union(parts)) : union(parts)
}

function range(cursor: Cursor): CharSet {
  const start = cursor.index
  const posix = cursor.match(/\[:\^?\w+:\]/y)
  if (posix !== null) {
    throw new Fault('regex-not-re2', start, posix[0].length, 'classes by name are not read alike everywhere', '`a-z`')
  }
  const from = member(cursor)
  const [low] = from
  if (!cursor.sees('-') || cursor.match(/-(?!\])/y) === null) return from
  const [high] = member(cursor)
  if (low === undefined || high === undefined || low[0] !== low[1] || high[0] !== high[1] || low[0] > high[0]) {
    throw new Fault('regex', start, cursor.index - start, 'a range goes from one sign up to another')
  }
  return [[low[0], high[0]]]
}

function member(cursor: Cursor): CharSet {
  const start = cursor.index
  const sign = cursor.next()
  if (sign !== '\\') return only(sign.charCodeAt(0))
  if (cursor.take('b')) return only(8)
  return escapeAt(cursor, start)
}
