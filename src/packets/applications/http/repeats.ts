// Equal requests that come again and again: what a retry storm or a stuck client looks like on the wire.
import { type Instant, type PacketPlace, SECOND } from '../../../model/index.ts'
import type { Output } from '../../application.ts'
import { BoundedMap } from '../bounded-map.ts'

const LEAST = 5
const WINDOW = 10 * SECOND
const KEYS_LIMIT = 20_000
const GAPS_LIMIT = 255

/** A request that was answered or given up. */
export interface Asked {
  readonly client: string
  readonly method: string
  readonly host: string | null
  readonly uri: string
  readonly digest: string | null
  readonly requestId: string | null
  readonly time: Instant
  readonly status: number | null
  /** Where the last answer, or the request without one, is seen; read only to cite. */
  readonly place: PacketPlace
}

interface Equality {
  readonly key: string
  readonly by: 'content' | 'id'
}

/** Equal requests, all of them served or none, of which no two neighbours lie further apart than the window. */
interface Series {
  readonly by: Equality['by']
  /** Of the earliest and the latest: they end in another order than they began. */
  first: Instant
  latest: Instant
  readonly gaps: number[]
  last: Asked
  /** Of the request that was the fifth within one window; null until there is one. */
  place: PacketPlace | null
  count: number
  sameId: boolean
}

export class Repeats {
  readonly #output: Output
  readonly #series: BoundedMap<string, Series>

  constructor(output: Output) {
    this.#output = output
    this.#series = new BoundedMap(KEYS_LIMIT, (series) => this.#state(series))
  }

  add(asked: Asked): void {
    const { client, method, host, uri, digest, requestId, status } = asked
    const outcome = status !== null && status < 400 ? 'served' : 'failed'
    this.#count({ key: `${outcome} ${client} ${method} ${host} ${uri} ${digest}`, by: 'content' }, asked)
    if (requestId !== null) this.#count({ key: `${outcome} ${client} ${requestId}`, by: 'id' }, asked)
  }

  end(): void {
    this.#series.clear()
  }

  #count({ key, by }: Equality, asked: Asked): void {
    const series = this.#series.get(key)
    if (series === undefined || asked.time - series.latest > WINDOW) {
      if (series !== undefined) this.#state(series)
      this.#open({ key, by }, asked)
      return
    }
    if (series.place === null && series.gaps.length === GAPS_LIMIT) series.gaps.shift()
    if (series.gaps.length < GAPS_LIMIT) series.gaps.push(Math.max(0, asked.time - series.latest))
    series.count++
    series.sameId &&= series.last.requestId === asked.requestId
    series.last = asked
    series.first = Math.min(series.first, asked.time)
    series.latest = Math.max(series.latest, asked.time)
    if (series.place === null && isDense(series)) series.place = asked.place
  }

  #open({ key, by }: Equality, asked: Asked): void {
    this.#series.delete(key)
    this.#series.set(key, {
      by,
      first: asked.time,
      latest: asked.time,
      gaps: [],
      last: asked,
      place: null,
      count: 1,
      sameId: true,
    })
  }

  #state(series: Series): void {
    const { last, count, place } = series
    if (place === null || isStatedById(series)) return
    const { client, method, host, status } = last
    const path = pathOf(last.uri)
    const interval = median(series.gaps)
    const seconds = (series.latest - series.first) / SECOND
    const answer = status === null ? 'no answer' : `status ${status}`
    this.#output.fact({
      kind: 'http.repeated',
      time: series.first,
      place,
      excerpt: `HTTP ${method} ${host ?? ''}${path} from ${client} came ${count} times, last with ${answer}`,
      fields: {
        client,
        method,
        host,
        path,
        status,
        count,
        seconds,
        interval,
        request_id: last.requestId,
        origin: 'packets',
      },
    })
  }
}

function isDense(series: Series): boolean {
  return series.count >= LEAST && series.gaps.slice(1 - LEAST).reduce((sum, gap) => sum + gap, 0) <= WINDOW
}

/** Requests that share their id as well make a series of their own, which knows the id. */
function isStatedById(series: Series): boolean {
  return series.by === 'content' && series.sameId && series.last.requestId !== null
}

/** Of a request target the path alone, without query and origin (RFC 9112 section 3.2). */
export function pathOf(uri: string): string {
  const query = uri.search(/[?#]/)
  const target = query < 0 ? uri : uri.slice(0, query)
  if (target.startsWith('/')) return target
  return target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '') || '/'
}

function median(gaps: readonly number[]): number {
  const sorted = gaps.toSorted((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? 0
}
