// Requests behind the headers of lines, read ahead of the runs of lines in which they are counted.
import { type Instant, type LineKernels, NO_DURATION } from '../../model/index.ts'
import type { Log } from '../log.ts'
import type { Span } from '../within.ts'
import type { InnerRequests } from './inner-request.ts'
import type { LineCounter } from './line-counter.ts'
import { holdsTime } from './site.ts'

/** Requests that are read one by one. */
const MOST = 32
/** Numbers of a request: where its line begins, the status, the duration. */
const EACH = 3

export class RequestsAhead {
  readonly #log: Log
  readonly #counter: LineCounter
  readonly #inner: InnerRequests
  readonly #kernels: LineKernels | null
  readonly #own = new Uint32Array(MOST * EACH)
  #rows: Uint32Array = this.#own
  #end = 0
  #counted = 0
  /** Of all of them. */
  #time: Instant | null = null
  /** Where the first line behind them shows that it may tell of a request, or begins. */
  #sign = -1

  /** @param kernels pass over the memory where lines lie; null where there are none */
  constructor(log: Log, counter: LineCounter, inner: InnerRequests, kernels: LineKernels | null) {
    this.#log = log
    this.#counter = counter
    this.#inner = inner
    this.#kernels = kernels
  }

  /** Other lines are at hand. */
  begin(): void {
    this.#sign = -1
    this.#end = 0
    this.#counted = 0
  }

  /** What was not yet counted must be read again. */
  drop(): void {
    if (this.#counted < this.#end) this.#sign = this.#rows[this.#counted] ?? -1
    this.#end = 0
    this.#counted = 0
  }

  /** Goes on with lines from `from`; gives where the next line begins that must be read together with its request. */
  read(bytes: Buffer, from: number, to: number): number {
    this.drop()
    this.#time = this.#counter.timeAmongOthers
    const { shape } = this.#inner
    const { site } = this.#counter
    const same = site?.offset === 0 ? site.same : null
    if (this.#kernels === null || this.#time === null || shape === null || same === null)
      return this.#readEach(bytes, from, to)
    const start = behindLast(bytes, this.#log.known.newline, { from, to: Math.min(to, this.#sign) })
    this.#rows = this.#kernels.requests(start, to, shape, same)
    this.#end = this.#rows.length - 1
    this.#sign = this.#rows[this.#end] ?? to
    return this.#sign
  }

  #readEach(bytes: Buffer, from: number, to: number): number {
    const { newline } = this.#log.known
    this.#rows = this.#own
    for (let seen = from; ; ) {
      this.#sign = this.#inner.next(bytes, Math.max(seen, this.#sign))
      if (this.#sign >= to) return to
      const start = behindLast(bytes, newline, { from: seen, to: this.#sign })
      const found = bytes.indexOf(newline, this.#sign)
      const end = found < 0 || found > to ? to : found
      if (!this.#add({ bytes, from: start, to: end })) return start
      seen = end + 1
    }
  }

  #add(line: Span): boolean {
    const { site } = this.#counter
    if (this.#time === null || this.#end === this.#own.length || site === null || !holdsTime(site, line)) return false
    const request = this.#inner.of(line, line.from + site.offset + site.key.length)
    const duration = request?.duration ?? NO_DURATION
    if (request === null || duration > NO_DURATION) return false
    this.#own.set([line.from, request.status, duration], this.#end)
    this.#end += EACH
    return true
  }

  /** Counts those whose lines begin before `from`. */
  tell(from: number): void {
    let end = this.#counted
    while (end < this.#end && (this.#rows[end] ?? 0) < from) end += EACH
    if (end > this.#counted && this.#time !== null)
      this.#log.tally.servers.addAll(this.#time, this.#rows.subarray(this.#counted, end))
    this.#counted = end
  }
}

/** Behind the last newline before `to`, not before `from`: lines with a request are short. */
function behindLast(bytes: Uint8Array, newline: number, { from, to }: Omit<Span, 'bytes'>): number {
  let at = to
  while (at > from && bytes[at - 1] !== newline) at--
  return Math.max(at, from)
}
