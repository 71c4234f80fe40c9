// Status and duration of HAProxy's HTTP log line read off its bytes, at a fraction of the pattern's price.
// https://docs.haproxy.org/3.0/configuration.html#8.2.3
import type { RequestStep } from '../../model/index.ts'
import type { Measured } from '../format.ts'

const [SPACE, QUOTE, PLUS, MINUS, POINT, SLASH, COLON] = [32, 34, 43, 45, 46, 47, 58]
const [OPEN, CLOSE, UNDERSCORE, LEFT, RIGHT] = [91, 93, 95, 123, 125]
/** Digits of a time that are read here. */
const DIGITS = 9
/** Words before the captured headers and the request, and which of them are looked at. */
const WORDS = 12
const [CLIENT, TIME, SERVER, TIMES, STATUS, SIZE, STATE] = [0, 1, 3, 4, 5, 6, 9]
/** Where each word of the line at hand begins, and behind the last of them what follows: one array for all lines. */
const starts = new Int32Array(WORDS + 1)

const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57
const isCapital = (byte: number): boolean => byte >= 65 && byte <= 90
const isSmall = (byte: number): boolean => byte >= 97 && byte <= 122

/** The same for lines that are read together. */
export const HAPROXY_STEPS: readonly RequestStep[] = [
  'client',
  'time',
  'word',
  'server',
  'times',
  'status',
  'size',
  'word',
  'word',
  'state',
  'word',
  'word',
  'braces',
  'method',
]

/** Null also where the pattern would have found more. */
export function measureHaproxy(bytes: Uint8Array, from: number, to: number): Measured | null {
  if (!findWords(bytes, from, to) || !isRequest(bytes, startOf(WORDS), to)) return null
  if (!isClient(bytes, startOf(CLIENT), endOf(CLIENT)) || !isTime(bytes, startOf(TIME), endOf(TIME))) return null
  if (!isServer(bytes, startOf(SERVER), endOf(SERVER)) || !isSize(bytes, startOf(SIZE), endOf(SIZE))) return null
  if (!isState(bytes, startOf(STATE), endOf(STATE))) return null
  const status = statusOf(bytes, startOf(STATUS), endOf(STATUS))
  const duration = totalOf(bytes, startOf(TIMES), endOf(TIMES))
  if (status === null || duration === null) return null
  return { status, duration: duration < 0 ? null : duration }
}

const startOf = (word: number): number => starts[word] ?? 0
const endOf = (word: number): number => startOf(word + 1) - 1

/** Finds the words, each with one space behind it; false where there are fewer. */
function findWords(bytes: Uint8Array, from: number, to: number): boolean {
  let at = from
  for (let word = 0; word < WORDS; word++) {
    starts[word] = at
    while (at < to && (bytes[at] ?? 0) > SPACE) at++
    if (at === starts[word] || at >= to || bytes[at] !== SPACE) return false
    at++
  }
  starts[WORDS] = at
  return true
}

/** `192.0.2.1:33317` */
function isClient(bytes: Uint8Array, from: number, to: number): boolean {
  let at = to - 1
  while (at > from && isDigit(bytes[at] ?? 0)) at--
  return at > from && at < to - 1 && bytes[at] === COLON
}

/** `[06/Feb/2009:12:14:14.655]` */
function isTime(bytes: Uint8Array, from: number, to: number): boolean {
  const slash = from + (bytes[from + 2] === SLASH ? 2 : 3)
  const colon = slash + 9
  if (bytes[from] !== OPEN || bytes[to - 1] !== CLOSE || to < colon + 3) return false
  if (bytes[slash] !== SLASH || bytes[slash + 4] !== SLASH || bytes[colon] !== COLON) return false
  if (!isCapital(bytes[slash + 1] ?? 0) || !isSmall(bytes[slash + 2] ?? 0) || !isSmall(bytes[slash + 3] ?? 0))
    return false
  return isNumber(bytes, from + 1, slash) && isNumber(bytes, slash + 5, colon) && isClock(bytes, colon + 1, to - 1)
}

function isNumber(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (!isDigit(bytes[at] ?? 0)) return false
  return to > from
}

/** `12:14:14.655` */
function isClock(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const byte = bytes[at] ?? 0
    if (!isDigit(byte) && byte !== COLON && byte !== POINT) return false
  }
  return true
}

/** `backend/server` */
function isServer(bytes: Uint8Array, from: number, to: number): boolean {
  let at = from
  while (at < to && bytes[at] !== SLASH) at++
  return at > from && at < to - 1
}

/** The last of `10/0/30/69/+109` in microseconds, negative where it was not measured; null where that is not what stands there. */
function totalOf(bytes: Uint8Array, from: number, to: number): number | null {
  let value = 0
  let scale = 1
  let at = to - 1
  for (; at > from && isDigit(bytes[at] ?? 0); at--) {
    value += scale * ((bytes[at] ?? 0) - 48)
    scale *= 10
  }
  const digits = to - 1 - at
  const isNegative = bytes[at] === MINUS
  if (isNegative) at--
  if (bytes[at] === PLUS) at--
  if (digits < 1 || digits > DIGITS || at <= from || bytes[at] !== SLASH) return null
  for (at--; at >= from; at--) {
    const byte = bytes[at] ?? 0
    if (!isDigit(byte) && byte !== SLASH && byte !== PLUS && byte !== MINUS) return null
  }
  return isNegative ? -value * 1000 : value * 1000
}

function statusOf(bytes: Uint8Array, from: number, to: number): number | null {
  if (to - from === 2 && bytes[from] === MINUS && bytes[from + 1] === 49) return -1
  if (to - from !== 3 || !isNumber(bytes, from, to)) return null
  return ((bytes[from] ?? 0) - 48) * 100 + ((bytes[from + 1] ?? 0) - 48) * 10 + (bytes[from + 2] ?? 0) - 48
}

function isSize(bytes: Uint8Array, from: number, to: number): boolean {
  return isNumber(bytes, bytes[from] === PLUS ? from + 1 : from, to)
}

/** `--VN` */
function isState(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const byte = bytes[at] ?? 0
    if (byte !== MINUS && !isSmall(byte) && !isCapital(byte) && !isDigit(byte) && byte !== UNDERSCORE) return false
  }
  return to - from === 4
}

/** `{1wt.eu} {} "GET`: captured headers, then the request. */
function isRequest(bytes: Uint8Array, from: number, to: number): boolean {
  let at = from
  while (at < to && bytes[at] === LEFT) {
    while (at < to && bytes[at] !== RIGHT) at++
    if (at + 1 >= to || bytes[at + 1] !== SPACE) return false
    at += 2
  }
  return at + 1 < to && bytes[at] === QUOTE && isCapital(bytes[at + 1] ?? 0)
}
