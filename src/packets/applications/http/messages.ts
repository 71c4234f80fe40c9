// Cuts one direction of an HTTP/1 connection into heads and bodies; bodies are passed over, never kept (RFC 9112 section 6).
import type { Instant } from '../../../model/index.ts'
import type { Chunk } from '../../application.ts'
import { latin1, startsWith, u8 } from '../bytes.ts'
import type { BodyEnd } from './fields.ts'

export interface MessageTaker {
  /** Whether a packet can start a message: asked after a loss. */
  starts(start: string): boolean
  /** @returns how the body ends; `tunnel` where no message follows; null where this is no head */
  head(text: string, chunk: Chunk): BodyEnd | 'tunnel' | null
  body(bytes: Uint8Array): void
  end(time: Instant): void
  /** Called once, with the place in the chunk where the tunnel's bytes start. */
  tunnel(chunk: Chunk, at: number): void
  /** Bytes outside a body are missing: the message begun is lost. */
  lost(): void
}

const HEAD_LIMIT = 65_536
const USUAL_HEAD = 1024
const START_LENGTH = 4096
const LF = 10
const CR = 13

type State = 'head' | 'length' | 'close' | 'chunk-size' | 'chunk' | 'trailer' | 'tunnel' | 'lost'

export class Messages {
  readonly #taker: MessageTaker
  #state: State = 'head'
  /** A head, chunk size or trailer line begun in earlier chunks. */
  #text = ''
  /** Bytes of the body or of its chunk still to come. */
  #left = 0

  constructor(taker: MessageTaker) {
    this.#taker = taker
  }

