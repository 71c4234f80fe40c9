// The client and server protocol of MySQL and MariaDB: error packets, and TLS asked for in the greeting (MySQL internals, "Protocol Basics").
import type { Application, Chunk, Conversation, Output } from '../../application.ts'
import { latin1, u8, u16le, u24le, utf8 } from '../bytes.ts'
import { Dialogue } from '../dialogue.ts'
import { Frames, type Framing } from '../frames.ts'
import { Tunnel } from '../tunnel.ts'
import { stateError } from './error.ts'

const PORT = 3306
const HEADER_LENGTH = 4
const GREETING = 0x0a
const ERROR = 0xff
const OK = 0x00
const QUIT = 0x01
/** Errors of the server start here; those of the client library below never travel. */
const FIRST_CODE = 1000
const ERROR_LIMIT = 1024
const SSL = 0x0800
const COMPRESSED = 0x0020
const COMPRESSED_ZSTD = 0x04
const SSL_REQUEST_LENGTH = 32

export function mysqlOver(tls: Application): Application {
  return {
    name: 'mysql',
    recognise: (chunk, conversation) =>
      chunk.from === 'server' ? greets(chunk, conversation) : asks(chunk, conversation),
    open: (conversation, output) => open(conversation, output, tls),
  }
}

function greets({ data }: Chunk, conversation: Conversation): boolean {
  if (data.length < 9 || u24le(data, 0) !== data.length - HEADER_LENGTH) return false
  const first = u8(data, 4)
  if (u8(data, 3) === 0)
    return first === GREETING ? isVersion(latin1(data, 5, 69)) : first === ERROR && isErrorCode(data)
  return conversation.port === PORT && (first === OK || first === ERROR)
}

function asks({ data }: Chunk, conversation: Conversation): boolean {
  const isWhole = data.length > HEADER_LENGTH && u24le(data, 0) === data.length - HEADER_LENGTH
  return conversation.port === PORT && isWhole && u8(data, 3) === 0 && u8(data, 4) <= 0x1f
}

function isVersion(text: string): boolean {
  return /^\d+\.[\x20-\x7e]+\0/.test(text)
}

function isErrorCode(packet: Uint8Array): boolean {
  const code = u16le(packet, 5)
  return code >= FIRST_CODE && code < 0x4000 && packet.length < ERROR_LIMIT
}

const PACKETS: Framing = {
  measure(bytes, at) {
    if (bytes.length - at < HEADER_LENGTH) return 0
    const length = u24le(bytes, at)
    return length > 0 && bytes.length - at === HEADER_LENGTH ? 0 : HEADER_LENGTH + length
  },
  wanted(bytes, at, length) {
    const isError = length > HEADER_LENGTH + 3 && u8(bytes, at + HEADER_LENGTH) === ERROR
    return isError ? Math.min(length, ERROR_LIMIT) : 0
  },
}

function open(conversation: Conversation, output: Output, tls: Application): Dialogue {
  let isLogin = true
  const packets = new Frames(PACKETS, (packet, _length, chunk) => {
    const code = u16le(packet, 5)
    if (code < FIRST_CODE) return
    stateError({ protocol: 'mysql', code, message: messageOf(packet) }, chunk, { conversation, output })
  })
  const dialogue = new Dialogue({
    isFarewell: (data) => data.length === 5 && u8(data, 3) === 0 && u8(data, 4) === QUIT,
    client(chunk) {
      if (!isLogin || u8(chunk.data, 3) !== 1) return
      isLogin = false
      const abilities = u16le(chunk.data, HEADER_LENGTH)
      if ((abilities & SSL) !== 0 && u24le(chunk.data, 0) === SSL_REQUEST_LENGTH)
        dialogue.giveWay(new Tunnel(conversation, output, [tls]))
      else if ((abilities & COMPRESSED) !== 0 || (u8(chunk.data, 7) & COMPRESSED_ZSTD) !== 0) dialogue.giveWay(SILENT)
    },
    server: (chunk) => packets.push(chunk),
  })
  return dialogue
}

/** Compressed packets are not looked into. */
const SILENT = new Dialogue({})

/** Before the login there is no SQLSTATE between code and text. */
function messageOf(packet: Uint8Array): string {
  return utf8(packet, u8(packet, 7) === 0x23 ? 13 : 7)
}
