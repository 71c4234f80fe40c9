// The streams of one HTTP/2 connection: each carries one exchange (RFC 9113 section 8.1).
import type { Chunk, Ending } from '../../application.ts'
import { BoundedMap } from '../bounded-map.ts'
import { ErrorBody } from '../http/error-body.ts'
import { answer, digestBody, type Exchange, type Exchanges, openExchange } from '../http/exchanges.ts'
import { type Fields, fieldsOf } from '../http/fields.ts'
import type { Header } from './hpack.ts'

const OPEN_LIMIT = 1000
const NO_ERROR = 'NO_ERROR'

interface Stream {
  readonly exchange: Exchange
  errorBody: ErrorBody | null
}

export class Streams {
  readonly #exchanges: Exchanges
  readonly #open: BoundedMap<number, Stream>

  constructor(exchanges: Exchanges) {
    this.#exchanges = exchanges
    this.#open = new BoundedMap(OPEN_LIMIT, ({ exchange }) => exchanges.abandon(exchange, 'capture'))
  }

  get awaiting(): boolean {
    return this.#open.size > 0
  }

  headers(id: number, headers: readonly Header[], chunk: Chunk): void {
    const named = new Map<string, string>()
    for (const [name, value] of headers) if (name !== null && value !== null && !named.has(name)) named.set(name, value)
    const fields = fieldsOf(named)
    if (named.has(':method')) this.#request(id, named, fields, chunk)
    else if (named.has(':status')) this.#response(id, Number(named.get(':status')), fields, chunk)
    this.#grpc(id, named)
  }

  data(id: number, bytes: Uint8Array, chunk: Chunk): void {
    const stream = this.#open.get(id)
    if (stream === undefined) return
    if (chunk.from === 'client') digestBody(stream.exchange, bytes)
    else stream.errorBody?.add(bytes)
  }

  /** One side has said all on this stream. */
  endOf(id: number, chunk: Chunk): void {
    const stream = this.#open.get(id)
    if (stream === undefined) return
    if (chunk.from === 'client') {
      stream.exchange.asked ??= chunk.time
      return
    }
    stream.exchange.body ??= stream.errorBody?.text() ?? null
    this.#open.delete(id)
    this.#exchanges.complete(stream.exchange, chunk.time)
  }

  /** A server that has answered may refuse the rest of the request without an error. */
  reset(id: number, error: string, chunk: Chunk): void {
    const stream = this.#open.get(id)
    if (stream === undefined) return
    this.#open.delete(id)
    if (error === NO_ERROR && stream.exchange.status !== null) this.#exchanges.complete(stream.exchange, chunk.time)
    else this.#breakOff(stream.exchange, error, chunk)
  }

  /** Streams beyond the last one named will not be answered (section 6.8). */
  goAway(last: number, error: string, chunk: Chunk): void {
    if (chunk.from === 'client') return
    for (const [id, { exchange }] of this.#open.entries()) {
      if (id <= last) continue
      this.#open.delete(id)
      this.#breakOff(exchange, error, chunk)
    }
  }

  end(how: Ending): void {
    for (const [id, { exchange }] of this.#open.entries()) {
      this.#open.delete(id)
      if (exchange.status === null) this.#exchanges.abandon(exchange, how)
      else this.#exchanges.complete(exchange, null)
    }
  }

  #breakOff(exchange: Exchange, error: string, { time, place }: Chunk): void {
    exchange.brokenBy = error
    exchange.answeredAt = time
    exchange.place = place
    this.#exchanges.abandon(exchange, 'reset')
  }

  #request(id: number, named: ReadonlyMap<string, string>, fields: Fields, chunk: Chunk): void {
    const { userAgent, requestId } = fields
    const host = named.get(':authority') ?? fields.host
    const target = { method: named.get(':method') ?? null, host, uri: named.get(':path') ?? null }
    this.#add(id, { ...openExchange('2', chunk.time, chunk.place), ...target, userAgent, requestId })
  }

  #response(id: number, status: number, fields: Fields, chunk: Chunk): void {
    if (status < 200) return
    const head = { kind: 'response' as const, status, fields }
    const stream = this.#open.get(id) ?? this.#add(id, openExchange('2', chunk.time, chunk.place))
    answer(stream.exchange, head, chunk)
    stream.errorBody = ErrorBody.of(head)
  }

  #grpc(id: number, named: ReadonlyMap<string, string>): void {
    const exchange = this.#open.get(id)?.exchange
    const status = named.get('grpc-status')
    if (exchange === undefined || status === undefined || !/^\d{1,3}$/.test(status)) return
    exchange.grpcStatus = Number(status)
    exchange.body ??= named.get('grpc-message') ?? null
  }

  #add(id: number, exchange: Exchange): Stream {
    const stream = { exchange, errorBody: null }
    this.#open.set(id, stream)
    return stream
  }
}
