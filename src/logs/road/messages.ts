// What messages behind a wrapper's header are counted by, level and request, told without reading all of them.
import {
  type AnswerShape,
  type LearnedMessages,
  type Severity,
  WRAP_ROW,
  WRAPPED,
  type WrapShape,
} from '../../model/index.ts'
import type { Asked } from '../asked.ts'
import { parseObject } from '../flatten.ts'
import type { LogFormat, Measured } from '../format.ts'
import { measureAccess } from '../formats/access-bytes.ts'
import { glogLevel } from '../formats/glog.ts'
import { mayBeJsonAccess } from '../formats/json-access.ts'
import { logfmt, logfmtLevel } from '../formats/logfmt.ts'
import { proxyAccess } from '../formats/proxy-access.ts'
import { text } from '../formats/text.ts'
import { withoutColours } from '../line.ts'
import { innerOf } from '../nested.ts'
import type { Reading } from '../reading.ts'
import { isFailing } from '../repeats.ts'
import { severityOf, severityOfPino } from '../severity.ts'
import { type Telling, toldIn } from '../told/telling.ts'
import { within } from '../within.ts'
import { answerShapeIn, STATUS_CODE } from './answer-shape.ts'
import { type Layout, Layouts } from './layouts.ts'
import { isLevelless } from './level-words.ts'
import { REQUEST, SEVERITIES, wrapShape } from './wrap-shape.ts'

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

