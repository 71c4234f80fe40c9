// HTTP/1 connections: requests and responses in order, pipelined or not, up to a tunnel or an upgrade (RFC 9112).
import type { Instant } from '../../../model/index.ts'
import type { Analyzer, Application, Chunk, Closing, Conversation, Ending, Output } from '../../application.ts'
import { latin1 } from '../bytes.ts'
import { partOf } from '../part.ts'
import { Tunnel } from '../tunnel.ts'
import { ErrorBody } from './error-body.ts'
import { answer, digestBody, type Exchange, Exchanges, finishRepeats, openExchange, openRequest } from './exchanges.ts'
import type { BodyEnd } from './fields.ts'
import { type RequestHead, type ResponseHead, readHead, startsRequest, startsResponse, startsWithWord } from './head.ts'
import { Messages, type MessageTaker } from './messages.ts'

const START_LENGTH = 4096
/** More requests than this without an answer are no pipeline but a one-sided capture. */
const PENDING_LIMIT = 256
const NO_BODY: BodyEnd = { kind: 'length', length: 0 }
const UNTIL_CLOSE: BodyEnd = { kind: 'close' }
const SWITCHING_PROTOCOLS = 101
const RPC = 'RPC_'
const CHANNEL_LENGTH = 0x20000

export function httpOver(tunnelled: readonly Application[]): Application {
  const http: Application = {
    name: 'http',
    recognise({ data }) {
      if (!startsWithWord(data)) return false
      const start = latin1(data, 0, START_LENGTH)
      return startsResponse(start) || startsRequest(start)
    },
    open: (conversation, output) => new HttpConnection(conversation, output, [...tunnelled, http]),
    finish: finishRepeats,
  }
  return http
}

class HttpConnection implements Analyzer {
  readonly #conversation: Conversation
  readonly #output: Output
  readonly #tunnelled: readonly Application[]
  #talk: Talk | null = null
  #tunnel: Tunnel | null = null

  constructor(conversation: Conversation, output: Output, tunnelled: readonly Application[]) {
    this.#conversation = conversation
    this.#output = output
    this.#tunnelled = tunnelled
  }

  get awaiting(): boolean {
    return this.#tunnel?.awaiting ?? this.#talk?.awaiting ?? false
  }

  chunk(chunk: Chunk): void {
    this.#talk ??= this.#open(chunk)
    if (this.#tunnel === null) this.#talk.push(chunk)
    else this.#tunnel.chunk(chunk)
  }

  closing(closing: Closing): void {
    this.#talk?.closing(closing)
    this.#tunnel?.closing(closing)
  }

  end(time: Instant, how: Ending): void {
    this.#talk?.end(time, how)
    this.#tunnel?.end(time, how)
  }

  /** The content tells who asks: a capture that starts late may have the ends the wrong way round. */
  #open(chunk: Chunk): Talk {
    const { client, clientPort, server, port } = this.#conversation
    const isRequest = !startsResponse(latin1(chunk.data, 0, START_LENGTH))
    const asker = isRequest === (chunk.from === 'client') ? 'client' : 'server'
    const parties =
      asker === 'client'
        ? { client, clientPort, server, port }
        : { client: server, clientPort: port, server: client, port: clientPort }
    return new Talk(asker, new Exchanges(parties, this.#output), (rest, at) => this.#enterTunnel(rest, at))
  }

  #enterTunnel(chunk: Chunk, at: number): void {
    this.#tunnel = new Tunnel(this.#conversation, this.#output, this.#tunnelled)
    if (at < chunk.data.length) this.#tunnel.chunk(partOf(chunk, chunk.data.subarray(at)))
  }
}

/** The requests of one side and the responses of the other. */
class Talk {
  readonly #asker: Chunk['from']
  readonly #exchanges: Exchanges
  readonly #requests: Messages
  readonly #responses: Messages
  /** Asked and not yet answered, oldest first. */
  readonly #pending: Exchange[] = []
  #receiving: Exchange | null = null
  #answering: Exchange | null = null
  #errorBody: ErrorBody | null = null
  #answersLost = false

