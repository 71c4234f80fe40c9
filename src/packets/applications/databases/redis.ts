// Redis and its kin: error replies among all others, which are counted over (RESP, versions 2 and 3).
import type { Application, Chunk, Conversation } from '../../application.ts'
import { latin1, u8 } from '../bytes.ts'
import { Dialogue } from '../dialogue.ts'
import { Lines, type LineTaker } from '../lines.ts'
import { stateError } from './error.ts'

const PORTS: readonly number[] = [6379, 6380, 26379, 16379]
const POP3 = 110
const COMMAND = /^\*\d{1,6}\r\n\$\d{1,9}\r\n/
/** What that looks at. */
const COMMAND_LENGTH = 24
/** An error starts with its kind in capitals. */
const ERROR = /^-([A-Z][A-Z0-9_]*)(?: (.*))?$/
const REPLY = /^(?:[-+][ -~]*|:[-+]?\d+|[$*%~>!=]-?\d+|_|#[tf]|,[-+0-9.einfa]+|\(-?\d+)\r\n/
const COUNTED = /^[$=](\d+)$/

export const redis: Application = {
  name: 'redis',
  recognise(chunk, conversation) {
    if (!canStart(chunk)) return false
    if (chunk.from === 'client') {
      const start = latin1(chunk.data, 0, COMMAND_LENGTH)
      return COMMAND.test(start) || (isKnownPort(conversation) && /^(?:PING|AUTH |INFO)/i.test(start))
    }
    const start = latin1(chunk.data, 0, 512)
    if (isKnownPort(conversation)) return REPLY.test(start)
    return conversation.port !== POP3 && (/^\+PONG\r\n$/.test(start) || /^-[A-Z]{2,20} [^\r\n]*\r\n$/.test(start))
  },
  open(conversation, output) {
    const replies = new Replies((error, chunk) =>
      stateError({ protocol: 'redis', ...error }, chunk, { conversation, output }),
    )
    const lines = new Lines(replies)
    return new Dialogue({ server: (chunk) => lines.push(chunk) })
  },
}

const ASKING = Buffer.from('*PAIpai')
const ANSWERING = Buffer.from('+-:$*%~>!=_#,(')

/** A look at the first byte: an array, or a command in plain words; a reply's type. */
function canStart({ data, from }: Chunk): boolean {
  return (from === 'client' ? ASKING : ANSWERING).includes(u8(data, 0))
}

function isKnownPort({ port }: Conversation): boolean {
  return PORTS.includes(port)
}

/** Reads the lines of replies; the bytes of bulk strings are counted over. */
class Replies implements LineTaker {
  readonly #state: (error: { code: string; message: string }, chunk: Chunk) => void
  /** The line is a bulk error of version 3, whose length came before. */
  #isBulkError = false

  constructor(state: (error: { code: string; message: string }, chunk: Chunk) => void) {
    this.#state = state
  }

  starts(data: Uint8Array): boolean {
    return REPLY.test(latin1(data, 0, 512))
  }

  line(line: string, chunk: Chunk): number {
    const [, code, message = ''] = ERROR.exec(this.#isBulkError ? `-${line}` : line) ?? []
    this.#isBulkError = line.startsWith('!')
    if (code !== undefined) this.#state({ code, message }, chunk)
    const length = COUNTED.exec(line)?.[1]
    return length === undefined ? 0 : Number(length) + 2
  }
}
