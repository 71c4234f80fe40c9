// Memcached: error lines of the text protocol and failed statuses of the binary one (memcached, doc/protocol.txt).
import type { Application, Chunk, Conversation, Output } from '../../application.ts'
import { latin1, startsWith, u8, u16, u32, utf8 } from '../bytes.ts'
import { Dialogue } from '../dialogue.ts'
import { Frames, type Framing } from '../frames.ts'
import { Lines } from '../lines.ts'
import { stateError } from './error.ts'

const PORT = 11211
const COMMAND =
  /^(?:(?:get|gets|delete|incr|decr|touch|mg|md|ma|ms) \S+|(?:gat|gats) \d+ \S+|(?:set|add|replace|append|prepend|cas) \S+ \d+ -?\d+ \d+)[^\r\n]*\r\n/
const GREETING = /^(?:stats|version|flush_all|mn)[^\r\n]*\r\n/
const REPLY =
  /^(?:VALUE \S+ \d+ \d+|STORED|NOT_STORED|EXISTS|NOT_FOUND|END|DELETED|TOUCHED|STAT |VERSION |ERROR|CLIENT_ERROR|SERVER_ERROR|OK\r\n|HD|VA \d+|EN\r\n)/
const FAILURE = 'SERVER_ERROR '
const FAILURE_LINE = /^SERVER_ERROR [^\r\n]*\r\n/
const ERROR = /^(ERROR|CLIENT_ERROR|SERVER_ERROR)(?: (.*))?$/
const VALUE = /^(?:VALUE \S+ \d+|VA) (\d+)/

const REQUEST_MAGIC = 0x80
const RESPONSE_MAGIC = 0x81
const HEADER_LENGTH = 24
/** Statuses from here on are failures of the server, those below answers such as `not found`. */
const FIRST_FAILURE = 0x81
const MESSAGE_LIMIT = 1024

export const memcached: Application = {
  name: 'memcached',
  recognise(chunk, { port }) {
    if (port === PORT && isBinary(chunk)) return true
    if (!startsWithLetters(chunk)) return false
    if (chunk.from === 'server' && port !== PORT && !startsWith(chunk.data, FAILURE)) return false
    const start = latin1(chunk.data, 0, 512)
    if (chunk.from === 'client') return COMMAND.test(start) || (port === PORT && GREETING.test(start))
    return port === PORT ? REPLY.test(start) : FAILURE_LINE.test(start)
  },
  open(conversation, output) {
    const text = textReplies(conversation, output)
    const binary = binaryReplies(conversation, output)
    let isText: boolean | null = null
    return new Dialogue({
      server(chunk) {
        isText ??= u8(chunk.data, 0) !== RESPONSE_MAGIC
        if (isText) text.push(chunk)
        else binary.push(chunk)
      },
    })
  },
}

/** Commands start with two small letters, replies with two capitals: a look before anything becomes text. */
function startsWithLetters({ data, from }: Chunk): boolean {
  const a = from === 'client' ? 0x61 : 0x41
  const first = u8(data, 0) - a
  const second = u8(data, 1) - a
  return first >= 0 && first < 26 && second >= 0 && second < 26
}

function isBinary({ data, from }: Chunk): boolean {
  const magic = from === 'client' ? REQUEST_MAGIC : RESPONSE_MAGIC
  return data.length >= HEADER_LENGTH && u8(data, 0) === magic && u8(data, 5) === 0
}

function textReplies(conversation: Conversation, output: Output): Lines {
  return new Lines({
    starts: (data) => REPLY.test(latin1(data, 0, 512)),
    line(line, chunk) {
      const [, code, message = ''] = ERROR.exec(line) ?? []
      if (code !== undefined) stateError({ protocol: 'memcached', code, message }, chunk, { conversation, output })
      const length = VALUE.exec(line)?.[1]
      return length === undefined ? 0 : Number(length) + 2
    },
  })
}

const RESPONSES: Framing = {
  measure(bytes, at) {
    if (u8(bytes, at) !== RESPONSE_MAGIC) return -1
    return bytes.length - at < HEADER_LENGTH ? 0 : HEADER_LENGTH + u32(bytes, at + 8)
  },
  wanted: (bytes, at, length) => (u16(bytes, at + 6) >= FIRST_FAILURE ? Math.min(length, MESSAGE_LIMIT) : 0),
}

function binaryReplies(conversation: Conversation, output: Output): Frames {
  return new Frames(RESPONSES, (response, _length, chunk) => {
    const error = { code: u16(response, 6), message: utf8(response, HEADER_LENGTH) }
    stateError({ protocol: 'memcached', ...error }, chunk, { conversation, output })
  })
}
