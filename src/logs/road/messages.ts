// What messages behind a wrapper's header are counted by, level and request, told without reading all of them.
import type { Severity } from '../../model/index.ts'
import { parseObject } from '../flatten.ts'
import type { Measured } from '../format.ts'
import { measureAccess } from '../formats/access-bytes.ts'
import { glogLevel } from '../formats/glog.ts'
import { mayBeJsonAccess } from '../formats/json-access.ts'
import type { Reading } from '../reading.ts'
import { isFailing } from '../repeats.ts'
import { severityOf, severityOfPino } from '../severity.ts'
import { Layouts } from './layouts.ts'

const GLOG_BYTES = 200
/** An object longer than this is read as a whole. */
const OBJECT_BYTES = 2000
/** As other readers may take for their own: an error of PostgreSQL, a record of a runtime, a batch. */
const OTHER_OBJECTS = /^\{"log":|"error_severity"|"resourceLogs"/
/**
 * A word in small letters and a blank: no format begins so but access lines of proxies, logfmt (which has no blank there), Rails,
 * PostgreSQL's own prefixes and names of months and days.
 */
const WORD = /^[A-Za-z][a-z]+,? /
const TOLD =
  /^(?:https?|h2|grpcs?|wss?|npm|panic|trace|debug|info|information|notice|warning|warn|error|critical|fatal|Started|Completed|jan|f[eé]b|fev|m[aä]r|apr|avr|may|mai|jun|jui|jul|aug|ao[uût]|sep|o[ck]t|nov|de[czs]|d[eé]c|mon|tue|wed|thu|fri|sat|sun)/i
const TOLD_WITHIN = /%[A-Z]|: {2}|\[\d{1,2}\/|CEF:|LEEF:|audit\(/

/** Shown by requests whose lines begin with a level, as uvicorn writes them. */
const REQUEST = Buffer.from('HTTP/')

export class Messages {
  readonly #layouts = new Layouts()
  /** Of the last message that was told. */
  severity: Severity | null = null
  request: Measured | null = null

  /** Tells level and request of the message [from, to); false where only its reader can. */
  tell(bytes: Buffer, from: number, to: number): boolean {
    this.request = null
    const first = bytes[from] ?? 0
    if (first === 123) return this.#object(bytes, from, to)
    if (this.#layouts.find(bytes, from, to) && !(this.#layouts.isBare && shows(bytes, from, to, REQUEST))) {
      this.severity = this.#layouts.severity
      return true
    }
    if (first === 73 || first === 87 || first === 69 || first === 70) {
      if (this.#glog(bytes, from, to)) return true
    } else if (first >= 48 && first <= 57) return this.#access(bytes, from, to)
    return this.#words(bytes, from, to)
  }

  /** Whether reading another message may teach something. */
  get curious(): boolean {
    return this.#layouts.curious
  }

  /** Remembers by what a message that was read could have been told; one that wraps others tells nothing of them. */
  learn(message: string, inner: Reading | null): void {
    if (inner !== null && inner.request === null && !inner.inner) this.#layouts.learn(message, inner)
  }

  #object(bytes: Buffer, from: number, to: number): boolean {
    if (to - from > OBJECT_BYTES) return false
    const text = bytes.toString('latin1', from, to)
    if (OTHER_OBJECTS.test(text)) return false
    const object = parseObject(text)
    if (object === null || mayBeJsonAccess(text, object)) return false
    this.severity = levelOf(object.level)
    return this.severity !== null
  }

  #glog(bytes: Buffer, from: number, to: number): boolean {
    if (hasDate(bytes, from, to)) return false
    this.severity = glogLevel(bytes.toString('latin1', from, Math.min(to, from + GLOG_BYTES)))
    return this.severity !== null
  }

  #access(bytes: Buffer, from: number, to: number): boolean {
    this.severity = null
    this.request = measureAccess(bytes, from, to)
    return this.request !== null && !isFailing(this.request.status)
  }

  /** Plain words: none of the formats reads them. */
  #words(bytes: Buffer, from: number, to: number): boolean {
    this.severity = null
    const second = bytes[from + 1] ?? 0
    if (second < 97 || second > 122) return false
    const text = bytes.toString('latin1', from, to)
    return WORD.test(text) && !TOLD.test(text) && !TOLD_WITHIN.test(text)
  }
}

/** Level of an object by the commonest of all names, where nothing else has a say in it. */
function levelOf(level: unknown): Severity | null {
  if (typeof level === 'number') return level < 70 && level % 10 === 0 ? severityOfPino(level) : null
  return typeof level === 'string' && !/^\d/.test(level) ? severityOf(level.trim()) : null
}

function shows(bytes: Buffer, from: number, to: number, part: Buffer): boolean {
  const found = bytes.indexOf(part, from)
  return found >= 0 && found < to
}

/** Whether the first bracket holds a day and a slash, as access lines have it. */
function hasDate(bytes: Buffer, from: number, to: number): boolean {
  const bracket = bytes.indexOf(91, from)
  return bracket >= 0 && bracket + 3 < to && (bytes[bracket + 2] === 47 || bytes[bracket + 3] === 47)
}
