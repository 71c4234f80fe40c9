// Counts lines one by one: time, level and request are read off their bytes, and where these do not tell the line is read as a whole.
import type { Instant, LineKernels, RequestCounts } from '../../model/index.ts'
import { ownIndented } from '../asked.ts'
import type { Answer, Assembler, RecordLines } from '../assemble.ts'
import type { Measured } from '../format.ts'
import type { Line } from '../line.ts'
import type { Log } from '../log.ts'
import { goesOnWithin, mayBeWithin } from '../open-object.ts'
import { isFailing } from '../repeats.ts'
import { NO_TIME, type Timed } from '../time/clock.ts'
import { readStamp } from '../time/read-stamp.ts'
import { isIndented, type Span } from '../within.ts'
import { AnsweredRequests } from './answered-requests.ts'
import { countRequest, countRequests } from './count-request.ts'
import { learn } from './learn-site.ts'
import { levelAt, levelColumn, severityOfPriority } from './level-at.ts'
import { isLevelless } from './level-words.ts'
import { continuesBefore, joinsBefore } from './lines-before.ts'
import { requestAt } from './request-at.ts'
import { RunCounts } from './run-counts.ts'
import { holdsTime, isLettered, isPlainMessage, isTimeAt, placeIn, repeats, type Site, takeTime } from './site.ts'
import { lineOf, type Stretch } from './stretch.ts'

const RETURN = 13

export class LineCounter {
  readonly #log: Log
  readonly #assembler: Assembler
  /** How lines are read off their bytes; null where none was learned. */
  site: Site | null = null
  #timed: Timed = NO_TIME
  #name = 'plain'
  #header = false
  readonly #counts: RunCounts
  /** As what the last line was counted; null where it was read as a whole. */
  #last: 'continued' | 'timed' | null = null
  /** Where its level was found; -1 where none was looked for. */
  #column = -1
  /** The assembler holds a record. */
  #open = false
  /** The last line was counted as a record of its own, by its level. */
  #isRecord = false
  readonly #answered: AnsweredRequests
  readonly #isOwn: (blank: number, sign: number) => boolean

  constructor(log: Log, assembler: Assembler, kernels: LineKernels | null) {
    this.#log = log
    this.#assembler = assembler
    this.#counts = new RunCounts(log)
    this.#answered = new AnsweredRequests(log, kernels)
    this.#isOwn = ownIndented(log.known.formats)
  }

  /** Goes on behind a record that was read as a whole. */
  follow({ format }: RecordLines): void {
    this.#header = format.frame === 'header'
    this.#name = format.name
  }

  /** Goes on behind lines that were like this one, at the same time. */
  expect(line: Line, answer: Answer): void {
    this.#header = answer.format.frame === 'header'
    this.#name = answer.format.name
    this.site = learn(line, answer, null)
    if (this.site !== null) this.#timed = this.#log.time(answer.reading.stamp)
  }

