// Redis and its kin: error replies among all others, which are counted over (RESP, versions 2 and 3).
import type { Application, Chunk, Conversation } from '../../application.ts'
import { latin1 } from '../bytes.ts'
import { Dialogue } from '../dialogue.ts'
import { Lines } from '../lines.ts'
import { stateError } from './error.ts'

const PORTS: readonly number[] = [6379, 6380, 26379, 16379]
const POP3 = 110
const COMMAND = /^\*\d{1,6}\r\n\$\d{1,9}\r\n/
/** An error starts with its kind in capitals. */
const ERROR = /^-([A-Z][A-Z0-9_]*)(?: (.*))?$/
const REPLY = /^(?:[-+][ -~]*|:[-+]?\d+|[$*%~>!=]-?\d+|_|#[tf]|,[-+0-9.einfa]+|\(-?\d+)\r\n/
const COUNTED = /^[$=!](\d+)$/

export const redis: Application = {
  name: 'redis',
  recognise(chunk, conversation) {
    const start = latin1(chunk.data, 0, 512)
    if (chunk.from === 'client')
      return COMMAND.test(start) || (isKnownPort(conversation) && /^(?:PING|AUTH |INFO)/i.test(start))
    if (isKnownPort(conversation)) return REPLY.test(start)
    return conversation.port !== POP3 && (/^\+PONG\r\n$/.test(start) || /^-[A-Z]{2,20} [^\r\n]*\r\n$/.test(start))
  },
  open(conversation, output) {
    const replies = new Lines({
      starts: (data) => REPLY.test(latin1(data, 0, 512)),
      line: (line, chunk) => reply(line, (code, message) => stateReply({ code, message }, chunk)),
    })
    const stateReply = (error: { code: string; message: string }, chunk: Chunk) =>
      stateError({ protocol: 'redis', ...error }, chunk, { conversation, output })
    return new Dialogue({ server: (chunk) => replies.push(chunk) })
  },
}

function isKnownPort({ port }: Conversation): boolean {
  return PORTS.includes(port)
}

/** @returns the bytes that follow the line: those of a bulk string and its line end */
function reply(line: string, state: (code: string, message: string) => void): number {
  const [, code, message = ''] = ERROR.exec(line) ?? []
  if (code !== undefined) state(code, message)
  const length = COUNTED.exec(line)?.[1]
  if (length === undefined) return 0
  return line.startsWith('!') ? 0 : Number(length) + 2
}
