// What follows when one protocol gives way to another: STARTTLS, CONNECT, an upgrade; the inner protocol is told by content.
import type { Instant } from '../../model/index.ts'
import type { Analyzer, Application, Chunk, Closing, Conversation, Ending, Output } from '../application.ts'

/** An inner protocol shows itself at once or not at all. */
const TRIES = 8

export class Tunnel implements Analyzer {
  readonly #conversation: Conversation
  readonly #output: Output
  readonly #candidates: readonly Application[]
  #inner: Analyzer | null = null
  #tries = 0
  #last: Chunk['from'] = 'server'

  constructor(conversation: Conversation, output: Output, candidates: readonly Application[]) {
    this.#conversation = conversation
    this.#output = output
    this.#candidates = candidates
  }

  get awaiting(): boolean {
    return this.#inner?.awaiting ?? this.#last === 'client'
  }

  chunk(chunk: Chunk): void {
    this.#last = chunk.from
    if (this.#inner === null && this.#tries++ < TRIES) this.#inner = this.#open(chunk)
    this.#inner?.chunk(chunk)
  }

  closing(closing: Closing): void {
    this.#inner?.closing?.(closing)
  }

  end(time: Instant, how: Ending): void {
    this.#inner?.end(time, how)
  }

  #open(chunk: Chunk): Analyzer | null {
    const found = this.#candidates.find((candidate) => candidate.recognise(chunk, this.#conversation))
    return found?.open(this.#conversation, this.#output) ?? null
  }
}