/** A level that begins a message. */
const LEVEL_FIRST = /^(?:\[([A-Za-z]{3,9})\]|([A-Z]{3,9}):?) +/
const LEVEL_FIRST_BYTES = 24
/** What may be a level, a request, or the header of another format behind a time. */
const SAID_WITHIN = /"[A-Z]{3,10} |\[\d|: |[ [(][TVDINWECFP][ /|:]/
/** A request as the reader of lines with a time before the client wants it. */
const CLIENT_FIRST = /^\S+ \S+ \S+ \[[^\]]+\] "[A-Z]{3,10} [^\s"]+(?: [^"]*)?" \d{3}(?: |$)/

export class Messages {
  readonly #format: LogFormat
  readonly #layouts = new Layouts()
  readonly #own: string
  readonly #telling: Telling | null
  /** Of the last message that was told: its level, its request, and the format that reads its line. */
  severity: Severity | null = null
  request: Measured | null = null
  /** A request that the application which wrote the message answered. */
  answered: Measured | null = null
  name = ''
  /** The message is a request that failed: what it is is known, but it has to be read. */
  hasFailed = false
  /** By what passes over many lines tell messages; null where they cannot. */
  readonly shape: WrapShape | null
  /** What the last pass knew. */
  #passed: LearnedMessages & { readonly beginnings: readonly Layout[] } = { beginnings: [], answer: null }
  #answer: AnswerShape | null = null
  /** Of servers, by status. */
  readonly #requests: Measured[] = []

  /**
   * @param format what wraps the messages
   * @param telling how they tell of requests
   */
  constructor(format: LogFormat, telling: Telling | null = null) {
    this.#format = format
    this.#telling = telling
    this.shape = format.wrapHeader === undefined ? null : wrapShape(format.wrapHeader, telling)
    this.#own = format.isOthers === true ? text.name : format.name
  }

  /** Tells level and request of the message [from, to); false where only its reader can. */
  tell(bytes: Buffer, from: number, to: number): boolean {
    this.request = null
    this.answered = this.#answered(bytes, from, to)
    this.hasFailed = this.answered !== null && isFailing(this.answered.status)
    this.name = this.#own
    if (this.hasFailed || !this.#level(bytes, from, to)) return false
    if (this.request !== null) this.answered = null
    return true
  }

  /** Tells them by having the message read; false where its line has to be read as well. */
  read(message: string, within: Asked): boolean {
    const inner = innerOf(message, within)
    this.name = this.#own
    this.severity = inner?.severity ?? null
    this.request = inner?.request ?? null
    this.answered = this.request === null && this.#telling !== null ? toldIn(message, this.#telling) : null
    this.hasFailed = isFailing((this.request ?? this.answered)?.status)
    return !this.hasFailed
  }

  /** What a pass over many lines is to know. */
  learned(): LearnedMessages {
    const { all } = this.#layouts
    if (this.#passed.beginnings !== all || this.#passed.answer !== this.#answer)
      this.#passed = { beginnings: all, answer: this.#answer }
    return this.#passed
  }

  /** Takes what the last pass told of a message by the row that begins at `at`. */
  recall(rows: Uint32Array, at: number): void {
    const [kind, value = 0] = [rows[at + WRAP_ROW.kind], rows[at + WRAP_ROW.value]]
    const status = rows[at + WRAP_ROW.status] ?? 0
    this.answered = status === 0 ? null : { status, duration: rows[at + WRAP_ROW.duration] ?? null }
    this.hasFailed = false
    this.severity = null
    this.request = null
    this.name = this.#own
    if (kind === WRAPPED.leveled) this.severity = SEVERITIES[value - 1] ?? null
    else if (kind === WRAPPED.answered) {
      this.request = this.#requests[value] ??= { status: value, duration: null }
      if (this.#format.isOthers === true) this.name = proxyAccess.name
    } else this.#recallLayout(this.#passed.beginnings[value])
  }

  #recallLayout(layout: Layout | undefined): void {
    this.severity = layout?.severity ?? null
    if (layout !== undefined && layout.name !== '') this.name = layout.name
  }

  #answered(bytes: Buffer, from: number, to: number): Measured | null {
    if (this.#telling === null) return null
    const message = withoutColours(bytes.toString('latin1', from, to))
    const told = toldIn(message, this.#telling)
    if (told !== null && this.#telling.sign === STATUS_CODE) this.#answer = answerShapeIn(message) ?? this.#answer
    return told
  }

  #level(bytes: Buffer, from: number, to: number): boolean {
    const first = bytes[from] ?? 0
    if (first === 123) return this.#object(bytes, from, to)
    if (this.#layouts.find(bytes, from, to) && !(this.#layouts.isBare && within({ bytes, from, to }, REQUEST) >= 0)) {
      this.severity = this.#layouts.severity
      if (this.#layouts.name !== '') this.name = this.#layouts.name
      return true
    }
    if (first >= 48 && first <= 57) return this.#access(bytes, from, to)
    const isLetter = first === 73 || first === 87 || first === 69 || first === 70
    return (
      (isLetter && this.#glog(bytes, from, to)) ||
      this.#pairs(bytes, from, to) ||
      this.#words(bytes, from, to) ||
      this.#leveled(bytes, from, to)
    )
  }

  /** Whether reading another message may teach something. */
  get curious(): boolean {
    return this.#layouts.curious
  }

  /** Remembers by what a message that was read could have been told; one that wraps others tells nothing of them. */
  learn(message: string, inner: Reading | null, name = ''): void {
    if (inner !== null && inner.request === null && !inner.inner) this.#layouts.learn(message, inner, name)
  }

  #object(bytes: Buffer, from: number, to: number): boolean {
    if (to - from > OBJECT_BYTES) return false
    const line = bytes.toString('latin1', from, to)
    if (OTHER_OBJECTS.test(line)) return false
    const object = parseObject(line)
    if (object === null || mayBeJsonAccess(line, object)) return false
    this.severity = levelOf(object.level)
    return this.severity !== null
  }

  #glog(bytes: Buffer, from: number, to: number): boolean {
    const second = bytes[from + 1] ?? 0
    if (second < 48 || second > 57 || hasDate(bytes, from, to)) return false
    this.severity = glogLevel(bytes.toString('latin1', from, Math.min(to, from + GLOG_BYTES)))
    return this.severity !== null
  }

  #access(bytes: Buffer, from: number, to: number): boolean {
    this.severity = null
    this.request = measureAccess(bytes, from, to)
    if (this.request === null) return false
    if (this.#format.isOthers === true) {
      this.name = proxyAccess.name
      if (!CLIENT_FIRST.test(bytes.toString('latin1', from, to))) return false
    }
    this.hasFailed = isFailing(this.request.status)
    return !this.hasFailed
  }

  #pairs(bytes: Buffer, from: number, to: number): boolean {
    const equals = within({ bytes, from, to }, 61)
    if (equals < 0 || bytes.subarray(from, equals).includes(32)) return false
    this.severity = logfmtLevel(bytes.toString('latin1', from, to))
    if (this.#format.isOthers === true) this.name = logfmt.name
    return this.severity !== null
  }

  /** A level and plain words. */
  #leveled(bytes: Buffer, from: number, to: number): boolean {
    const first = bytes[from] ?? 0
    if (this.#format.isOthers === true || !(first === 91 || (first >= 65 && first <= 90))) return false
    const found = LEVEL_FIRST.exec(bytes.toString('latin1', from, Math.min(to, from + LEVEL_FIRST_BYTES)))
    const severity = severityOf(found?.[1] ?? found?.[2] ?? '')
    if (found === null || severity === null || !this.#words(bytes, from + found[0].length, to)) return false
    this.severity = severity
    return true
  }

  /** Plain words: none of the formats reads them. */
  #words(bytes: Buffer, from: number, to: number): boolean {
    this.severity = null
    this.name = this.#own
    const second = bytes[from + 1] ?? 0
    if (second < 97 || second > 122) return false
    const said = bytes.toString('latin1', from, to)
    if (!WORD.test(said) || TOLD.test(said) || TOLD_WITHIN.test(said)) return false
    return this.#format.isOthers !== true || (!SAID_WITHIN.test(said) && isLevelless({ bytes, from, to }))
  }
}

/** Level of an object by the commonest of all names, where nothing else has a say in it. */
function levelOf(level: unknown): Severity | null {
  if (typeof level === 'number') return level < 70 && level % 10 === 0 ? severityOfPino(level) : null
  return typeof level === 'string' && !/^\d/.test(level) ? severityOf(level.trim()) : null
}

/** Whether the first bracket holds a day and a slash, as access lines have it. */
function hasDate(bytes: Buffer, from: number, to: number): boolean {
  const bracket = within({ bytes, from, to }, 91)
  return bracket >= 0 && bracket + 3 < to && (bytes[bracket + 2] === 47 || bytes[bracket + 3] === 47)
}
