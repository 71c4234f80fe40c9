// Counts lines that nobody will look at: one time is parsed per run of equal seconds, severities and statuses are read off bytes.
import type { LineKernels, Severity } from '../../model/index.ts'
import type { Assembler, RecordLines } from '../assemble.ts'
import type { Measured } from '../format.ts'
import type { Log } from '../log.ts'
import { isFailing } from '../repeats.ts'
import { NO_TIME, type Timed } from '../time/clock.ts'
import { readStamp } from '../time/read-stamp.ts'
import { continues } from '../traces.ts'
import type { Span } from '../within.ts'
import { InnerRequests } from './inner-request.ts'
import { isAlike, isLevelless, learn, levelAt, levelColumn, requestAt, type Site, severityOfPriority } from './site.ts'
import { lineOf, type Stretch } from './stretch.ts'

/** Bytes in which runs are looked for at a time: few where lines of other kinds are frequent. */
const [LEAST_REACH, LARGEST_REACH] = [1 << 13, 1 << 20]

export class Skimmer {
  readonly #log: Log
  readonly #assembler: Assembler
  readonly #kernels: LineKernels | null
  #site: Site | null = null
  #timed: Timed = NO_TIME
  #name = 'plain'
  #header = false
  /** Lines that go on with a record, not yet counted. */
  #continued = 0
  #counts = new Map<Severity | null, number>()
  /** As what the last line was counted; null where it was read as a whole. */
  #last: 'continued' | 'timed' | null = null
  #severity: Severity | null = null
  /** Where its level was found; -1 where none was looked for. */
  #column = -1
  #reach = LEAST_REACH
  /** The assembler holds a record. */
  #open = false
  readonly #inner: InnerRequests

  /** @param kernels passes over lines in the memory where stretches lie; null where there are none */
  constructor(log: Log, assembler: Assembler, kernels: LineKernels | null) {
    this.#log = log
    this.#assembler = assembler
    this.#inner = new InnerRequests(log.known)
    this.#kernels = log.known.newline === 10 ? kernels : null
  }

  /** Goes on behind a record that was read as a whole. */
  follow({ format }: RecordLines): void {
    this.#header = format.frame === 'header'
    this.#name = format.name
  }

  /** Lines may mean something else from here on. */
  forget(): void {
    this.#site = null
  }

  /** Counts all lines of a stretch; gives the number of the line behind it. */
  skim(stretch: Stretch): number {
    const { bytes, to } = stretch
    const part = bytes.subarray(0, to)
    let { from, number } = stretch
    let request = -1
    while (from < to) {
      if (request < from) request = this.#inner.next(part, from)
      const line = request === to || this.#site?.access !== null ? to : this.#lineStart(bytes, request, from)
      if (line > from) [from, number] = this.#part({ ...stretch, from, to: line, number })
      else {
        const end = this.#lineEnd(bytes, from, to)
        this.#told({ ...stretch, from, to: end, number })
        from = end + 1
        number++
      }
    }
    this.#flush()
    this.#close()
    return number
  }

  #lineStart(bytes: Buffer, at: number, floor: number): number {
    return Math.max(floor, bytes.lastIndexOf(this.#log.known.newline, at) + 1)
  }

  /** A line that may tell of a request behind its header. */
  #told(stretch: Stretch): void {
    const { bytes, from, to } = stretch
    const site = this.#site
    const place = site === null ? -1 : site.placeIn(stretch)
    if (site === null || place < 0 || bytes[from] === 9 || bytes[from] === 32) {
      this.#one(stretch)
      return
    }
    const header = place + site.key.length
    const request = this.#inner.of(stretch, header)
    if (request === null || !this.#known(site, stretch, place)) {
      this.#whole(stretch)
      this.#inner.learn(bytes.toString('latin1', from, to), header - from)
    } else this.#count(request, stretch)
  }

  /** The first request of a stretch of time is kept as a line. */
  #count(request: Measured, stretch: Stretch): void {
    const { time } = this.#timed
    if (time === null) return
    this.#log.tally.addRequest(time, request.status, request.duration)
    if (this.#log.tally.lacksWitness(time))
      this.#log.witness(time, request, { lines: [lineOf(stretch, this.#log.known.newline)] })
  }

  /** Where to go on behind a line, or behind many where runs of them can be told. */
  #part(stretch: Stretch): [number, number] {
    const { bytes, from, to, number } = stretch
    const shape = this.#site?.shape
    if (this.#kernels === null || shape == null) {
      const end = this.#lineEnd(bytes, from, to)
      this.#one({ ...stretch, to: end })
      return [end + 1, number + 1]
    }
    const end = Math.min(to, this.#lineEnd(bytes, Math.min(to, from + this.#reach), to) + 1)
    return this.#runs(stretch, this.#kernels.lineRuns(from, end, shape))
  }

  #lineEnd(bytes: Buffer, from: number, to: number): number {
    const found = bytes.indexOf(this.#log.known.newline, from)
    return found < 0 || found > to ? to : found
  }

