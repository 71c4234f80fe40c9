// Where the lines of a format keep time, level and status, and whether a line has its time there.
import type { LineShape, RequestShape, Severity } from '../../model/index.ts'
import type { Answer } from '../assemble.ts'
import type { Measure } from '../format.ts'
import { mayGoOn } from '../traces.ts'
import { isIndented, type Span } from '../within.ts'
import { LEVEL_BYTES } from './level-words.ts'

/** Class of a byte in the shape of a time: 1 digit, 2 letter, else itself. */
function shape(code: number): number {
  if (code >= 48 && code <= 57) return 1
  return (code | 32) >= 97 && (code | 32) <= 122 ? 2 : code
}

export interface AccessSite {
  /** ` rt=`: what stands before the duration in seconds; empty where lines state none. */
  readonly durationKey: string
  /** Measures lines from their beginning, where their reader does. */
  readonly measure?: Measure
  /** How lines that share their time are read together; null where they cannot be. */
  readonly shape: RequestShape | null
}

export const HEADERS_WITHOUT_LEVEL = new Set(['syslog-rfc3164', 'journald', 'kernel'])

/** What one line has shown. */
export interface SiteParts {
  readonly offset: number
  /** Bytes of the time up to whole seconds. */
  readonly key: Uint8Array
  /** The byte behind them, which tells styles of time apart: a comma, a point, a space. */
  readonly behind: number
  /** Bytes before the time, to find it by where it has moved; empty where it begins the line. */
  readonly anchor: Buffer
  /** Spaces before the time of an access line: more of them are the header of another format. */
  readonly spaces: number
  /** Distance of the level from the line's start; -1 where none was found. */
  readonly level: number
  /** Length of `<34>`, the priority of syslog that begins the line and states its severity; 0 where there is none. */
  readonly priority: number
  readonly access: AccessSite | null
  /** Of the format: its name, and whether what follows without a header goes on with the record. */
  readonly name: string
  readonly header: boolean
  /** No line of the format goes on with another. */
  readonly isAlone: boolean
  /** Its times are UTC though they do not say so. */
  readonly isUtc: boolean
  /** Where lines of this format had their level so far, the latest first: a thread's name before it moves it. */
  readonly columns: readonly number[]
}

/** Where lines are looked at, and what by; the bytes of the time are those of the last line. */
export interface Site extends SiteParts {
  /** The time's bytes with those beside them that all lines have, which may be read together; null where these vary. */
  readonly same: Uint8Array | null
  /** Bytes by which lines are told that can be counted as one; null where each line counts by itself. */
  readonly shape: LineShape | null
  /** Its header never states a level: lines of other columns are not looked through for one. */
  readonly quiet: boolean
  /** Severities by the first four letters of their words. */
  readonly levels: Map<number, Severity | null>
}

export function siteOf(parts: SiteParts): Site {
  const same = sameOf(parts)
  const key = same === null ? parts.key : same.subarray(same.length - parts.key.length - 1, -1)
  const quiet = HEADERS_WITHOUT_LEVEL.has(parts.name)
  const isTold = parts.access === null && (parts.level >= 0 || parts.priority > 0 || quiet)
  return { ...parts, key, same, quiet, shape: isTold ? shapeOf(parts) : null, levels: new Map() }
}

/** Whether the last line's time stands there. */
export function isTimeAt({ key }: Site, bytes: Uint8Array, at: number): boolean {
  for (let index = key.length - 1; index >= 0; index--) if (bytes[at + index] !== key[index]) return false
  return true
}

export function takeTime({ key }: Site, bytes: Uint8Array, at: number): void {
  key.set(bytes.subarray(at, at + key.length))
}

/** Whether a time of the same style stands there. */
function fits(site: Site, bytes: Uint8Array, at: number): boolean {
  const { key } = site
  if (!endsAt(site, bytes, at)) return false
  for (let index = key.length - 1; index >= 0; index--) {
    const [one, other] = [bytes[at + index] ?? 0, key[index] ?? 0]
    if (one !== other && shape(one) !== shape(other)) return false
  }
  return true
}

