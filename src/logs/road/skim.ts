// Passes lines that nobody will look at: of those that share their time and level one is read, and the others are counted with it.
import type { LineKernels } from '../../model/index.ts'
import type { Answer, Assembler, RecordLines } from '../assemble.ts'
import type { Line } from '../line.ts'
import type { Log } from '../log.ts'
import type { Span } from '../within.ts'
import { InnerRequests } from './inner-request.ts'
import { LineCounter } from './line-counter.ts'
import { RequestsAhead } from './requests-ahead.ts'
import { isAlike, type Site } from './site.ts'
import type { Stretch } from './stretch.ts'

/** Bytes in which runs are looked for at a time: few where lines of other kinds are frequent. */
const [LEAST_REACH, LARGEST_REACH] = [
  1 << 13,
  1 << 20,
] /** Lines that are read one by one where they cannot be read together, before that is tried again. */
const LONGEST_WAIT = 64

export class Skimmer {
  readonly #log: Log
  readonly #kernels: LineKernels | null
  readonly #counter: LineCounter
  readonly #inner: InnerRequests
  readonly #ahead: RequestsAhead
  #reach = LEAST_REACH
  /** Lines until requests are read together again, and how often that was in vain. */
  #wait = 0
  #misses = 0
  /** The lines at hand: one object for all. */
  readonly #at: { -readonly [Part in keyof Stretch]: Stretch[Part] } = {
    bytes: Buffer.alloc(0),
    from: 0,
    to: 0,
    number: 0,
    base: 0,
  }
  /** @param kernels passes over lines in the memory where stretches lie; null where there are none */
  constructor(log: Log, assembler: Assembler, kernels: LineKernels | null) {
    this.#log = log
    this.#kernels = log.known.newline === 10 ? kernels : null
    this.#counter = new LineCounter(log, assembler, this.#kernels)
    this.#inner = new InnerRequests(log.known, this.#kernels)
    this.#ahead = new RequestsAhead(log, this.#counter, this.#inner, this.#kernels)
  }

  /** Goes on behind a record that was read as a whole. */
  follow(record: RecordLines): void {
    this.#counter.follow(record)
  }

  /** Goes on behind lines that were like this one. */
  expect(line: Line, answer: Answer): void {
    this.#counter.expect(line, answer)
  }

  /** Whether the line from `from` on is sure to begin a record of its own; of others only reading them tells. */
  isRecord(line: Span): boolean {
    return this.#counter.isRecord(line)
  }

  /** Lines may mean something else from here on. */
  forget(): void {
    this.#counter.site = null
  }

  /** Counts all lines of a stretch; gives the number of the line behind it. */
  skim({ bytes, from, to, number, base }: Stretch): number {
    const at = Object.assign(this.#at, { bytes: bytes.subarray(0, to), from, number, base })
    this.#ahead.begin()
    for (let stop = -1; at.from < to; ) {
      const { site } = this.#counter
      if (stop < at.from) stop = site !== null && site.access === null ? this.#ahead.read(at.bytes, at.from, to) : to
      if (stop > at.from) this.#part(stop)
      else this.#told(to)
      this.#ahead.tell(at.from)
      if (!isSame(site, this.#counter.site)) {
        this.#ahead.drop()
        stop = -1
      }
    }
    this.#counter.finish()
    return at.number
  }

  /** Counts the line at hand, which may tell of a request behind its header. */
  #told(to: number): void {
    const at = this.#at
    at.to = this.#lineEnd(at.from, to)
    const place = this.#counter.placeIn(at)
    if (place < 0) this.#counter.one(at)
    else {
      const header = this.#counter.behind(place)
      if (!this.#counter.withRequest(at, place, this.#inner.of(at, header)))
        this.#inner.learn(at.bytes.toString('latin1', at.from, at.to), header - at.from)
    }
    this.#step()
  }

  /** Goes on behind the line at hand. */
  #step(): void {
    this.#at.from = this.#at.to + 1
    this.#at.number++
  }

  /** Counts the next line before `stop`, or many where runs of them can be told. */
  #part(stop: number): void {
    const at = this.#at
    const shape = this.#counter.site?.shape
    if (this.#kernels !== null && this.#requests(stop, this.#kernels)) return
    if (this.#kernels === null || shape == null) {
      at.to = this.#lineEnd(at.from, stop)
      this.#counter.one(at)
      this.#step()
    } else {
      const end = Math.min(stop, this.#lineEnd(Math.min(stop, at.from + this.#reach), stop) + 1)
      this.#runs(this.#kernels.lineRuns(at.from, end, shape), stop, this.#kernels)
    }
  }

  /** Counts lines of servers that can be read together; whether there were any. */
  #requests(stop: number, kernels: LineKernels): boolean {
    const at = this.#at
    const { site } = this.#counter
    const shape = site?.access?.shape
    if (shape == null || site?.same == null || this.#wait-- > 0) return false
    const numbers = kernels.requests(at.from, stop, shape, site.same)
    const behind = numbers.at(-1) ?? stop
    this.#misses = behind > at.from ? 0 : this.#misses + 1
    this.#wait = behind > at.from ? Number(behind < stop) : Math.min(LONGEST_WAIT, this.#misses >> 2)
    if (behind === at.from) return false
    at.to = this.#lineEnd(at.from, stop)
    this.#counter.requests(numbers.subarray(0, -1), at)
    at.from = behind
    at.number += (numbers.length - 1) / 3
    return true
  }

  /** Counts lines up to `to` as the last was; one that tells of a request which failed is left, and what is behind it. */
  #alike(lines: number, to: number, kernels: LineKernels): void {
    const at = this.#at
    at.to = to
    const failed = this.#counter.answers(at)
    const passed = failed === to ? lines : kernels.countLines(at.from, failed)
    this.#counter.more(passed)
    at.from = failed
    at.number += passed
  }

  #lineEnd(from: number, to: number): number {
    const found = this.#at.bytes.indexOf(this.#log.known.newline, from)
    return found < 0 || found > to ? to : found
  }

  /** Of lines that share their time and level the first is read and the others are counted with it. */
  #runs(runs: Uint32Array, stop: number, kernels: LineKernels): void {
    const at = this.#at
    const { site } = this.#counter
    for (let index = 0; index + 1 < runs.length; index += 2) {
      const behind = at.number + (runs[index + 1] ?? 0)
      at.from = runs[index] ?? stop
      while (at.number < behind) {
        at.to = this.#lineEnd(at.from, stop)
        this.#counter.one(at)
        this.#step()
        if (this.#counter.hasMore) this.#alike(behind - at.number, runs[index + 2] ?? stop, kernels)
        else if (!isSame(site, this.#counter.site)) {
          this.#reach = LEAST_REACH
          return
        }
      }
    }
    this.#reach = Math.min(LARGEST_REACH, this.#reach * 2)
    at.from = runs.at(-1) ?? stop
  }
}

function isSame(one: Site | null, other: Site | null): boolean {
  return one === other || isAlike(one, other)
}
