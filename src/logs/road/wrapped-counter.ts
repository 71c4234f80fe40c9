// Counts lines that wrap those of others and that nobody will look at: one time is parsed per run of equal seconds.
import { type RequestCounts, type Severity, WRAP_ROW } from '../../model/index.ts'
import { Assembler } from '../assemble.ts'
import { witnessOf } from '../event.ts'
import { type LogFormat, type Measured, type Parts, partsAtRest } from '../format.ts'
import { text } from '../formats/text.ts'
import type { Line } from '../line.ts'
import { withoutColours } from '../line.ts'
import type { Log } from '../log.ts'
import { innerOf } from '../nested.ts'
import type { Reading } from '../reading.ts'
import { NO_TIME, type Timed } from '../time/clock.ts'
import { readStamp } from '../time/read-stamp.ts'
import { unescaped } from './escaped.ts'
import type { Messages } from './messages.ts'
import { lineOf, type Stretch } from './stretch.ts'

/** Longest message that is written without its escapes. */
const ROOM = 1 << 14
const BRACE = 123

interface Told {
  readonly name: string
  readonly time: string
  readonly severity: Severity | null
  /** Of a server, and of an application that answered it. */
  readonly request: Measured | null
  readonly answered: Measured | null
}

export class Counter {
  readonly #log: Log
  readonly #assembler: Assembler
  readonly #messages: Messages
  readonly #parts: Parts = partsAtRest()
  readonly #room = Buffer.alloc(ROOM)
  readonly #counts = new Map<Severity | null, number>()
  /** Of the format by which the run is counted. */
  #name = ''
  readonly #format: LogFormat
  /** Of the run: the time's bytes up to its seconds and its zone, and what they came to. */
  #key = Buffer.alloc(0)
  #zone = Buffer.alloc(0)
  #timed: Timed = NO_TIME
  /** Where the time of the line stands that was counted last; -1 where a record was read since. */
  #last = -1
  #lastEnd = -1
  /** The first second is known to its parts. */
  #isEarly = true

  /** @param messages what is known of them, by all who ask */
  constructor(log: Log, messages: Messages) {
    this.#log = log
    this.#assembler = new Assembler(log.known)
    this.#format = log.known.wrapper ?? log.known.plain.format
    this.#messages = messages
  }

