// The state of reading one source: its formats and clock, what was counted, and the way of a record to the sink.
import {
  type EventSink,
  type Instant,
  type NoticeCode,
  type RequestCounts,
  SECOND,
  type Severity,
  type SourceSummary,
  Tally,
  type TallyData,
} from '../model/index.ts'
import type { RecordLines } from './assemble.ts'
import { makeEvent, requestFact, statedFact, type Witnessing, witnessOf } from './event.ts'
import type { Measured } from './format.ts'
import { readFurther } from './nested.ts'
import type { ReadLogOptions } from './options.ts'
import { type AccessRequest, answeredAt, type Reading } from './reading.ts'
import { type Recognised, recognise } from './recognise.ts'
import { isFailing } from './repeats.ts'
import { type ClockPart, SourceClock, type Timed } from './time/clock.ts'
import type { Stamp } from './time/stamp.ts'
import { toldIn } from './told/telling.ts'
import { isSettings, placed, type Whereabouts, whereabouts } from './whereabouts.ts'

/** What reading a part of a source came to, as data that can be sent. */
export interface LogPart {
  readonly bytes: number
  readonly records: number
  readonly lines: number
  readonly understood: number
  readonly timeless: number
  readonly first: Instant | null
  readonly last: Instant | null
  /** Of the last record that has one. */
  readonly time: Instant | null
  /** Of the last record, exactly. */
  readonly end: Instant | null
  readonly readers: readonly (readonly [string, number])[]
  readonly tally: TallyData
  readonly clock: ClockPart
}

/** What a record says, when, and of which request of its program. */
interface Entered {
  readonly reading: Reading
  readonly timed: Timed
  readonly told: AccessRequest | null
}

export class Log {
  readonly options: ReadLogOptions
  readonly known: Recognised
  readonly tally = new Tally()
  readonly clock: SourceClock
  bytes = 0
  readonly #sink: EventSink
  readonly #where: Whereabouts
  readonly #readers = new Map<string, number>()
  /** Looked through for what it reports, which is nothing. */
  readonly #isMute: boolean
  readonly #noticed = new Map<NoticeCode, number>()
  #records = 0
  #lines = 0
  #understood = 0
  #first: Instant | null = null
  #last: Instant | null = null
  #time: Instant | null = null
  #end: Instant | null = null
  #timeless = 0

  /** @param known what the head tells, where that is known already */
  constructor(options: ReadLogOptions, sink: EventSink, known = recognise(options.head)) {
    this.options = options
    this.#where = whereabouts(options.path)
    this.#sink = sink
    this.known = known
    this.#isMute = options.scanner !== null && !known.reports && isSettings(options.path)
    const { stated } = this.known
    this.clock = new SourceClock({ zone: options.zone, year: options.year, stated, modified: options.modified })
    const { anchor } = this.known
    if (anchor !== null) this.clock.begin(anchor.uptime * SECOND, this.clock.resolve(anchor.stamp).time ?? 0)
  }

  /** Emits the event of a record, and counts it. */
  record(record: RecordLines): void {
    const { reading, timed, told } = this.#enter(record, {})
    if (!this.#isMute) this.#emit(record, { reading, timed, told })
    this.#joined(record)
  }

  #emit(record: RecordLines, { reading, timed, told }: Entered): void {
    const event = makeEvent({ source: this.options.source, record, reading, timed })
    this.#sink.event(event)
    if (reading.request !== null) this.#sink.event(requestFact(event, reading.request, reading.request.teller ?? 'log'))
    if (told !== null) this.#sink.event(requestFact(event, told, 'application'))
    if (reading.fact !== null) this.#sink.event(statedFact(event, reading.fact))
  }

  /**
   * Counts a record that becomes no event; failing requests and samples are facts nevertheless: they hold no text to look for.
   * @returns when its last line was written, of those that tell
   */
  pass(record: RecordLines): Timed {
    const { reading, timed, told } = this.#enter(record, { only: 'counted' })
    const request = reading.request ?? told
    if (request !== null && isFailing(request.status)) {
      const event = makeEvent({ source: this.options.source, record, reading, timed })
      this.#sink.event(requestFact(event, request, told === null ? (request.teller ?? 'log') : 'application'))
    }
    if (reading.fact !== null) {
      this.#sink.event(statedFact(makeEvent({ source: this.options.source, record, reading, timed }), reading.fact))
    }
    return this.#joined(record) ?? timed
  }