  constructor(asker: Chunk['from'], exchanges: Exchanges, tunnel: MessageTaker['tunnel']) {
    this.#asker = asker
    this.#exchanges = exchanges
    this.#requests = new Messages({
      starts: startsRequest,
      head: (text, chunk) => this.#request(readHead(text), chunk),
      body: (bytes) => this.#receiving !== null && digestBody(this.#receiving, bytes),
      end: (time) => this.#asked(time),
      tunnel,
      lost: () => this.#asked(null),
    })
    this.#responses = new Messages({
      starts: startsResponse,
      head: (text, chunk) => this.#response(readHead(text), chunk),
      body: (bytes) => this.#errorBody?.add(bytes),
      end: (time) => this.#answered(time),
      tunnel,
      lost: () => this.#loseAnswers(),
    })
  }

  get awaiting(): boolean {
    return this.#pending.length > 0 || this.#answering !== null
  }

  push(chunk: Chunk): void {
    if (chunk.from === this.#asker) this.#requests.push(chunk)
    else this.#responses.push(chunk)
  }

  closing(closing: Closing): void {
    if (closing.how === 'fin' && closing.from !== this.#asker) this.#responses.close(closing.time)
  }

  end(time: Instant, how: Ending): void {
    if (how === 'fin') this.#responses.close(time)
    this.#answered(null)
    for (const exchange of this.#pending.splice(0)) this.#exchanges.abandon(exchange, how)
  }

  #request(head: RequestHead | ResponseHead | null, chunk: Chunk): BodyEnd | null {
    if (head?.kind !== 'request') return null
    this.#receiving = openRequest(head, chunk.time, chunk.place)
    this.#pending.push(this.#receiving)
    if (this.#pending.length > PENDING_LIMIT) this.#giveUp(1)
    if (!isChannel(head)) return head.fields.body ?? NO_BODY
    this.#asked(chunk.time)
    return UNTIL_CLOSE
  }

  #asked(time: Instant | null): void {
    if (this.#receiving !== null) this.#receiving.asked = time
    this.#receiving = null
  }

  #response(head: RequestHead | ResponseHead | null, chunk: Chunk): BodyEnd | 'tunnel' | null {
    if (head?.kind !== 'response') return null
    if (head.status < 200 && head.status !== SWITCHING_PROTOCOLS) return NO_BODY
    const exchange = this.#next(chunk)
    answer(exchange, head, chunk)
    this.#answering = exchange
    if (endsInTunnel(exchange.method, head)) {
      this.#answered(chunk.time)
      return 'tunnel'
    }
    if (exchange.method === 'HEAD' || head.status === 204 || head.status === 304) return NO_BODY
    this.#errorBody = ErrorBody.of(head)
    return head.fields.body ?? UNTIL_CLOSE
  }

  /** After a loss the answers of earlier requests may be gone: then the latest request before it is the one answered. */
  #next(chunk: Chunk): Exchange {
    if (this.#answersLost) this.#giveUp(this.#pending.findLastIndex(({ time }) => time <= chunk.time))
    this.#answersLost = false
    return this.#pending.shift() ?? openExchange('1', chunk.time, chunk.place)
  }

  #giveUp(count: number): void {
    for (const exchange of this.#pending.splice(0, Math.max(0, count))) this.#exchanges.abandon(exchange, 'capture')
  }

  /** Nothing is being answered at the end of an interim response. */
  #answered(time: Instant | null): void {
    const exchange = this.#answering
    if (exchange === null) return
    exchange.body = this.#errorBody?.text() ?? null
    this.#errorBody = null
    this.#answering = null
    this.#exchanges.complete(exchange, time)
  }

  #loseAnswers(): void {
    this.#answered(null)
    this.#answersLost = true
  }
}

function endsInTunnel(method: string | null, { status, fields }: ResponseHead): boolean {
  if (status === SWITCHING_PROTOCOLS || (method === 'CONNECT' && status < 300)) return true
  return (method ?? '').startsWith(RPC) && fields.contentType === 'application/rpc'
}

/** RPC over HTTP keeps both bodies open as channels, and announces a gigabyte for that ([MS-RPCH] section 2.1.2). */
function isChannel({ method, fields }: RequestHead): boolean {
  return method.startsWith(RPC) && fields.body?.kind === 'length' && fields.body.length >= CHANNEL_LENGTH
}