  /** What such a line is counted by, for later. */
  told(stretch: Stretch): Told | null {
    if (!this.#isTold(stretch)) return null
    const { time, end } = this.#parts
    const { name, severity, request, answered } = this.#messages
    return { name, time: stretch.bytes.toString('latin1', time, end), severity, request, answered }
  }

  /** Counts a line by what was told of it. */
  one(line: Line, { name, time, severity, request, answered }: Told): void {
    this.flush()
    this.forget()
    const timed = this.#log.time(readStamp(time, 0))
    this.#log.count({ name, timed, severity, lines: 1, only: 'counted' })
    const { servers, applications } = this.#log.tally
    if (request !== null) this.#log.request(timed.time, request, { lines: [line] }, servers)
    if (answered !== null) this.#log.request(timed.time, answered, { lines: [line] }, applications)
  }

  /** A line that is a record. */
  take(stretch: Stretch): void {
    const isTold = this.#isTold(stretch)
    const teaches = !isTold && stretch.bytes[this.#parts.body] !== BRACE && this.#messages.curious
    if (isTold || (!teaches && this.#isRead(stretch))) this.#count(stretch)
    else this.#whole(lineOf(stretch, this.#log.known.newline), teaches ? 'teaches' : null)
  }

  /** The same where the row that begins at `at` tells all of the line. */
  takeRow(stretch: Stretch, rows: Uint32Array, at: number): void {
    this.#parts.time = rows[at + WRAP_ROW.time] ?? 0
    this.#parts.zone = rows[at + WRAP_ROW.zone] ?? 0
    this.#parts.end = rows[at + WRAP_ROW.timeEnd] ?? 0
    this.#messages.recall(rows, at)
    this.#count(stretch)
  }

  /** Reads such a line as every other is read. */
  whole(line: Line): void {
    this.#whole(line, this.#messages.curious ? 'teaches' : null)
  }

  #whole(line: Line, what: 'teaches' | null): void {
    this.flush()
    this.forget()
    const answer = this.#assembler.read(line.text)
    const reading = answer?.reading ?? this.#log.known.plain.read(line.text)
    if (reading === null) return
    this.#log.pass({ format: answer?.format ?? this.#log.known.plain.format, reading, lines: [line] })
    if (what === 'teaches' && !reading.body.startsWith('{')) this.#learn(line, reading)
  }

  /** Remembers how a line is told that was read: others read what is wrapped with its time. */
  study(line: Line): void {
    if (this.#format.isOthers !== true || !this.#messages.curious) return
    const answer = this.#assembler.read(line.text)
    if (answer === null || answer.reading.weak || answer.reading.joins !== null || answer.reading.fact !== null) return
    const { format, reading } = answer
    if (reading.stamp?.start !== 0 || !this.#found(Buffer.from(line.raw, 'latin1'), 0, line.raw.length)) return
    const { body } = this.#parts
    if (reading.severity !== null && !reading.inner) this.#messages.learn(line.raw.slice(body), reading, format.name)
    else if (format.name === text.name && line.text.slice(body) === reading.body) this.#learn(line, reading)
  }

  /** States what was counted. */
  flush(): void {
    for (const [severity, count] of this.#counts) {
      this.#log.count({ name: this.#name, timed: this.#timed, severity, lines: count, records: count, only: 'counted' })
    }
    if (this.#counts.size > 0) this.#log.resume(this.#timed.time)
    this.#counts.clear()
  }

  /** The line that was counted last is known by its exact time. */
  settle(bytes: Buffer): void {
    if (this.#last >= 0) this.#log.time(readStamp(bytes.toString('latin1', this.#last, this.#lastEnd), 0))
    this.#last = -1
  }

  /** A record was read since lines were counted. */
  forget(): void {
    this.#last = -1
  }

  #learn(line: Line, reading: Reading): void {
    const bytes = Buffer.from(line.raw, 'latin1')
    if (!this.#found(bytes, 0, bytes.length)) return
    const { body, bodyEnd, isEscaped } = this.#parts
    const message = isEscaped ? reading.body : bytes.toString('latin1', body, bodyEnd)
    const inner = innerOf(reading.body, this.#log.known.within)
    // The level that the line states itself counts before that of its message.
    if (reading.severity === null || reading.severity === inner?.severity) this.#messages.learn(message, inner)
  }

  #found(bytes: Buffer, from: number, to: number): boolean {
    return this.#format.wraps?.(bytes, from, to, this.#parts) === true
  }

  /** Finds level and request of a line; false where only reading it can. */
  #isTold({ bytes, from, to }: Stretch): boolean {
    if (!this.#found(bytes, from, to)) return false
    const { body, bodyEnd, isEscaped } = this.#parts
    if (!isEscaped) return this.#messages.tell(bytes, body, bodyEnd)
    const text = bodyEnd - body > ROOM / 3 ? null : unescaped(bytes.toString('latin1', body, bodyEnd))
    if (text === null) return false
    return this.#messages.tell(this.#room, 0, this.#room.write(withoutColours(text).trimEnd(), 'latin1'))
  }

  /** Has the message read by itself: of such a line its header tells the time and nothing else. */
  #isRead(stretch: Stretch): boolean {
    if (this.#format.isOthers === true || this.#messages.hasFailed) return false
    const message = this.#messageOf(stretch)
    return message !== null && this.#messages.read(message, this.#log.known.within)
  }

  /** As the format's reader gives it. */
  #messageOf(stretch: Stretch): string | null {
    if (!this.#found(stretch.bytes, stretch.from, stretch.to)) return null
    const { body, bodyEnd, isEscaped } = this.#parts
    const { text } = lineOf({ ...stretch, from: body, to: bodyEnd }, this.#log.known.newline)
    if (this.#format.wrapHeader?.written !== 'escaped') return text
    const said = isEscaped ? unescaped(text) : text
    return said === null ? null : withoutColours(said).trimEnd()
  }

  #count(stretch: Stretch): void {
    const { bytes } = stretch
    const { time, zone, end } = this.#parts
    this.#last = time
    this.#lastEnd = end
    if (!this.#isSameTime(bytes) || this.#isEarly) {
      this.flush()
      this.#key = Buffer.from(bytes.subarray(time, time + 19))
      this.#zone = Buffer.from(bytes.subarray(zone, end))
      this.#timed = this.#log.time(readStamp(bytes.toString('latin1', time, end), 0))
      this.#isEarly = this.#timed.time === null || this.#log.isEarly(this.#timed.time)
    }
    const { name, severity, request, answered } = this.#messages
    if (name !== this.#name) this.flush()
    this.#name = name
    this.#counts.set(severity, (this.#counts.get(severity) ?? 0) + 1)
    const { servers, applications } = this.#log.tally
    if (request !== null) this.#request(stretch, request, servers)
    if (answered !== null) this.#request(stretch, answered, applications)
  }

  /** The line that stands for others is kept with its exact time. */
  #request(stretch: Stretch, request: Measured, counts: RequestCounts): void {
    const at = this.#timed.time
    if (at === null || !counts.count(at, request)) return
    const { time, end } = this.#parts
    const exact = this.#log.time(readStamp(stretch.bytes.toString('latin1', time, end), 0)).time ?? at
    counts.addWitness(witnessOf({ lines: [lineOf(stretch, this.#log.known.newline)] }, exact, request))
  }

  #isSameTime(bytes: Buffer): boolean {
    const { time, zone, end } = this.#parts
    const [key, same] = [this.#key, this.#zone]
    if (key.length === 0 || same.length !== end - zone) return false
    for (let at = key.length - 1; at >= 0; at--) if (bytes[time + at] !== key[at]) return false
    for (let at = 0; at < same.length; at++) if (bytes[zone + at] !== same[at]) return false
    return true
  }
}