  /** Counts a line. */
  one(line: Stretch): void {
    const { bytes, from, to } = line
    this.#last = null
    this.#isRecord = false
    if (to === from || (to === from + 1 && bytes[from] === RETURN)) return
    const request = this.#answered.of(line)
    const isFailed = request !== null && isFailing(request.status) && !isIndented(line)
    if (isFailed) this.#whole(line)
    else this.#line(line)
    if (request !== null && this.#isRecord) this.#request(request, line, this.#log.tally.applications)
  }

  /** Whether lines like the last may be counted with it. */
  get hasMore(): boolean {
    return this.#last !== null
  }

  /** Counts lines as the last was. */
  more(lines: number): void {
    if (this.#last === 'continued') this.#counts.addContinued(lines)
    else this.#counts.addAlike(lines)
  }

  /** Counts the requests told in lines like the last; gives where the line of one that failed begins, else the end. */
  answers(lines: Stretch): number {
    return this.#last === 'timed' ? this.#answered.countRun(lines, this.#timed.time) : lines.to
  }

  /** Where the time of a line with a header of its own stands; -1 where it has none. */
  placeIn(line: Span): number {
    return this.site === null || isIndented(line) ? -1 : placeIn(this.site, line)
  }

  /** What is behind the time at `place`. */
  behind(place: number): number {
    return place + (this.site?.key.length ?? 0)
  }

  /** Counts a line with a time at `place` and its request; false where it was read as a whole. */
  withRequest(line: Stretch, place: number, request: Measured | null): boolean {
    if (request === null || this.site === null || !this.#known(this.site, line, place)) {
      this.#whole(line)
      return false
    }
    this.#request(request, line, this.#log.tally.servers)
    return true
  }

  /** The time that the last line shares with others which the bytes alone tell all of; null where lines must be counted by themselves. */
  get timeAmongOthers(): Instant | null {
    const { site } = this
    const { time } = this.#timed
    const isPlain = !this.#open && site?.quiet === true && site.shape !== null && site.priority === 0
    return isPlain && time !== null && this.#log.tally.isWitnessed(time) ? time : null
  }

  /**
   * Whether a line is sure to begin a record: it has the last one's time in its place, and that is one of syslog's before a plain message,
   * or a level stands in its column. Such lines go on with none, whatever is open.
   */
  isRecord(line: Span): boolean {
    const { site } = this
    if (site === null || !holdsTime(site, line)) return false
    if (isLettered(site)) return this.#log.known.formats[0]?.format.name === site.name && isPlainMessage(site, line)
    return site.isAlone && !mayBeWithin(line.bytes[line.from]) && levelColumn(site, line) !== null
  }

  /** Counts lines that have the last one's time and tell a server's requests, three numbers each; `line` is the first of them. */
  requests(numbers: Uint32Array, line: Stretch): void {
    this.#close()
    const { time } = this.#timed
    this.#log.resume(time)
    this.#header = this.site?.header ?? this.#header
    this.#name = this.site?.name ?? this.#name
    countRequests(this.#log.tally.servers, numbers, { first: () => line, time, newline: this.#log.known.newline })
    this.#counts.add(null)
    this.#counts.addAlike(numbers.length / 3 - 1)
  }

  /** States what was counted so far; the open record ends. */
  finish(): void {
    this.#flush()
    this.#close()
  }

  #request(request: Measured, line: Stretch, counts: RequestCounts): void {
    countRequest(counts, request, { line, time: this.#timed.time, newline: this.#log.known.newline })
  }

  #line(line: Stretch): void {
    const { site } = this
    if (this.#header && site !== null && isIndented(line) && !this.#mayBeOwn(line)) {
      this.#last = 'continued'
      this.#counts.addContinued(1)
      return
    }
    const place = site === null ? -1 : placeIn(site, line)
    if (site === null || place < 0 || !this.#known(site, line, place)) this.#whole(line)
    else if (site.access === null && place === line.from + site.offset && this.#column === site.level)
      this.#last = 'timed'
  }

  /** Whether an indented line may have a header of its own. */
  #mayBeOwn({ bytes, from, to }: Span): boolean {
    let at = from + 1
    while (at < to && (bytes[at] === 32 || bytes[at] === 9)) at++
    return at < to && this.#isOwn(bytes[from] ?? 0, bytes[at] ?? 0)
  }

  #known(site: Site, line: Stretch, place: number): boolean {
    const { bytes, to } = line
    this.#close()
    if (!isTimeAt(site, bytes, place)) {
      const text = bytes.toString('latin1', place, Math.min(to, place + 48))
      const stamp = readStamp(text, 0)
      if (stamp === null || stamp.seconds !== site.key.length) return false
      this.#flush()
      takeTime(site, bytes, place)
      this.#timed = this.#log.time(site.isUtc ? { ...stamp, zoned: true, offset: 0 } : stamp)
    } else this.#log.resume(this.#timed.time)
    this.#header = site.header
    this.#name = site.name
    if (site.access !== null) return this.#access(site.access, line, place)
    return this.#level(site, line)
  }

  /** Counts the line by its severity; false where only reading it as a whole can tell that. */
  #level(site: Site, line: Span): boolean {
    if (site.priority > 0) {
      const severity = severityOfPriority(line)
      this.#column = -1
      if (severity !== null) this.#counts.add(severity)
      this.#isRecord = severity !== null
      return this.#isRecord
    }
    const column = levelColumn(site, line)
    if (column === null && !site.quiet && !isLevelless(line)) return false
    this.#column = column ?? -1
    this.#counts.add(column === null ? null : levelAt(line.bytes, line.from + column, line.to, site))
    this.#isRecord = true
    return true
  }

  #access(access: NonNullable<Site['access']>, line: Stretch, place: number): boolean {
    const { bytes, from, to } = line
    const request =
      access.measure === undefined ? requestAt(access, { bytes, from: place, to }) : access.measure(bytes, from, to)
    if (request === null || isFailing(request.status)) return false
    this.#request(request, line, this.#log.tally.servers)
    this.#counts.add(null)
    return true
  }

  /** A line of another kind: read as a whole, with what belongs to it. */
  #whole(stretch: Stretch): void {
    this.#flush()
    const line = lineOf(stretch, this.#log.known.newline)
    const answer = this.#assembler.read(line.text)
    const isWithin = goesOnWithin(stretch, line.text, this.#header ? 'header' : 'line')
    const isHeader = answer !== null && !answer.reading.weak && !isWithin
    if (
      !isHeader &&
      !this.#open &&
      (isWithin || this.#header || continuesBefore(stretch, line.text, this.#log.known))
    ) {
      this.#counts.addContinued(1)
      return
    }
    const mayJoin = isHeader && !this.#open && answer.format.countsEach !== true
    if (mayJoin && answer.reading.joins !== null && joinsBefore(stretch, line, this.#log.known)) {
      this.#counts.addContinued(1)
      return
    }
    const before = this.#assembler.take(line)
    this.#open = true
    if (before !== null) this.#pass(before)
    if (!isHeader) return
    this.#header = answer.format.frame === 'header'
    this.#name = answer.format.name
    const isMixed = this.#log.known.requests && line.text.startsWith('{')
    if (isMixed) this.site = null
    else if (this.site === null || !repeats(this.site, stretch, answer)) this.site = learn(line, answer, this.site)
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

  #flush(): void {
    this.#counts.tell(this.#timed, { before: this.#name, name: this.site?.name ?? this.#name })
  }
}
