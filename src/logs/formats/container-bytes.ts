// Where lines of container runtimes have their parts, told from their bytes: what is unusual is left to the readers.
import type { WrapHeader } from '../../model/index.ts'
import type { Parts } from '../format.ts'
import { within } from '../within.ts'

const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'latin1')
const STREAMS = ['stdout', 'stderr'] as const
/** A whole line, no tags. */
const CRI_STREAMS = STREAMS.map((name) => ({ name, behind: bytesOf(` ${name} F `) }))
const LOG = bytesOf('{"log":"')
/** A colour that is written out: it is taken out of a line before the line is read. */
const COLOUR = Buffer.from('\\x1b[')
const TIME = bytesOf(',"time":"')
const DOCKER_STREAMS = STREAMS.map((name) => ({ name, behind: bytesOf(`\\n","stream":"${name}"`) }))
/** Labels of the container, where the daemon was told to write them. */
const ATTRIBUTES = Buffer.from(',"attrs":{')
const LONGEST_TIME = 35
/** Of a time with a fraction of five digits: shorter ones are seldom a runtime's. */
const LEAST_STAMP = 26
/** Seconds and a zone. */
const WHOLE_STAMP = 20
/** `0000-00-00T00:00:00` */
const SECONDS = 19

const NOTHING = new Uint8Array()
export const CRI_HEADER: WrapHeader = {
  first: 'time',
  before: NOTHING,
  after: NOTHING,
  marks: CRI_STREAMS.map(({ name, behind }) => ({ writer: name, mark: behind })),
  leastTime: WHOLE_STAMP,
  zones: 'any',
  written: 'plain',
}
export const STAMPED_HEADER: WrapHeader = {
  ...CRI_HEADER,
  marks: [{ writer: '', mark: bytesOf(' ') }],
  leastTime: LEAST_STAMP,
  zones: 'utc',
}
export const DOCKER_HEADER: WrapHeader = {
  first: 'message',
  before: LOG,
  after: bytesOf('"}'),
  marks: DOCKER_STREAMS.map(({ name, behind }) => ({ writer: name, mark: Buffer.concat([behind, TIME]) })),
  leastTime: WHOLE_STAMP,
  zones: 'any',
  written: 'escaped',
}

function holds(bytes: Uint8Array, at: number, part: Uint8Array): boolean {
  for (let index = 0; index < part.length; index++) if (bytes[at + index] !== part[index]) return false
  return true
}

function isDigit(code: number | undefined): boolean {
  return code !== undefined && code >= 48 && code <= 57
}

/** Whether what lies within an object's brackets is no object, and holds no escapes. */
function isFlat(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (bytes[at] === 123 || bytes[at] === 125 || bytes[at] === 92) return false
  return true
}

/** What stands at a place of the time: a digit where there is nothing. */
const SIGNS: ReadonlyMap<number, number> = new Map([
  [4, 45],
  [7, 45],
  [10, 84],
  [13, 58],
  [16, 58],
])
const SIGN = Uint8Array.from({ length: SECONDS }, (_, at) => SIGNS.get(at) ?? 0)

function isDateTime(bytes: Uint8Array, from: number): boolean {
  for (let at = 0; at < SECONDS; at++) {
    const code = bytes[from + at]
    if (SIGN[at] === 0 ? !isDigit(code) : code !== SIGN[at]) return false
  }
  return true
}

/** Index behind the time of RFC 3339 that begins at `from`; -1 where there is none. */
function timeEnd(bytes: Uint8Array, from: number, parts: Parts): number {
  if (!isDateTime(bytes, from)) return -1
  let at = from + SECONDS
  if (bytes[at] === 46) {
    if (!isDigit(bytes[at + 1])) return -1
    for (at += 2; isDigit(bytes[at]); ) at++
  }
  parts.time = from
  parts.zone = at
  if (bytes[at] === 90) return at + 1
  const isOffset =
    (bytes[at] === 43 || bytes[at] === 45) &&
    isDigit(bytes[at + 1]) &&
    isDigit(bytes[at + 2]) &&
    bytes[at + 3] === 58 &&
    isDigit(bytes[at + 4]) &&
    isDigit(bytes[at + 5])
  return isOffset ? at + 6 : -1
}

/** `2026-11-20T22:35:19.868123456Z stdout F message` */
export function criParts(bytes: Uint8Array, from: number, to: number, parts: Parts): boolean {
  const end = timeEnd(bytes, from, parts)
  if (end < 0) return false
  for (const { name, behind } of CRI_STREAMS) {
    const body = end + behind.length
    if (body >= to || !holds(bytes, end, behind)) continue
    parts.end = end
    parts.writer = name
    parts.body = body
    parts.bodyEnd = to
    parts.isEscaped = false
    return true
  }
  return false
}

/** `2026-11-20T22:35:19.868123456Z message`: seven digits or more, zeros at the end may be left out. */
export function stampedParts(bytes: Uint8Array, from: number, to: number, parts: Parts): boolean {
  const end = timeEnd(bytes, from, parts)
  if (end < from + LEAST_STAMP || bytes[end - 1] !== 90 || bytes[end] !== 32 || end + 1 >= to) return false
  parts.end = end
  parts.writer = ''
  parts.body = end + 1
  parts.bodyEnd = to
  parts.isEscaped = false
  return true
}

/** `{"log":"message\n","stream":"stdout","time":"2026-11-20T22:35:19.868123456Z"}` */
export function dockerParts(bytes: Buffer, from: number, to: number, parts: Parts): boolean {
  if (bytes[to - 1] !== 125 || bytes[to - 2] !== 34 || !holds(bytes, from, LOG)) return false
  const quote = from + bytes.subarray(from, to - 2).lastIndexOf(34)
  const time = quote + 1
  const key = time - TIME.length
  if (to - time > LONGEST_TIME + 2 || !holds(bytes, key, TIME) || timeEnd(bytes, time, parts) !== to - 2) return false
  const end = bytes[key - 1] === 125 ? from + bytes.subarray(from, key).lastIndexOf(ATTRIBUTES) : key
  if (end < from || (end < key && !isFlat(bytes, end + ATTRIBUTES.length, key - 1))) return false
  for (const { name, behind } of DOCKER_STREAMS) {
    const bodyEnd = end - behind.length
    const body = from + LOG.length
    if (bodyEnd <= body || !holds(bytes, bodyEnd, behind) || bytes[bodyEnd - 1] === 92) continue
    parts.end = to - 2
    parts.writer = name
    parts.body = body
    parts.bodyEnd = bodyEnd
    const message = { bytes, from: body, to: bodyEnd }
    parts.isEscaped = within(message, 92) >= 0
    return within(message, parts.isEscaped ? COLOUR : 34) < 0
  }
  return false
}
