// Where the lines of a format keep time, level and status, and how these are read off the bytes of a line.
import type { Duration, LineShape, RequestShape, Severity } from '../../model/index.ts'
import type { Answer } from '../assemble.ts'
import type { Measure } from '../format.ts'
import { isFailing } from '../repeats.ts'
import { severityOf, severityOfPino, severityOfSyslog } from '../severity.ts'
import { type Span, within } from '../within.ts'

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

export class Site {
  readonly offset: number
  /** Bytes of the time up to whole seconds. */
  readonly key: Uint8Array
  /** Those with the bytes beside them that all lines have, which may be read together; null where these vary. */
  readonly same: Uint8Array | null
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
  /** Bytes by which lines are told that can be counted as one; null where each line counts by itself. */
  readonly shape: LineShape | null
  /** Its times are UTC though they do not say so. */
  readonly isUtc: boolean
  /** Where lines of this format had their level so far, the latest first: a thread's name before it moves it. */
  readonly columns: readonly number[]
  /** Its header never states a level: lines of other columns are not looked through for one. */
  readonly quiet: boolean
  /** Severities by the first four letters of their words. */
  readonly levels = new Map<number, Severity | null>()

  constructor(
    parts: Omit<
      Site,
      'same' | 'shape' | 'quiet' | 'levels' | 'equals' | 'fits' | 'endsAt' | 'placeIn' | 'isOwn' | 'repeats' | 'take'
    >,
  ) {
    this.offset = parts.offset
    const same = sameOf(parts)
    this.same = same
    this.key = same === null ? parts.key : same.subarray(same.length - parts.key.length - 1, -1)
    this.behind = parts.behind
    this.anchor = parts.anchor
    this.spaces = parts.spaces
    this.level = parts.level
    this.priority = parts.priority
    this.access = parts.access
    this.name = parts.name
    this.header = parts.header
    this.columns = parts.columns
    this.isUtc = parts.isUtc
    this.quiet = HEADERS_WITHOUT_LEVEL.has(parts.name)
    this.shape = parts.access === null && (parts.level >= 0 || parts.priority > 0 || this.quiet) ? shapeOf(parts) : null
  }

  equals(bytes: Uint8Array, at: number): boolean {
    for (let index = this.key.length - 1; index >= 0; index--) if (bytes[at + index] !== this.key[index]) return false
    return true
  }

  /** Whether a time of the same style stands there. */
  fits(bytes: Uint8Array, at: number): boolean {
    if (!this.endsAt(bytes, at)) return false
    for (let index = this.key.length - 1; index >= 0; index--) {
      const [one, other] = [bytes[at + index] ?? 0, this.key[index] ?? 0]
      if (one !== other && shape(one) !== shape(other)) return false
    }
    return true
  }

  /** Whether a time at `at` would be followed by what follows the others. */
  endsAt(bytes: Uint8Array, at: number): boolean {
    return shape(bytes[at + this.key.length] ?? 10) === shape(this.behind)
  }

  /** Where the time stands in a line: at the same distance as in the last one, or behind the same letters; -1 where nowhere. */
  placeIn({ bytes, from, to }: Span): number {
    const same = from + this.offset
    if (same + this.key.length <= to && this.fits(bytes, same)) return same
    if (this.anchor.length === 0) return -1
    const found = bytes.subarray(from, to).indexOf(this.anchor)
    const place = from + found + this.anchor.length
    if (found < 0 || place + this.key.length > to || !this.fits(bytes, place)) return -1
    return this.isOwn(bytes, from, place) ? place : -1
  }

  /** Whether a time that has moved to `at` still belongs to this format's own line, which begins at `from`. */
  isOwn(bytes: Uint8Array, from: number, at: number): boolean {
    if (this.access === null) return true
    let spaces = 0
    for (let index = from; index < at; index++) if (bytes[index] === 32) spaces++
    return spaces === this.spaces
  }

  /** Takes the time of a request's line that was read, if lines are still read as this site says. */
  repeats(line: Span, { format, reading: { stamp, request } }: Answer): boolean {
    const isLike = this.access?.shape != null && format.name === this.name && request !== null && stamp !== null
    if (!isLike || (request.duration !== null && this.access.durationKey === '')) return false
    const place = this.placeIn(line)
    if (place < 0 || place !== line.from + stamp.start) return false
    this.take(line.bytes, place)
    return true
  }

