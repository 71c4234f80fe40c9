// The same failing request, again and again from one client: a retry loop as an access log shows it.
import { type Event, type EventSink, type Fact, type Instant, isLogEvent, type Notice, SECOND } from '../model/index.ts'

const LEAST = 5
const WINDOW = 10 * SECOND
/** Requests watched at a time; the one seen longest ago makes room. */
const WATCHED = 4096

interface Series {
  readonly first: Fact
  last: Fact
  /** Times of the last few, to tell whether enough fall into the window. */
  readonly times: Instant[]
  readonly gaps: number[]
  count: number
  stated: boolean
}

/** Timed out, in conflict, locked, too early, too many, given up: what clients take for worth another try. */
const RETRIED: ReadonlySet<unknown> = new Set([408, 409, 423, 425, 429, 499])

/** Answers that no second try changes: many are many faults of callers, but under one id they are one request. */
const REFUSED: ReadonlySet<unknown> = new Set([400, 412, 422, 424, 428])

/** Server errors, and what is repeated as if it were one. */
export function isFailing(status: unknown): boolean {
  return typeof status === 'number' && (status >= 500 || RETRIED.has(status) || REFUSED.has(status))
}

/** Hands on what a reader finds, and states repeated requests beside it. */
export class Repeats implements EventSink {
  readonly #sink: EventSink
  readonly #series = new Map<string, Series>()

  constructor(sink: EventSink) {
    this.#sink = sink
  }

  event(event: Event): void {
    this.#sink.event(event)
    if (!isLogEvent(event) && event.kind === 'http.request') this.#watch(event)
  }

  notice(notice: Notice): void {
    this.#sink.notice(notice)
  }

  /** Only failing ones are watched. */
  #watch(fact: Fact): void {
    const { client, method, path, status, origin, request_id: id } = fact.fields
    // What an application takes for its client may be a proxy that asks for all.
    if (fact.time === null || !isFailing(status) || origin === 'application') return
    const isRefused = REFUSED.has(status)
    if (isRefused && typeof id !== 'string') return
    const key = `${client} ${method} ${path}${isRefused ? ` ${id}` : ''}`
    const series = this.#series.get(key)
    if (series === undefined || fact.time - (series.times.at(-1) ?? 0) > WINDOW) {
      if (series !== undefined) this.#close(series)
      this.#start(key, fact, fact.time)
      return
    }
    series.gaps.push(fact.time - (series.times.at(-1) ?? fact.time))
    if (series.gaps.length > 64) series.gaps.shift()
    series.times.push(fact.time)
    if (series.times.length > LEAST) series.times.shift()
    series.last = fact
    series.count++
    const oldest = series.times.length === LEAST ? series.times[0] : undefined
    if (!series.stated && oldest !== undefined && fact.time - oldest <= WINDOW) {
      series.stated = true
      this.#state(series)
    }
  }

  #start(key: string, fact: Fact, time: Instant): void {
    this.#series.delete(key)
    this.#series.set(key, { first: fact, last: fact, times: [time], gaps: [], count: 1, stated: false })
    if (this.#series.size <= WATCHED) return
    const [oldest] = this.#series
    if (oldest === undefined) return
    this.#close(oldest[1])
    this.#series.delete(oldest[0])
  }

  #close(series: Series): void {
    if (series.stated && series.count > LEAST) this.#state(series)
  }

  #state(series: Series): void {
    const { first, last, count } = series
    const { client, method, path, status, request_id: id } = last.fields
    const gaps = [...series.gaps].sort((a, b) => a - b)
    const interval = gaps[Math.floor(gaps.length / 2)] ?? 0
    const seconds = Math.abs((last.time ?? 0) - (first.time ?? 0)) / SECOND
    const same = first.fields.request_id === id ? (id ?? null) : null
    const known = { client: client ?? null, method: method ?? null, path: path ?? null, status: status ?? null }
    const fields = { ...known, count, seconds, interval, request_id: same, origin: 'log' }
    this.#sink.event({ ...last, kind: 'http.repeated', fields })
  }

  /** States once more, with its final count, every series that was stated. */
  end(): void {
    for (const series of this.#series.values()) this.#close(series)
    this.#series.clear()
  }
}