  /** Counts the lines of a record that count by themselves; gives when the last was written. */
  #joined({ joined = [] }: RecordLines): Timed | null {
    return joined.reduce<Timed | null>((_, line) => this.pass(line), null)
  }

  #enter(record: RecordLines, how: { readonly only?: 'counted' }): Entered {
    const whole = record.format.rereads === true && record.lines.length > 1 ? this.#reread(record) : record.reading
    const reading = placed(readFurther(whole, this.known.within, messageOf(record, whole)), this.#where)
    const timed = this.time(reading.stamp, reading.uptime)
    const { joined = [] } = record
    const lines = record.lines.length - joined.length
    this.count({ name: record.format.name, timed, severity: reading.severity, lines, ...how })
    const told = reading.request === null ? this.#told(record) : null
    // Requests of lines without a time would all have come in the second of the record before.
    const asked = timed.quality === 'inherited' ? null : timed.time
    const { servers, clients, applications } = this.tally
    const counts = reading.request?.teller === 'client' ? clients : servers
    if (reading.request !== null) this.request(asked, reading.request, record, counts)
    else if (told !== null) this.request(timed.time, told, record, applications)
    for (const line of record.lines) {
      if (line.invalid) this.notice('invalid-encoding', line.offset, 'Bytes that are no valid UTF-8 were replaced.')
      // What was chosen to be quoted lacks nothing of what was to be read.
      if (line.digest !== null && record.excerpt === undefined)
        this.notice('line-cut', line.offset, `A line of ${line.length} bytes was kept to its first ${line.raw.length}.`)
    }
    return { reading, timed, told }
  }

  /** What the program that wrote the record says of a request that it answered. */
  #told({ format, reading, lines: [first, ...others] }: RecordLines): AccessRequest | null {
    const { telling } = this.known
    if (telling === null || first === undefined) return null
    const told = toldIn(format.wraps === undefined ? first.text : reading.body, telling)
    if (told !== null || !telling.follows || format.countsEach === true) return told
    for (const { text } of others) {
      const later = toldIn(text, telling)
      if (later !== null) return later
    }
    return null
  }

  /** Counts a request, and keeps the first of a stretch of time as a line. */
  request(at: Instant | null, request: Measured, record: Witnessing, counts: RequestCounts): void {
    const answered = at === null ? null : answeredAt(at, request)
    if (answered !== null && counts.count(answered, request)) counts.addWitness(witnessOf(record, answered, request))
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

  /** Whether a time is not a whole second later than the earliest. */
  isEarly(time: Instant): boolean {
    return this.#first === null || time < this.#first + SECOND
  }

  /** The last record was only counted, and is read once more for its exact time; null where none was found. */
  endsWith(record: RecordLines | null): void {
    const further = record && readFurther(record.reading, this.known.within, messageOf(record, record.reading))
    this.#end = this.clock.resolve(further?.stamp ?? null).time
  }

  /** Goes on from a time that was read before. */
  resume(time: Instant | null): void {
    if (time !== null) this.#time = time
  }

  /** Counts records that may or may not have become events. */
  count(run: {
    readonly name: string
    readonly timed: Timed
    readonly severity: Severity | null
    readonly lines: number
    readonly records?: number
    /** Lines that are counted in runs of equal seconds: the last of them is known by its second alone. */
    readonly only?: 'counted'
  }): void {
    const records = run.records ?? 1
    const { time, quality } = run.timed
    this.clock.count(quality, records)
    this.#records += records
    this.#lines += run.lines
    if (run.name !== 'plain') this.#understood += run.lines
    this.#readers.set(run.name, (this.#readers.get(run.name) ?? 0) + records)
    if (time === null) {
      this.#timeless += records
      return
    }
    if (records === 0) return
    this.#span(time, run.only === 'counted' ? Math.floor(time / SECOND) * SECOND : time)
    this.tally.addLines(time, run.severity, records)
  }

  /** States a kind of damage once, where it was first met. */
  notice(code: NoticeCode, offset: number | null, detail: string): void {
    const times = this.#noticed.get(code) ?? 0
    this.#noticed.set(code, times + 1)
    if (times === 0) this.#sink.notice({ source: this.options.path, code, offset, detail })
  }

  /** What reading a part of a source came to. */
  part(): LogPart {
    const [records, lines, understood, timeless] = [this.#records, this.#lines, this.#understood, this.#timeless]
    const [first, last, time, end] = [this.#first, this.#last, this.#time, this.#end]
    const [readers, tally, clock] = [[...this.#readers], this.tally.data(), this.clock.part()]
    return { bytes: this.bytes, records, lines, understood, timeless, first, last, time, end, readers, tally, clock }
  }

  /** Counts what the next part of the source came to as if it had been read here; its events and notices have been taken. */
  absorb(part: LogPart): void {
    this.bytes += part.bytes
    this.#records += part.records
    this.#lines += part.lines
    this.#understood += part.understood
    this.#timeless += part.timeless
    for (const [name, records] of part.readers) this.#readers.set(name, (this.#readers.get(name) ?? 0) + records)
    if (part.first !== null && part.last !== null) this.#span(part.first, part.last)
    this.#time = part.time ?? this.#time
    this.#end = part.end
    this.tally.absorb(part.tally)
    this.clock.absorb(part.clock)
  }

  #span(first: Instant, last: Instant): void {
    if (this.#first === null || first < this.#first) this.#first = first
    if (this.#last === null || last > this.#last) this.#last = last
  }

  summary(): SourceSummary {
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
      last: this.#lastKnown(),
      clock: this.clock.summary(),
      tally,
      served: { ...this.known.served, service: this.#where.program ?? this.known.served.service },
    }
  }

  /** What was only counted is known by its second, which may begin before the first record in it; the last record is known exactly. */
  #lastKnown(): Instant | null {
    const [first, last, time] = [this.#first, this.#last, this.#end ?? this.#time]
    if (first === null || last === null) return null
    const isLatest = time !== null && Math.floor(time / SECOND) === Math.floor(last / SECOND)
    return Math.max(first, last, isLatest ? time : last)
  }
}

/** What may be a record of another format: the body, or an object that begins there and goes on in the lines that follow. */
function messageOf(record: RecordLines, reading: Reading): string {
  if (record.lines.length === 1 || !/^\{\s*$/.test(reading.body)) return reading.body
  return [reading.body, ...record.lines.slice(1).map(({ text }) => text)].join('\n')
}