  take(bytes: Uint8Array, at: number): void {
    this.key.set(bytes.subarray(at, at + this.key.length))
  }
}

/** The bracket before the time of an access line, the time, and what is behind it. */
function sameOf({ key, behind, access }: Pick<Site, 'key' | 'behind' | 'access'>): Uint8Array | null {
  if (shape(behind) !== behind) return null
  return Uint8Array.of(...(access === null ? [] : [91]), ...key, behind)
}

/** A shape longer than this is not looked for. */
const LONGEST_SHAPE = 64
const LEVEL_BYTES = 4

/** The first byte, which tells lines that go on, the time up to its second, and the level's first letters. */
function shapeOf({
  offset,
  key,
  behind,
  level,
  priority,
}: Pick<Site, 'offset' | 'key' | 'behind' | 'level' | 'priority'>): LineShape | null {
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

export const PRIORITY = /^<(\d{1,3})>/

/** Where a line has its level; null where none of the columns of its format shows one. */
export function levelColumn(site: Site, { bytes, from, to }: Span): number | null {
  for (const column of site.columns) if (levelAt(bytes, from + column, to, site) !== null) return column
  return null
}

/** Severity by the priority that begins a line; null where none does. RFC 5424 section 6.2.1 */
export function severityOfPriority({ bytes, from, to }: Span): Severity | null {
  const number = PRIORITY.exec(bytes.toString('latin1', from, Math.min(to, from + 6)))?.[1]
  return number === undefined ? null : severityOfSyslog(Number(number) % 8)
}

/** Severity of the level at `at`, by its first letters. */
export function levelAt(bytes: Buffer, at: number, to: number, site: Site): Severity | null {
  if (at + LEVEL_BYTES > to) return null
  const first = bytes[at] ?? 0
  if (first >= 49 && first <= 54 && bytes[at + 1] === 48) return severityOfPino((first - 48) * 10)
  const word = bytes.readUInt32LE(at)
  let severity = site.levels.get(word)
  if (severity === undefined) {
    severity = severityOf(/^[A-Za-z]*/.exec(bytes.toString('latin1', at, Math.min(to, at + 9)))?.[0] ?? '')
    if (site.levels.size < 32) site.levels.set(word, severity)
  }
  return severity
}

export interface SkimmedRequest {
  readonly status: number
  readonly duration: Duration | null
}

/** Status and duration behind the request of an access line; null where the line must be read as a whole: failures are. */
export function requestAt(access: AccessSite, { bytes, from, to }: Span): SkimmedRequest | null {
  let at = within({ bytes, from, to }, 34)
  for (at++; at > 0 && at < to && bytes[at] !== 34; at++) if (bytes[at] === 92) at++
  if (at <= 0 || at + 5 > to || bytes[at + 1] !== 32) return null
  const status = ((bytes[at + 2] ?? 0) - 48) * 100 + ((bytes[at + 3] ?? 0) - 48) * 10 + ((bytes[at + 4] ?? 0) - 48)
  if (!(status >= 100) || isFailing(status)) return null
  if (access.durationKey === '') return { status, duration: null }
  const key = bytes.subarray(at + 5, to).indexOf(access.durationKey, 0, 'latin1')
  return key < 0 ? null : { status, duration: secondsAt(bytes, at + 5 + key + access.durationKey.length, to) }
}

/** `0.103` as microseconds. */
function secondsAt(bytes: Buffer, from: number, to: number): Duration | null {
  let at = bytes[from] === 34 ? from + 1 : from
  let value = 0
  let scale = 0
  for (; at < to; at++) {
    const digit = (bytes[at] ?? 0) - 48
    if (digit === -2 && scale === 0) scale = 1
    else if (digit < 0 || digit > 9) break
    else {
      value = value * 10 + digit
      if (scale > 0) scale *= 10
    }
  }
  return scale === 0 && value === 0 ? null : Math.round((value * 1e6) / Math.max(1, scale))
}