  push(chunk: Chunk): void {
    if (chunk.gap > 0) this.#miss(chunk.gap, chunk.time)
    if (this.#state === 'lost') this.#resume(chunk.data)
    let at = 0
    while (at < chunk.data.length && this.#state !== 'lost') at = this.#step(chunk, at)
    if (chunk.cut > 0 && this.#state === 'head' && this.#text !== '') this.#cutHead(chunk)
    if (chunk.cut > 0) this.#miss(chunk.cut, chunk.time)
  }

  /** Captured up to the middle of a head: its first line tells enough, where its body begins and ends is not known. */
  #cutHead(chunk: Chunk): void {
    const body = this.#taker.head(this.#text, chunk)
    if (body === null) return
    this.#text = ''
    if (body === 'tunnel') this.#taker.tunnel(chunk, chunk.data.length)
    else this.#taker.end(chunk.time)
    this.#state = body === 'tunnel' ? 'tunnel' : 'lost'
  }

  /** The sender closed: a body without a length is complete now (RFC 9112 section 6.3, item 8). */
  close(time: Instant): void {
    if (this.#state !== 'close') return
    this.#state = 'head'
    this.#taker.end(time)
  }

  #miss(count: number, time: Instant): void {
    if (this.#state === 'close' || this.#state === 'tunnel') return
    const inBody = this.#state === 'length' || this.#state === 'chunk'
    if (!inBody || count > this.#left) {
      this.#lose()
      return
    }
    this.#left -= count
    if (this.#left === 0) this.#endPart(time)
  }

  #lose(): void {
    if (this.#state !== 'lost') this.#taker.lost()
    this.#state = 'lost'
    this.#text = ''
  }

  #resume(data: Uint8Array): void {
    if (this.#taker.starts(latin1(data, 0, START_LENGTH))) this.#state = 'head'
  }

  #step(chunk: Chunk, at: number): number {
    switch (this.#state) {
      case 'head':
        return this.#head(chunk, at)
      case 'length':
      case 'chunk':
        return this.#body(chunk, at)
      case 'close':
        return this.#bodyUntilClose(chunk, at)
      case 'chunk-size':
      case 'trailer':
        return this.#line(chunk, at)
      case 'tunnel':
      case 'lost':
        return chunk.data.length
      default:
        return this.#state satisfies never
    }
  }

  #head(chunk: Chunk, from: number): number {
    const { data } = chunk
    const at = this.#text === '' ? skipLineEnds(data, from) : from
    const end = this.#text === '' ? endOfHead(data, at) : this.#endOfBegunHead(data, at)
    if (end < 0) {
      this.#text += latin1(data, at)
      if (this.#text.length > HEAD_LIMIT) this.#lose()
      return data.length
    }
    const text = this.#text + latin1(data, at, end)
    this.#text = ''
    this.#open(this.#taker.head(text, chunk), chunk.time)
    if (this.#state !== 'tunnel') return end
    this.#taker.tunnel(chunk, end)
    return data.length
  }

  /** The empty line may lie across the chunks: looks at the last bytes of the text before with the first of the data. */
  #endOfBegunHead(data: Uint8Array, at: number): number {
    const tail = this.#text.slice(-3)
    const joined = Buffer.concat([Buffer.from(tail, 'latin1'), data.subarray(at)])
    const end = endOfHead(joined, 0)
    return end < 0 ? -1 : at + Math.max(0, end - tail.length)
  }

  #open(body: BodyEnd | 'tunnel' | null, time: Instant): void {
    if (body === null) this.#lose()
    else if (body === 'tunnel') this.#state = 'tunnel'
    else if (body.kind === 'close') this.#state = 'close'
    else if (body.kind === 'chunked') this.#state = 'chunk-size'
    else {
      this.#state = 'length'
      this.#left = body.length
      if (body.length === 0) this.#endPart(time)
    }
  }

  #body(chunk: Chunk, at: number): number {
    const { data } = chunk
    const end = Math.min(data.length, at + this.#left)
    // Most of a long body are whole packets, which need no view of their own.
    this.#taker.body(at === 0 && end === data.length ? data : data.subarray(at, end))
    this.#left -= end - at
    if (this.#left === 0) this.#endPart(chunk.time)
    return end
  }

  /** A server that forgot the length of an empty body goes on with the next answer: that is no body. */
  #bodyUntilClose(chunk: Chunk, at: number): number {
    if (at === 0 && startsWith(chunk.data, 'HTTP/1.')) {
      this.close(chunk.time)
      return 0
    }
    this.#taker.body(chunk.data.subarray(at))
    return chunk.data.length
  }

  /** A body of known length ends the message; a chunk is followed by the next one's size. */
  #endPart(time: Instant): void {
    if (this.#state === 'chunk') {
      this.#state = 'chunk-size'
      return
    }
    this.#state = 'head'
    this.#taker.end(time)
  }

  #line(chunk: Chunk, at: number): number {
    const end = chunk.data.indexOf(LF, at)
    this.#text += latin1(chunk.data, at, end < 0 ? chunk.data.length : end)
    if (this.#text.length > HEAD_LIMIT) this.#lose()
    if (end < 0) return chunk.data.length
    const line = this.#text.trimEnd()
    this.#text = ''
    if (this.#state === 'trailer') this.#trailer(line, chunk.time)
    else this.#size(line)
    return end + 1
  }

  #trailer(line: string, time: Instant): void {
    if (line !== '') return
    this.#state = 'head'
    this.#taker.end(time)
  }

  /** The line end after a chunk's data reads as an empty line here. */
  #size(line: string): void {
    if (line === '') return
    const digits = /^[0-9a-f]{1,13}/i.exec(line)?.[0]
    this.#left = digits === undefined ? 0 : Number.parseInt(digits, 16)
    if (digits === undefined) this.#lose()
    else this.#state = this.#left === 0 ? 'trailer' : 'chunk'
  }
}

/** Empty lines before a message are forgiven (RFC 9112 section 2.2). */
function skipLineEnds(data: Uint8Array, from: number): number {
  let at = from
  while (at < data.length && (u8(data, at) === CR || u8(data, at) === LF)) at++
  return at
}

/** @returns where the head ends, its empty line included; -1 where it does not end in these bytes */
function endOfHead(data: Uint8Array, at: number): number {
  const head = latin1(data, at, at + USUAL_HEAD)
  const end = endOfHeadText(head)
  if (end >= 0) return at + end
  if (data.length - at <= USUAL_HEAD) return -1
  const longer = endOfHeadText(latin1(data, at))
  return longer < 0 ? -1 : at + longer
}

function endOfHeadText(text: string): number {
  const proper = text.indexOf('\n\r\n')
  const sloppy = (proper < 0 ? text : text.slice(0, proper)).indexOf('\n\n')
  if (sloppy >= 0) return sloppy + 2
  return proper < 0 ? -1 : proper + 3
}
