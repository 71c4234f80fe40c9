// The fact that a database, cache or broker answered with an error.
import type { Chunk, Conversation, Output } from '../../application.ts'

export interface DatabaseError {
  readonly protocol: 'postgresql' | 'mysql' | 'redis' | 'memcached' | 'amqp' | 'mqtt'
  /** As the protocol gives it: `53300`, 1040, `OOM`. */
  readonly code: string | number
  readonly message: string
  /** Where the protocol has one: `FATAL`. */
  readonly severity?: string
}

const MESSAGE_LIMIT = 512
const INK = /[\0-\x1f\x7f]+/g

export function stateError(
  error: DatabaseError,
  chunk: Chunk,
  to: { conversation: Conversation; output: Output },
): void {
  const { client, server, port } = to.conversation
  const { protocol, code, severity } = error
  const message = error.message.replace(INK, ' ').trim().slice(0, MESSAGE_LIMIT)
  to.output.fact({
    kind: 'db.error',
    time: chunk.time,
    place: chunk.place,
    excerpt: `${protocol} error ${code} from ${server}:${port} to ${client}: ${message}`,
    fields: { client, server, port, protocol, code, message, ...(severity === undefined ? {} : { severity }) },
  })
}
