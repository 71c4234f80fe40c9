// AMQP 0-9-1 and 1.0: connections and channels that the broker closes with an error, and its alarms.
import type { Application, Chunk, Conversation, Output } from '../../application.ts'
import { latin1, startsWith, u8, u16, u32, utf8 } from '../bytes.ts'
import { Dialogue } from '../dialogue.ts'
import { Frames, type Framing } from '../frames.ts'
import { stateError } from './error.ts'

const PORT = 5672
const HEADER_LENGTH = 8
const FRAME_LIMIT = 0x1000000
const KEPT = 1024
const METHOD = 1
const FRAME_TYPES: readonly number[] = [1, 2, 3, 8]
const FRAME_END = 0xce
/** Class and method of what a broker says when it refuses: connection.close, connection.blocked, channel.close. */
const CONNECTION_CLOSE = 0x000a0032
const CONNECTION_BLOCKED = 0x000a003c
const CHANNEL_CLOSE = 0x00140028
const SUCCESS = 200

export const amqp: Application = {
  name: 'amqp',
  recognise({ data, from }, { port }) {
    if (startsWith(data, 'AMQP') && data.length >= HEADER_LENGTH) return true
    if (port !== PORT || from !== 'server') return false
    const length = FRAMES.measure(data, 0)
    return length > 0 && u8(data, length - 1) === FRAME_END
  },
  open(conversation, output) {
    const old = new Frames(FRAMES, (frame, _length, chunk) => stateMethod(frame, chunk, { conversation, output }))
    const modern = new Frames(FRAMES_1_0, (frame, _length, chunk) =>
      statePerformative(frame, chunk, { conversation, output }),
    )
    let isModern = false
    return new Dialogue({
      client(chunk) {
        if (startsWith(chunk.data, 'AMQP')) isModern = u8(chunk.data, 5) === 1
      },
      server: (chunk) => (isModern ? modern : old).push(chunk),
    })
  },
}

interface Told {
  readonly conversation: Conversation
  readonly output: Output
}

/** Type, channel, size, payload, end; or the protocol header, which a broker sends to refuse a version. */
const FRAMES: Framing = {
  measure(bytes, at) {
    if (u8(bytes, at) === 0x41) return HEADER_LENGTH
    if (!FRAME_TYPES.includes(u8(bytes, at))) return -1
    if (bytes.length - at < 11)
      return bytes.length - at < 7 || u32(bytes, at + 3) >= 4 ? 0 : HEADER_LENGTH + u32(bytes, at + 3)
    const size = u32(bytes, at + 3)
    return size > FRAME_LIMIT ? -1 : HEADER_LENGTH + size
  },
  wanted(bytes, at, length) {
    return u8(bytes, at) === METHOD && isRefusal(u32(bytes, at + 7)) ? Math.min(length, KEPT) : 0
  },
}

function isRefusal(method: number): boolean {
  return method === CONNECTION_CLOSE || method === CHANNEL_CLOSE || method === CONNECTION_BLOCKED
}

function stateMethod(frame: Uint8Array, chunk: Chunk, told: Told): void {
  if (u32(frame, 7) === CONNECTION_BLOCKED) {
    const message = utf8(frame, 12, 12 + u8(frame, 11))
    stateError({ protocol: 'amqp', code: 'connection.blocked', message }, chunk, told)
    return
  }
  const code = u16(frame, 11)
  const message = utf8(frame, 14, 14 + u8(frame, 13))
  if (code > SUCCESS) stateError({ protocol: 'amqp', code, message }, chunk, told)
}

const PERFORMATIVES: readonly number[] = [0x16, 0x17, 0x18]
const SMALL_DESCRIPTOR = 0x53
const SHORTEST = 8

/** Size, offset of the data, type, channel; then a described list (OASIS AMQP 1.0, part 2.3). */
const FRAMES_1_0: Framing = {
  measure(bytes, at) {
    if (bytes.length - at < SHORTEST) return 0
    if (u8(bytes, at) === 0x41) return HEADER_LENGTH
    const size = u32(bytes, at)
    if (size < SHORTEST || size > FRAME_LIMIT || u8(bytes, at + 4) < 2) return -1
    return size > 11 && bytes.length - at < 11 ? 0 : size
  },
  wanted(bytes, at, length) {
    const isEnding = u8(bytes, at + 9) === SMALL_DESCRIPTOR && PERFORMATIVES.includes(u8(bytes, at + 10))
    return isEnding && u8(bytes, at + 5) === 0 ? Math.min(length, KEPT) : 0
  },
}

/** detach, end and close carry an error: its condition is a symbol, its description text. */
function statePerformative(frame: Uint8Array, chunk: Chunk, told: Told): void {
  const text = latin1(frame)
  const [, length, condition] = /\xa3([\x01-\xff])((?:amqp|com|rabbitmq)[:.][ -~]+)/s.exec(text) ?? []
  if (length === undefined || condition === undefined) return
  const code = condition.slice(0, length.charCodeAt(0))
  const after = text.indexOf(code) + code.length
  const message = u8(frame, after) === 0xa1 ? utf8(frame, after + 2, after + 2 + u8(frame, after + 1)) : ''
  stateError({ protocol: 'amqp', code, message }, chunk, told)
}