/** Whether a time at `at` would be followed by what follows the others. */
function endsAt({ key, behind }: Site, bytes: Uint8Array, at: number): boolean {
  return shape(bytes[at + key.length] ?? 10) === shape(behind)
}

/** Whether a line has the last one's time in the same place. */
export function holdsTime(site: Site, line: Omit<Span, 'to'>): boolean {
  const at = line.from + site.offset
  return !isIndented(line) && isTimeAt(site, line.bytes, at) && endsAt(site, line.bytes, at)
}

/** Whether its times begin with a letter, as syslog's do: a line that has one there goes on with another only where its message does. */
export function isLettered({ quiet, key }: Site): boolean {
  return quiet && shape(key[0] ?? 0) === 2
}

/** The rest of a time, host and tag of syslog before the message. */
const TAGGED = /^\S* \S+ [^\s:[\]]+(?:\[\d{1,10}\])?: (?=[A-Za-z0-9])/
const TAGGED_BYTES = 700

/** Whether a message of words is sure to be no part of another, by what it begins with; false where only reading the line tells. */
export function isPlainMessage({ offset, key }: Site, { bytes, from, to }: Span): boolean {
  const start = from + offset + key.length
  const text = bytes.toString('latin1', start, Math.min(to, start + TAGGED_BYTES)).trimEnd()
  const tag = TAGGED.exec(text)?.[0].length ?? 0
  return tag > 0 && !text.startsWith('#01', tag) && !mayGoOn(text.slice(tag))
}

/** Where the time stands in a line: at the same distance as in the last one, or behind the same letters; -1 where nowhere. */
export function placeIn(site: Site, { bytes, from, to }: Span): number {
  const { anchor, key } = site
  const same = from + site.offset
  if (same + key.length <= to && fits(site, bytes, same)) return same
  if (anchor.length === 0) return -1
  const found = bytes.subarray(from, to).indexOf(anchor)
  const place = from + found + anchor.length
  if (found < 0 || place + key.length > to || !fits(site, bytes, place)) return -1
  return isOwn(site, { bytes, from, to: place }) ? place : -1
}

/** Whether a time that has moved still belongs to this format's own line, by what stands before it. */
function isOwn({ access, spaces }: Site, { bytes, from, to }: Span): boolean {
  if (access === null) return true
  let count = 0
  for (let index = from; index < to; index++) if (bytes[index] === 32) count++
  return count === spaces
}

/** Takes the time of a request's line that was read, if lines are still read as this site says. */
export function repeats(site: Site, line: Span, { format, reading: { stamp, request } }: Answer): boolean {
  const { access, name } = site
  const isLike = access?.shape != null && format.name === name && request !== null && stamp !== null
  if (!isLike || (request.duration !== null && access.durationKey === '')) return false
  const place = placeIn(site, line)
  if (place < 0 || place !== line.from + stamp.start) return false
  takeTime(site, line.bytes, place)
  return true
}

/** The bracket before the time of an access line, the time, and what is behind it. */
function sameOf({ key, behind, access }: SiteParts): Uint8Array | null {
  if (shape(behind) !== behind) return null
  return Uint8Array.of(...(access === null ? [] : [91]), ...key, behind)
}

/** A shape longer than this is not looked for. */
const LONGEST_SHAPE = 64

/** The first byte, which tells lines that go on, the time up to its second, and the level's first letters. */
function shapeOf({ offset, key, behind, level, priority }: SiteParts): LineShape | null {
  const length = Math.max(offset + key.length + 1, level < 0 ? 0 : level + LEVEL_BYTES)
  if (length > LONGEST_SHAPE) return null
  const mask = new Uint8Array(length)
  mask.fill(255, 0, Math.max(1, priority))
  mask.fill(255, offset, offset + key.length + (shape(behind) === behind ? 1 : 0))
  if (level >= 0) mask.fill(255, level, level + LEVEL_BYTES)
  return { after: null, mask }
}

/** Whether both tell lines by the same bytes. */
export function isAlike(one: Site | null, other: Site | null): boolean {
  if (one === null || other === null || one.shape === null || other.shape === null) return false
  return (
    one.offset === other.offset &&
    one.behind === other.behind &&
    one.key.length === other.key.length &&
    one.level === other.level &&
    one.priority === other.priority
  )
}
