// What is known of the payload of a connection while somebody reads it, or may yet.
import type { Instant } from '../../model/index.ts'
import type { Analyzer, Closing, Conversation, Ending } from '../application.ts'
import type { Stream } from './stream.ts'

/** A FIN: its sequence number, and whether it was told of. */
export interface Farewell extends Closing {
  readonly sequence: number
  isTold: boolean
}

/** How a conversation ended of which more may follow. */
export interface Parting {
  readonly time: Instant
  readonly how: Ending
}

export class Talk {
  /** Payload in order. */
  readonly stream: Stream
  /** Between whom: known once somebody is to recognise it. */
  conversation: Conversation | null = null
  analyzer: Analyzer | null = null
  /** Who said the latest chunk, as long as no application recognised any. */
  speaker: 'client' | 'server' | null = null
  /** Chunks that no application recognised. */
  unrecognised = 0
  /** The first FIN of the client and of the server. */
  readonly farewells: [Farewell | null, Farewell | null] = [null, null]
  /** Since the server's FIN or the first RST. */
  parting: Parting | null = null

  constructor(stream: Stream) {
    this.stream = stream
  }
}