  /** Of lines that share their time and level the first is read and the others are counted with it. */
  #runs(stretch: Stretch, runs: Uint32Array): [number, number] {
    const { bytes, to } = stretch
    const site = this.#site
    let { number } = stretch
    for (let index = 0; index + 1 < runs.length; index += 2) {
      const last = number + (runs[index + 1] ?? 0)
      for (let from = runs[index] ?? to; number < last; ) {
        const end = this.#lineEnd(bytes, from, to)
        this.#one({ ...stretch, from, to: end, number })
        number++
        from = end + 1
        if (this.#last !== null) {
          this.#more(last - number)
          number = last
        } else if (this.#site !== site && !isAlike(this.#site, site)) {
          this.#reach = LEAST_REACH
          return [from, number]
        }
      }
    }
    this.#reach = Math.min(LARGEST_REACH, this.#reach * 2)
    return [runs.at(-1) ?? to, number]
  }

  /** Counts lines as the last was. */
  #more(lines: number): void {
    if (this.#last === 'continued') this.#continued += lines
    else if (lines > 0) this.#counts.set(this.#severity, (this.#counts.get(this.#severity) ?? 0) + lines)
  }

  #one(stretch: Stretch): void {
    const { bytes, from, to } = stretch
    this.#last = null
    if (to > from && !(to === from + 1 && bytes[from] === 13)) this.#line(stretch)
  }

  #line(stretch: Stretch): void {
    const site = this.#site
    const first = stretch.bytes[stretch.from]
    if (this.#header && site !== null && (first === 9 || first === 32)) {
      this.#last = 'continued'
      this.#continued++
      return
    }
    const place = site === null ? -1 : site.placeIn(stretch)
    if (site === null || place < 0 || !this.#known(site, stretch, place)) this.#whole(stretch)
    else if (site.access === null && place === stretch.from + site.offset && this.#column === site.level)
      this.#last = 'timed'
  }

  #known(site: Site, stretch: Stretch, place: number): boolean {
    const { bytes, from, to } = stretch
    this.#close()
    if (!site.equals(bytes, place)) {
      const text = bytes.toString('latin1', place, Math.min(to, place + 48))
      const stamp = readStamp(text, 0)
      if (stamp === null || stamp.seconds !== site.key.length) return false
      this.#flush()
      site.take(bytes, place)
      this.#timed = this.#log.time(site.isUtc ? { ...stamp, zoned: true, offset: 0 } : stamp)
    } else this.#log.resume(this.#timed.time)
    this.#header = site.header
    this.#name = site.name
    if (site.access !== null) return this.#access(site.access, stretch, place)
    if (!this.#level(site, { bytes, from, to })) return false
    this.#counts.set(this.#severity, (this.#counts.get(this.#severity) ?? 0) + 1)
    return true
  }

  /** Finds the severity of a line; false where only reading the line as a whole can. */
  #level(site: Site, span: Span): boolean {
    if (site.priority > 0) {
      this.#severity = severityOfPriority(span)
      this.#column = -1
      return this.#severity !== null
    }
    const column = levelColumn(site, span)
    if (column === null && !site.quiet && !isLevelless(span)) return false
    this.#severity = column === null ? null : levelAt(span.bytes, span.from + column, span.to, site)
    this.#column = column ?? -1
    return true
  }

  #access(access: NonNullable<Site['access']>, stretch: Stretch, place: number): boolean {
    const { bytes, from, to } = stretch
    const request =
      access.measure === undefined ? requestAt(access, { bytes, from: place, to }) : access.measure(bytes, from, to)
    if (request === null || isFailing(request.status)) return false
    this.#count(request, stretch)
    this.#counts.set(null, (this.#counts.get(null) ?? 0) + 1)
    return true
  }

  /** A line of another kind: read as a whole, with what belongs to it. */
  #whole(stretch: Stretch): void {
    this.#flush()
    const line = lineOf(stretch, this.#log.known.newline)
    const answer = this.#assembler.read(line.text)
    const isHeader = answer !== null && !answer.reading.weak
    if (!isHeader && !this.#open && (this.#header || this.#continues(stretch, line.text))) {
      this.#continued++
      return
    }
    const before = this.#assembler.take(line)
    this.#open = true
    if (before !== null) this.#pass(before)
    if (!isHeader) return
    this.#header = answer.format.frame === 'header'
    this.#name = answer.format.name
    const isMixed = this.#log.known.requests && line.text.startsWith('{')
    this.#site = isMixed ? null : learn(line, answer, this.#site)
  }

  /** The record that was read as a whole ends here. */
  #close(): void {
    if (!this.#open) return
    this.#open = false
    const record = this.#assembler.end()
    if (record !== null) this.#pass(record)
  }

  /** The site was learned from the last record that has a time of its own. */
  #pass(record: RecordLines): void {
    const timed = this.#log.pass(record)
    if (record.reading.stamp !== null) this.#timed = timed
  }

  /** Whether a line goes on with the one before, if that is still at hand. */
  #continues({ bytes, from }: Stretch, text: string): boolean {
    if (from < 2) return false
    const start = bytes.lastIndexOf(this.#log.known.newline, from - 2) + 1
    return continues(bytes.toString('latin1', start, from - 1), text)
  }

  #flush(): void {
    if (this.#continued > 0) {
      this.#log.count({
        name: this.#name,
        timed: this.#timed,
        severity: null,
        lines: this.#continued,
        records: 0,
        only: 'counted',
      })
      this.#continued = 0
    }
    for (const [severity, count] of this.#counts) {
      this.#log.count({
        name: this.#site?.name ?? this.#name,
        timed: this.#timed,
        severity,
        lines: count,
        records: count,
        only: 'counted',
      })
    }
    this.#counts.clear()
  }
}
