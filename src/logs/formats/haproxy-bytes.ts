// Status and duration of HAProxy's HTTP log line read off its bytes, at a fraction of the pattern's price.
// https://docs.haproxy.org/3.0/configuration.html#8.2.3
import type { Measured } from '../format.ts'

const [SPACE, QUOTE, PLUS, MINUS, SLASH, COLON, OPEN, CLOSE, LEFT, RIGHT] = [32, 34, 43, 45, 47, 58, 91, 93, 123, 125]
/** Digits of a time that are read here. */
const DIGITS = 9

/** A line of printable ASCII. */
interface Line {
  readonly bytes: Uint8Array
  readonly to: number
}

function byteAt({ bytes, to }: Line, at: number): number {
  return at < to ? (bytes[at] ?? 0) : 0
}

const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57
const isCapital = (byte: number): boolean => byte >= 65 && byte <= 90
const isSmall = (byte: number): boolean => byte >= 97 && byte <= 122

/** Behind the word at `from` and its one space; -1 where there is no such word. */
function behindWord(line: Line, from: number): number {
  let at = from
  while (byteAt(line, at) > SPACE) at++
  return at > from && byteAt(line, at) === SPACE ? at + 1 : -1
}

/** `[06/Feb/2009:12:14:14.655]` */
function isTime(line: Line, from: number, to: number): boolean {
  let at = from + 1
  while (isDigit(byteAt(line, at))) at++
  const [day, month] = [at - from - 1, at + 1]
  const isNamed = isCapital(byteAt(line, month)) && isSmall(byteAt(line, month + 1)) && isSmall(byteAt(line, month + 2))
  if (byteAt(line, from) !== OPEN || day < 1 || day > 2 || !isNamed) return false
  if (byteAt(line, at) !== SLASH || byteAt(line, month + 3) !== SLASH || byteAt(line, month + 8) !== COLON) return false
  for (at = month + 4; at < month + 8; at++) if (!isDigit(byteAt(line, at))) return false
  for (at = month + 9; at < to - 1; at++) {
    const byte = byteAt(line, at)
    if (!isDigit(byte) && byte !== COLON && byte !== 46) return false
  }
  return to - 1 > month + 9 && byteAt(line, to - 1) === CLOSE
}

/** `192.0.2.1:33317` */
function isClient(line: Line, from: number, to: number): boolean {
  let at = to - 1
  while (at > from && isDigit(byteAt(line, at))) at--
  return at > from && at < to - 1 && byteAt(line, at) === COLON
}

/** `backend/server` */
function isServer(line: Line, from: number, to: number): boolean {
  let at = from
  while (at < to && byteAt(line, at) !== SLASH) at++
  return at > from && at < to - 1
}

/** The last of `10/0/30/69/+109` in microseconds, negative where it was not measured; null where that is not what stands there. */
function totalOf(line: Line, from: number, to: number): number | null {
  let value = 0
  let scale = 1
  let at = to - 1
  for (; isDigit(byteAt(line, at)); at--) {
    value += scale * (byteAt(line, at) - 48)
    scale *= 10
  }
  const digits = to - 1 - at
  const isNegative = byteAt(line, at) === MINUS
  if (isNegative) at--
  if (byteAt(line, at) === PLUS) at--
  if (digits < 1 || digits > DIGITS || at <= from || byteAt(line, at) !== SLASH) return null
  for (at--; at >= from; at--) {
    const byte = byteAt(line, at)
    if (!isDigit(byte) && byte !== SLASH && byte !== PLUS && byte !== MINUS) return null
  }
  return isNegative ? -value * 1000 : value * 1000
}

function statusOf(line: Line, from: number, to: number): number | null {
  const [a, b, c] = [byteAt(line, from), byteAt(line, from + 1), byteAt(line, from + 2)]
  if (to - from === 2 && a === MINUS && b === 49) return -1
  if (to - from !== 3 || !isDigit(a) || !isDigit(b) || !isDigit(c)) return null
  return (a - 48) * 100 + (b - 48) * 10 + c - 48
}

function isSize(line: Line, from: number, to: number): boolean {
  let at = byteAt(line, from) === PLUS ? from + 1 : from
  if (at === to) return false
  while (at < to) if (!isDigit(byteAt(line, at++))) return false
  return true
}

/** `--VN` */
function isState(line: Line, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const byte = byteAt(line, at)
    if (!isDigit(byte) && !isCapital(byte) && !isSmall(byte) && byte !== MINUS && byte !== 95) return false
  }
  return to - from === 4
}

/** `{1wt.eu} {} "GET`: captured headers, then the request. */
function isRequest(line: Line, from: number): boolean {
  let at = from
  while (byteAt(line, at) === LEFT) {
    while (at < line.to && byteAt(line, at) !== RIGHT) at++
    if (byteAt(line, at + 1) !== SPACE) return false
    at += 2
  }
  return byteAt(line, at) === QUOTE && isCapital(byteAt(line, at + 1))
}

/** What each word of the line must be; null for those that may be anything, or are read. */
const WORDS: readonly (((line: Line, from: number, to: number) => boolean) | null)[] = [
  isClient,
  isTime,
  null,
  isServer,
  null,
  null,
  isSize,
  null,
  null,
  isState,
  null,
  null,
]
const [TOTAL, STATUS] = [4, 5]

/** Null also where the pattern would have found more. */
export function measureHaproxy(bytes: Uint8Array, from: number, to: number): Measured | null {
  const line = { bytes, to }
  let duration: number | null = null
  let status: number | null = null
  let at = from
  for (let word = 0; word < WORDS.length; word++) {
    const next = behindWord(line, at)
    if (next < 0) return null
    if (word === TOTAL) duration = totalOf(line, at, next - 1)
    else if (word === STATUS) status = statusOf(line, at, next - 1)
    if (WORDS[word]?.(line, at, next - 1) === false) return null
    at = next
  }
  if (status === null || duration === null || !isRequest(line, at)) return null
  return { status, duration: duration < 0 ? null : duration }
}
