// The state of reading one source: its formats and clock, what was counted, and the way of a record to the sink.
import {
  type EventSink,
  type Instant,
  type NoticeCode,
  SECOND,
  type Severity,
  type SourceSummary,
  Tally,
} from '../model/index.ts'
import type { RecordLines } from './assemble.ts'
import { makeEvent, requestFact } from './event.ts'
import { readFurther } from './nested.ts'
import type { ReadLogOptions } from './options.ts'
import type { Reading } from './reading.ts'
import { type Recognised, recognise } from './recognise.ts'
import { isFailing, Repeats } from './repeats.ts'
import { SourceClock, type Timed } from './time/clock.ts'
import type { Stamp } from './time/stamp.ts'

export class Log {
  readonly options: ReadLogOptions
  readonly known: Recognised
  readonly tally = new Tally()
  readonly clock: SourceClock
  bytes = 0
  readonly #sink: EventSink
  readonly #repeats: Repeats
  readonly #readers = new Map<string, number>()
  readonly #noticed = new Map<NoticeCode, number>()
  #records = 0
  #lines = 0
  #understood = 0
  #first: Instant | null = null
  #last: Instant | null = null
  #time: Instant | null = null
  #timeless = 0

  constructor(options: ReadLogOptions, sink: EventSink) {
    this.options = options
    this.#sink = sink
    this.#repeats = new Repeats(sink)
    this.known = recognise(options.head)
    const { stated } = this.known
    this.clock = new SourceClock({ zone: options.zone, year: options.year, stated, modified: options.modified })
    const { anchor } = this.known
    if (anchor !== null) this.clock.anchor(anchor.uptime * SECOND, this.clock.resolve(anchor.stamp).time ?? 0)
  }

  /** Emits the event of a record, and counts it. */
  record(record: RecordLines): void {
    const { reading, timed } = this.#enter(record)
    const event = makeEvent({ source: this.options.source, record, reading, timed })
    this.#sink.event(event)
    if (reading.request !== null) {
      const fact = requestFact(event, reading.request)
      this.#sink.event(fact)
      this.#repeats.add(fact)
    }
  }

  /** Counts a record that becomes no event; a failing request is a fact nevertheless: its status is no text to look for. */
  pass(record: RecordLines): Instant | null {
    const { reading, timed } = this.#enter(record)
    if (reading.request !== null && isFailing(reading.request.status)) {
      const event = makeEvent({ source: this.options.source, record, reading, timed })
      const fact = requestFact(event, reading.request)
      this.#sink.event(fact)
      this.#repeats.add(fact)
    }
    return timed.time
  }

  #enter(record: RecordLines): { readonly reading: Reading; readonly timed: Timed } {
    const whole = record.format.rereads === true && record.lines.length > 1 ? this.#reread(record) : record.reading
    const reading = readFurther(whole, this.known.formats, messageOf(record, whole))
    const timed = this.time(reading.stamp, reading.uptime)
    this.count({ name: record.format.name, time: timed.time, severity: reading.severity, lines: record.lines.length })
    if (reading.request !== null && timed.time !== null) {
      this.tally.addRequest(timed.time, reading.request.status, reading.request.duration)
    }
    for (const line of record.lines) {
      if (line.invalid) this.notice('invalid-encoding', line.offset, 'Bytes that are no valid UTF-8 were replaced.')
      if (line.digest !== null)
        this.notice('line-cut', line.offset, `A line of ${line.length} bytes was kept to its first ${line.raw.length}.`)
    }
    return { reading, timed }
  }

  #reread(record: RecordLines): RecordLines['reading'] {
    const format = this.known.formats.find((one) => one.format === record.format)
    return format?.read(record.lines.map((line) => line.text).join('\n')) ?? record.reading
  }

  /** The instant of a stamp; without one the whole second of the record before. */
  time(stamp: Stamp | null, uptime: number | null = null): Timed {
    const timed = this.clock.resolve(stamp)
    if (timed.time === null) {
      if (this.#time === null) return timed
      return { time: Math.floor(this.#time / SECOND) * SECOND, quality: 'inherited' }
    }
    if (uptime !== null) this.clock.anchor(uptime * SECOND, timed.time)
    this.#time = timed.time
    return timed
  }

  /** Counts records that may or may not have become events. */
  count(run: {
    readonly name: string
    readonly time: Instant | null
    readonly severity: Severity | null
    readonly lines: number
    readonly records?: number
  }): void {
    const records = run.records ?? 1
    this.#records += records
    this.#lines += run.lines
    if (run.name !== 'plain') this.#understood += run.lines
    this.#readers.set(run.name, (this.#readers.get(run.name) ?? 0) + records)
    if (run.time === null) {
      this.#timeless += records
      return
    }
    if (this.#first === null || run.time < this.#first) this.#first = run.time
    if (this.#last === null || run.time > this.#last) this.#last = run.time
    if (records > 0) this.tally.addLines(run.time, run.severity, records)
  }

  /** States a kind of damage once, where it was first met. */
  notice(code: NoticeCode, offset: number | null, detail: string): void {
    const times = this.#noticed.get(code) ?? 0
    this.#noticed.set(code, times + 1)
    if (times === 0) this.#sink.notice({ source: this.options.path, code, offset, detail })
  }

  summary(): SourceSummary {
    this.#repeats.end()
    if (this.#timeless > 0) {
      this.notice('time-missing', null, `${this.#timeless} of ${this.#records} records have no time.`)
    }
    let reader = 'plain'
    let most = 0
    for (const [name, records] of this.#readers) if (records > most) [reader, most] = [name, records]
    const coverage = this.#lines === 0 ? 1 : this.#understood / this.#lines
    const { bytes, tally } = this
    return {
      reader,
      bytes,
      records: this.#records,
      coverage,
      first: this.#first,
      last: this.#last,
      clock: this.clock.summary(),
      tally,
    }
  }
}

/** What may be a record of another format: the body, or an object that begins there and goes on in the lines that follow. */
function messageOf(record: RecordLines, reading: Reading): string {
  if (record.lines.length === 1 || !/^\{\s*$/.test(reading.body)) return reading.body
  return [reading.body, ...record.lines.slice(1).map(({ text }) => text)].join('\n')
}
