// A conversation of which one listener hears each side, until another protocol takes it over.
import type { Instant } from '../../model/index.ts'
import type { Analyzer, Chunk, Closing, Ending } from '../application.ts'

export interface Listener {
  /** Whether these bytes of the client end the conversation: no answer follows them. */
  isFarewell?(data: Uint8Array): boolean
  client?(chunk: Chunk): void
  server?(chunk: Chunk): void
}

/** The client awaits an answer as long as it was the last to say something: so it is with protocols of question and answer. */
export class Dialogue implements Analyzer {
  readonly #listener: Listener
  #successor: Analyzer | null = null
  #isAsked = false

  constructor(listener: Listener) {
    this.#listener = listener
  }

  get awaiting(): boolean {
    return this.#successor?.awaiting ?? this.#isAsked
  }

  /** What comes after this chunk belongs to the successor. */
  giveWay(successor: Analyzer): void {
    this.#successor = successor
  }

  chunk(chunk: Chunk): void {
    this.#isAsked = chunk.from === 'client' && this.#listener.isFarewell?.(chunk.data) !== true
    if (this.#successor !== null) this.#successor.chunk(chunk)
    else if (chunk.from === 'client') this.#listener.client?.(chunk)
    else this.#listener.server?.(chunk)
  }

  closing(closing: Closing): void {
    this.#successor?.closing?.(closing)
  }

  end(time: Instant, how: Ending): void {
    this.#successor?.end(time, how)
  }
}
