// The road from candidate to candidate: a scanner finds the lines that can matter, the others are only counted.
import type { ByteReader, Scanner } from '../../model/index.ts'
import { Assembler, RECORD_BYTES, RECORD_LINES, type RecordLines } from '../assemble.ts'
import { LINE_LIMIT } from '../line.ts'
import type { Log } from '../log.ts'
import { goesOnWithin } from '../open-object.ts'
import { Heeded } from './heeded.ts'
import { keeper } from './keep.ts'
import { HEADERS_WITHOUT_LEVEL } from './site.ts'
import { Skimmer } from './skim.ts'
import type { Start } from './start.ts'
import { readTail } from './tail.ts'
import { Window } from './window.ts'

/** @returns the number of the line behind the last */
export async function readCandidates(bytes: ByteReader, log: Log, scanner: Scanner, start: Start): Promise<number> {
  const window = new Window(bytes, scanner, log.known.newline, start.offset)
  const road = new Road(log, scanner, window, start.line)
  let keep = 0
  for (;;) {
    await window.advance(keep)
    if (window.base === start.offset && start.offset > 0) road.expect()
    if (window.whole === 0 && !window.ended) {
      road.take([await window.longLine(road.number)])
      keep = 0
      continue
    }
    keep = road.walk()
    if (window.ended && keep >= window.whole) break
  }
  readTail(window, log)
  log.bytes += window.base + window.filled - start.offset
  return road.number
}

class Road {
  readonly #scanner: Scanner
  readonly #window: Window
  readonly #assembler: Assembler
  readonly #skimmer: Skimmer
  readonly #log: Log
  readonly #keep: (record: RecordLines) => void
  readonly #heeded: Heeded | null
  /** Number of the line at which the walk stands. */
  number: number

  constructor(log: Log, scanner: Scanner, window: Window, line: number) {
    this.number = line
    this.#log = log
    this.#scanner = scanner
    this.#window = window
    this.#assembler = new Assembler(log.known)
    this.#skimmer = new Skimmer(log, this.#assembler, window.kernels)
    this.#keep = keeper(log, scanner)
    this.#heeded = log.known.heeds == null ? null : new Heeded(log.known.heeds, window)
  }

  /**
   * What is read begins within the source. Where headers state no level it is counted as if lines like the first had been before:
   * a line that is read as a whole counts by a level in its message, and others do not. One that ties an uptime clock to the calendar
   * is read as a whole.
   */
  expect(): void {
    const line = this.#window.line(0, this.number)
    const answer = this.#assembler.read(line.text)
    if (answer === null || answer.reading.uptime !== null) return
    if (HEADERS_WITHOUT_LEVEL.has(answer.format.name)) this.#skimmer.expect(line, answer)
  }

  /** A record by itself. */
  take(lines: RecordLines['lines']): void {
    for (const line of lines) this.#assembler.take(line)
    const record = this.#assembler.end()
    if (record !== null) this.#keep(record)
    this.number += lines.length
  }

  /** Reads all records of the window that end in it; gives the index from which the next window must begin. */
  walk(): number {
    const { whole } = this.#window
    let at = 0
    let from = 0
    let literal = -1
    for (;;) {
      if (literal < from) literal = this.#literal(from)
      const hit = this.#heeded?.before(literal, from) ?? literal
      if (hit >= whole) return this.#rest(at)
      const line = this.#window.start(hit, at)
      if (hit - line >= LINE_LIMIT) {
        from = this.#window.next(hit)
        continue
      }
      // A line that must be seen changes how others are read: those before it come first.
      const begin = hit === literal ? this.#recordStart(line, at) : line
      this.#skim(at, begin)
      if (hit !== literal) this.#skimmer.forget()
      const end = this.#records(begin, hit)
      if (end.open) return end.at
      at = end.at
      from = at
    }
  }

  /** Where the next literal stands; the end of the window where there is none. */
  #literal(from: number): number {
    const { whole, bytes } = this.#window
    const found = from < whole ? this.#scanner.find(bytes, from, whole) : -1
    return found < 0 ? whole : found
  }

  /** No more candidates: all but the last record, which may go on, is counted. */
  #rest(at: number): number {
    const { whole, ended } = this.#window
    if (ended || at >= whole) {
      this.#skim(at, whole)
      return whole
    }
    const last = this.#recordStart(this.#window.start(whole - 1, at), at)
    this.#skim(at, last)
    return last
  }

  #skim(from: number, to: number): void {
    if (from >= to) return
    const { bytes, base } = this.#window
    this.number = this.#skimmer.skim({ bytes, from, to, number: this.number, base })
  }

  /** The nearest line at or before `line` that begins a record whatever stands before it. */
  #recordStart(line: number, floor: number): number {
    let at = line
    for (let lines = 0; at > floor && lines < RECORD_LINES && line - at <= RECORD_BYTES; lines++) {
      const { text } = this.#window.line(at, 0)
      if (this.#assembler.begins(text) && !goesOnWithin({ bytes: this.#window.bytes, from: at }, text)) return at
      at = this.#window.start(at - 1, floor)
    }
    return at <= floor ? floor : line
  }

  /** Reads records from `begin` until the one that holds `hit`, the first literal from there on, is whole. */
  #records(begin: number, hit: number): { readonly at: number; readonly open: boolean } {
    const { whole, ended, bytes } = this.#window
    let at = begin
    let start = begin
    let number = this.number
    while (at < whole) {
      const next = this.#window.next(at)
      const isOther =
        at > hit && this.#assembler.start !== null && this.#skimmer.isRecord({ bytes, from: at, to: next })
      const record = isOther ? this.#assembler.end() : this.#assembler.take(this.#window.line(at, number))
      if (record !== null) {
        start = at
        this.number = number
        if (at > hit) {
          this.#found(record)
          this.#skimmer.follow(record)
          this.#assembler.end()
          return { at, open: false }
        }
        this.#log.pass(record)
      }
      at = next
      number++
    }
    const last = this.#assembler.end()
    if (!ended) return { at: start, open: true }
    if (last !== null) this.#found(last)
    this.number = number
    return { at: whole, open: false }
  }

  /** A record that holds a literal, or one of the lines that must be seen. */
  #found(record: RecordLines): void {
    if (this.#heeded === null) this.#log.record(record)
    else this.#keep(record)
  }
}
