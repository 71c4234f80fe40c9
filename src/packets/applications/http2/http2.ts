// HTTP/2 in clear text: requests and responses by stream, gRPC statuses, streams that were reset or refused (RFC 9113).
import type { Instant } from '../../../model/index.ts'
import type { Analyzer, Application, Chunk, Conversation, Ending, Output } from '../../application.ts'
import { startsWith, u8, u32 } from '../bytes.ts'
import { Frames } from '../frames.ts'
import { Exchanges, finishRepeats } from '../http/exchanges.ts'
import {
  CONTINUATION,
  contentOf,
  DATA,
  END_HEADERS,
  END_STREAM,
  errorName,
  FRAME_HEADER,
  FRAMES,
  GOAWAY,
  HEADERS,
  isFrameChain,
  PREFACE,
  PUSH_PROMISE,
  RST_STREAM,
} from './frame.ts'
import { HeaderTable } from './hpack.ts'
import { Streams } from './streams.ts'

const BLOCK_LIMIT = 65_536

export const http2: Application = {
  name: 'http2',
  recognise: ({ data }) => startsWith(data, PREFACE) || isFrameChain(data),
  open: (conversation, output) => new Http2Connection(conversation, output),
  finish: finishRepeats,
}

class Http2Connection implements Analyzer {
  readonly #sides: { readonly client: Frames; readonly server: Frames }
  readonly #streams: Streams

  constructor(conversation: Conversation, output: Output) {
    const streams = new Streams(new Exchanges(conversation, output))
    const side = () => {
      const reader = new FrameReader(streams)
      return new Frames(
        FRAMES,
        (frame, _length, chunk) => reader.frame(frame, chunk),
        () => reader.lost(),
      )
    }
    this.#streams = streams
    this.#sides = { client: side(), server: side() }
  }

  get awaiting(): boolean {
    return this.#streams.awaiting
  }

  chunk(chunk: Chunk): void {
    this.#sides[chunk.from].push(chunk)
  }

  end(_time: Instant, how: Ending): void {
    this.#streams.end(how)
  }
}

/** Reads the frames of one direction: header blocks need all that came before. */
class FrameReader {
  readonly #streams: Streams
  readonly #table = new HeaderTable()
  /** A header block whose end is in a later frame. */
  #block: Uint8Array[] = []
  #blockLength = 0
  #endsStream = false

  constructor(streams: Streams) {
    this.#streams = streams
  }

  lost(): void {
    this.#table.forget()
    this.#block = []
    this.#blockLength = 0
  }

  frame(frame: Uint8Array, chunk: Chunk): void {
    const stream = u32(frame, 5)
    switch (u8(frame, 3)) {
      case HEADERS:
        this.#endsStream = (u8(frame, 4) & END_STREAM) !== 0
        this.#fragment(frame, contentOf(frame), chunk)
        break
      case PUSH_PROMISE:
        this.#endsStream = false
        this.#fragment(frame, contentOf(frame).subarray(4), chunk)
        break
      case CONTINUATION:
        this.#fragment(frame, frame.subarray(FRAME_HEADER), chunk)
        break
      case DATA:
        this.#streams.data(stream, contentOf(frame), chunk)
        if ((u8(frame, 4) & END_STREAM) !== 0) this.#streams.endOf(stream, chunk)
        break
      case RST_STREAM:
        this.#streams.reset(stream, errorName(u32(frame, FRAME_HEADER)), chunk)
        break
      case GOAWAY:
        this.#streams.goAway(u32(frame, FRAME_HEADER), errorName(u32(frame, FRAME_HEADER + 4)), chunk)
    }
  }

  #fragment(frame: Uint8Array, fragment: Uint8Array, chunk: Chunk): void {
    const isLast = (u8(frame, 4) & END_HEADERS) !== 0
    this.#blockLength += fragment.length
    if (this.#blockLength > BLOCK_LIMIT) {
      this.lost()
      return
    }
    this.#block.push(isLast ? fragment : Uint8Array.from(fragment))
    if (!isLast) return
    const headers = this.#table.read(Buffer.concat(this.#block))
    this.#block = []
    this.#blockLength = 0
    if (u8(frame, 3) === PUSH_PROMISE) return
    this.#streams.headers(u32(frame, 5), headers, chunk)
    if (this.#endsStream) this.#streams.endOf(u32(frame, 5), chunk)
  }
}
