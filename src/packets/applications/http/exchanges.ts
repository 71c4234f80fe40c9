// HTTP exchanges: requests, the responses that answer them in order, and what is stated of both.
import { crc32 } from 'node:zlib'
import type { HttpRow, Instant, PacketPlace } from '../../../model/index.ts'
import type { Ending, Output } from '../../application.ts'
import { readFields } from './fields.ts'
import type { RequestHead, ResponseHead } from './head.ts'
import { pathOf, Repeats } from './repeats.ts'

/** Ends of the conversation: who asks, who answers. */
export interface Parties {
  readonly client: string
  readonly clientPort: number
  readonly server: string
  readonly port: number
}

/** A request with what is known of its answer; kept from its first line to its answer's end. */
export interface Exchange {
  readonly version: HttpRow['version']
  readonly method: string | null
  readonly host: string | null
  readonly uri: string | null
  readonly userAgent: string | null
  /** The client's own; else what the server gave it. */
  requestId: string | null
  readonly time: Instant
  /** The packet to cite: of the request until the answer came, then of the answer's head. */
  place: PacketPlace
  /** When the request was complete; null until then. */
  asked: Instant | null
  /** CRC-32 over the first bytes of the request's body. */
  digest: number | null
  digested: number
  status: number | null
  grpcStatus: number | null
  /** HTTP/2's name of the error that ended the stream. */
  brokenBy: string | null
  answeredAt: Instant
  /** Of an answer that says what went wrong, its text. */
  body: string | null
}

const DIGEST_LIMIT = 1024
const repeatsOf = new WeakMap<Output, Repeats>()

/** States what came again and again in the whole capture. */
export function finishRepeats(output: Output): void {
  repeatsOf.get(output)?.end()
}

export function openExchange(version: HttpRow['version'], time: Instant, place: PacketPlace): Exchange {
  return { ...openRequest(UNKNOWN, time, place), version, method: null, uri: null }
}

export function openRequest({ method, uri, fields }: RequestHead, time: Instant, place: PacketPlace): Exchange {
  const { host, userAgent, requestId } = fields
  return {
    version: '1',
    method,
    host,
    uri,
    userAgent,
    requestId,
    time,
    place,
    asked: null,
    digest: null,
    digested: 0,
    status: null,
    grpcStatus: null,
    brokenBy: null,
    answeredAt: time,
    body: null,
  }
}

const UNKNOWN: RequestHead = { kind: 'request', method: '', uri: '', fields: readFields('', 0) }

export function digestBody(exchange: Exchange, bytes: Uint8Array): void {
  if (exchange.digested >= DIGEST_LIMIT) return
  const part = bytes.subarray(0, DIGEST_LIMIT - exchange.digested)
  exchange.digest = crc32(part, exchange.digest ?? 0)
  exchange.digested += part.length
}

export function answer(exchange: Exchange, head: ResponseHead, seen: { time: Instant; place: PacketPlace }): void {
  exchange.status = head.status
  exchange.answeredAt = seen.time
  exchange.place = seen.place
  exchange.requestId ??= head.fields.requestId
}

/** Takes finished exchanges and makes rows, facts and counts of them. */
export class Exchanges {
  readonly #parties: Parties
  readonly #output: Output

  constructor(parties: Parties, output: Output) {
    this.#parties = parties
    this.#output = output
  }

  /** @param end when the answer was complete; null where its end was not seen */
  complete(exchange: Exchange, end: Instant | null): void {
    const { asked, status } = exchange
    const duration = end === null || asked === null ? null : Math.max(0, end - asked)
    this.#row(exchange, { duration, status: end === null ? failureOf(status) : status })
    if (status !== null) this.#output.tally.addRequest(exchange.answeredAt, status, duration)
    this.#state(exchange, duration)
  }

  /** The conversation ended first. Only a side that closed it proves that no answer came. */
  abandon(exchange: Exchange, how: Ending): void {
    this.#row(exchange, { duration: null, status: null })
    if (how !== 'capture') this.#state(exchange, null)
  }

  #row(exchange: Exchange, { duration, status }: Pick<Exchange, 'status'> & { duration: number | null }): void {
    const { client, clientPort, server, port } = this.#parties
    const { version, time, method, host, uri, requestId, userAgent } = exchange
    this.#output.http({
      time,
      client,
      clientPort,
      server,
      serverPort: port,
      version,
      method,
      host,
      uri,
      statusCode: status,
      duration,
      requestId,
      userAgent,
    })
  }

  #state(exchange: Exchange, duration: number | null): void {
    const { method, uri } = exchange
    const path = uri === null ? null : pathOf(uri)
    this.#output.fact({
      kind: 'http.request',
      time: exchange.answeredAt,
      place: exchange.place,
      excerpt: () => this.#sentence(exchange, path, duration),
      fields: this.#fields(exchange, path, duration),
    })
    if (method !== null && uri !== null) this.#repeat(exchange, method, uri)
  }

  #sentence(exchange: Exchange, path: string | null, duration: number | null): string {
    const { client, server, port } = this.#parties
    const { status, grpcStatus, brokenBy, method, host } = exchange
    const asked = method === null ? 'request not captured' : `${method} ${host ?? ''}${path ?? ''}`
    const grpc = grpcStatus === null ? '' : ` grpc-status ${grpcStatus}`
    const took = duration === null ? '' : ` after ${Math.round(duration / 100) / 10} ms`
    const answered = status === null ? (brokenBy ?? 'no answer') : `${status}${grpc}${took}`
    return `HTTP ${asked} from ${client} to ${server}:${port}: ${answered}`
  }

  #fields(exchange: Exchange, path: string | null, duration: number | null) {
    const { client, clientPort, server, port } = this.#parties
    const { method, host, status, requestId, userAgent, digest, grpcStatus, brokenBy, body } = exchange
    const fields = {
      client,
      client_port: clientPort,
      server,
      port,
      method,
      path,
      host,
      status,
      duration,
      request_id: requestId,
      user_agent: userAgent,
      body_digest: hex(digest),
      origin: 'packets',
    }
    if (grpcStatus === null && brokenBy === null && body === null) return fields
    return {
      ...fields,
      ...(grpcStatus === null ? {} : { grpc_status: grpcStatus }),
      ...(brokenBy === null ? {} : { error: brokenBy }),
      ...(body === null ? {} : { body }),
    }
  }

  #repeat(exchange: Exchange, method: string, uri: string): void {
    const { host, requestId, time, status, place } = exchange
    const { client } = this.#parties
    const known = repeatsOf.get(this.#output) ?? new Repeats(this.#output)
    repeatsOf.set(this.#output, known)
    known.add({ client, method, host, uri, digest: hex(exchange.digest), requestId, time, status, place })
  }
}

/** Of an answer that broke off: a failure is one from its first line on, a success only when it is whole. */
function failureOf(status: number | null): number | null {
  return status !== null && status >= 400 ? status : null
}

function hex(digest: number | null): string | null {
  return digest === null ? null : digest.toString(16).padStart(8, '0')
}
