// Status and duration of a line in the common or combined log format read off its bytes: layouts of their own are left to the reader.
import type { Measured } from '../format.ts'
import { durationMicros } from './access-tail.ts'

/** An address, identity and user, the time, and the quote before the request. */
const FRONT =
  /^(?:\d{1,3}\.){3}\d{1,3} [^"[{<|]{1,80}\[(?:0[1-9]|[12]\d|3[01])\/(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\/(?:19|20)\d\d:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d [+-]\d{4}\] "/
const FRONT_BYTES = 140
/** Size, referrer and agent; ingress-nginx states the request's length and duration and two names in brackets behind them. */
const TAIL = /^ (?:\d+|-) "(?:[^"\\]|\\.)*" "(?:[^"\\]|\\.)*"(?: \d+ (\d+\.\d+) \[[^\]]*\] \[[^\]]*\] [^"[]*)?$/
/** What may state a duration by a name or a unit, somewhere. */
const NAMED = /(?:rt|time|duration)[=:]"?\d|\dms(?:\s|$)/
/** A referrer or an agent that is a number may be one as well. */
const NUMBER = /"\d{1,6}\.\d{3,6}"$/

function statusAt(bytes: Uint8Array, at: number, to: number): number {
  if (at + 4 > to || bytes[at] !== 32 || (at + 4 < to && bytes[at + 4] !== 32)) return -1
  let status = 0
  for (let place = at + 1; place < at + 4; place++) {
    const digit = (bytes[place] ?? 0) - 48
    if (!(digit >= 0 && digit <= 9)) return -1
    status = status * 10 + digit
  }
  return status
}

/** Index of the quote that ends the request; -1 where none does. */
function requestEnd(bytes: Uint8Array, from: number, to: number): number {
  for (let at = from; at < to; at++) {
    if (bytes[at] === 34) return at
    if (bytes[at] === 92) at++
  }
  return -1
}

export function measureAccess(bytes: Uint8Array, from: number, to: number): Measured | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const front = FRONT.exec(buffer.toString('latin1', from, Math.min(to, from + FRONT_BYTES)))
  if (front === null) return null
  const quote = requestEnd(bytes, from + front[0].length, to)
  const status = quote < 0 ? -1 : statusAt(bytes, quote + 1, to)
  if (status < 100) return null
  const tail = buffer.toString('latin1', quote + 5, to)
  if (tail === '' || /^ (?:\d+|-)$/.test(tail)) return { status, duration: null }
  const found = TAIL.exec(tail)
  if (found === null || NAMED.test(tail) || NUMBER.test(tail)) return null
  return { status, duration: found[1] === undefined ? null : durationMicros(found[1], 's') }
}
