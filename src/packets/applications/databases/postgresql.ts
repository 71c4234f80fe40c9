// PostgreSQL's frontend and backend protocol: error responses, and TLS asked for at the start (manual, chapter "Message Formats").
import type { Application, Chunk, Conversation, Output } from '../../application.ts'
import { latin1, u8, u32, utf8 } from '../bytes.ts'
import { Dialogue } from '../dialogue.ts'
import { Frames, type Framing } from '../frames.ts'
import { partOf } from '../part.ts'
import { Tunnel } from '../tunnel.ts'
import { stateError } from './error.ts'

const PORT = 5432
const SSL_REQUEST = 80877103
const GSS_REQUEST = 80877104
const CANCEL_REQUEST = 80877102
const VERSION_3 = 3
const STARTUP_LIMIT = 10_000
const ERROR_LIMIT = 8192
const MESSAGE_LIMIT = 0x40000000
/** A server that could not start a session answers as in version 2: text instead of a length. */
const TEXT_LIMIT = 1024
const ERROR = 0x45
const BACKEND = new Set([...'RSKZTDCIENA123nstGHWdcvV'].map((letter) => letter.charCodeAt(0)))
const FRONTEND = new Set([...'QPBDESHCXpFdcf'].map((letter) => letter.charCodeAt(0)))
const TERMINATE = 'X\0\0\0\x04'
const READY = /Z\0\0\0\x05[ITE]$/

export function postgresqlOver(tls: Application): Application {
  return {
    name: 'postgresql',
    recognise: (chunk, conversation) =>
      chunk.from === 'client' ? asks(chunk, conversation) : answers(chunk, conversation),
    open: (conversation, output) => open(conversation, output, tls),
  }
}

function asks({ data }: Chunk, conversation: Conversation): boolean {
  const length = u32(data, 0)
  const code = u32(data, 4)
  if (length === data.length && length === 8) return code === SSL_REQUEST || code === GSS_REQUEST
  if (length === data.length && length === 16) return code === CANCEL_REQUEST
  if (length === data.length && length < STARTUP_LIMIT && code >>> 16 === VERSION_3)
    return latin1(data, 8, 40).includes('\0')
  return conversation.port === PORT && isChain(data, FRONTEND)
}

function answers({ data }: Chunk, conversation: Conversation): boolean {
  if (!isChain(data, BACKEND)) return false
  if (conversation.port === PORT) return true
  const type = u8(data, 0)
  if (type === ERROR) return /^[SV](?:ERROR|FATAL|PANIC)\0/.test(latin1(data, 5, 12))
  return READY.test(latin1(data, data.length - 6)) || (type === 0x52 && u32(data, 5) <= 12)
}

/** Whether the bytes are whole messages of these types, one after the other. */
function isChain(data: Uint8Array, types: ReadonlySet<number>): boolean {
  let at = 0
  while (at + 5 <= data.length && types.has(u8(data, at)) && u32(data, at + 1) >= 4) at += 1 + u32(data, at + 1)
  return at > 0 && at === data.length
}

const MESSAGES: Framing = {
  measure(bytes, at) {
    if (!BACKEND.has(u8(bytes, at))) return -1
    if (bytes.length - at < 5) return 0
    const length = u32(bytes, at + 1)
    if (length >= 4 && length < MESSAGE_LIMIT) return 1 + length
    return u8(bytes, at) === ERROR ? measureText(bytes, at) : -1
  },
  wanted: (bytes, at, length) => (u8(bytes, at) === ERROR ? Math.min(length, ERROR_LIMIT) : 0),
}

function measureText(bytes: Uint8Array, at: number): number {
  const end = bytes.indexOf(0, at)
  if (end < 0) return bytes.length - at > TEXT_LIMIT ? -1 : 0
  return end + 1 - at
}

function open(conversation: Conversation, output: Output, tls: Application): Dialogue {
  /** The client asked for encryption: the server answers with one letter. */
  let isAsked = false
  const messages = new Frames(MESSAGES, (message, _length, chunk) => {
    const error = readError(message)
    if (error !== null) stateError({ protocol: 'postgresql', ...error }, chunk, { conversation, output })
  })
  const dialogue = new Dialogue({
    isFarewell: (data) => latin1(data, data.length - 5) === TERMINATE,
    client(chunk) {
      const request = u32(chunk.data, 4)
      isAsked = chunk.data.length === 8 && (request === SSL_REQUEST || request === GSS_REQUEST)
    },
    server(chunk) {
      const letter = isAsked ? latin1(chunk.data, 0, 1) : ''
      isAsked = false
      if (letter === 'S' || letter === 'G') dialogue.giveWay(new Tunnel(conversation, output, [tls]))
      else messages.push(letter === 'N' ? partOf(chunk, chunk.data.subarray(1)) : chunk)
    },
  })
  return dialogue
}

/** Fields are a letter and text each: S severity, C SQLSTATE, M message. */
function readError(message: Uint8Array): { code: string; message: string; severity: string } | null {
  if (u32(message, 1) >= MESSAGE_LIMIT)
    return { code: '', message: utf8(message, 1, message.length - 1), severity: 'FATAL' }
  const fields = new Map(
    utf8(message, 5)
      .split('\0')
      .map((field) => [field.slice(0, 1), field.slice(1)]),
  )
  const code = fields.get('C')
  if (code === undefined) return null
  return { code, message: fields.get('M') ?? '', severity: fields.get('V') ?? fields.get('S') ?? '' }
}
