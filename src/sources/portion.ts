// A portion of a stream: the bytes of one member, as many as its archive says.
import type { Chunks } from './chunks.ts'
import { Damage } from './damage.ts'

export class Portion implements AsyncIterable<Uint8Array> {
  readonly #input: Chunks
  #left: number
  #isCut = false

  constructor(input: Chunks, size: number) {
    this.#input = input
    this.#left = size
  }

  get isCut(): boolean {
    return this.#isCut
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    while (this.#left > 0) yield await this.#piece()
  }

  /** Passes over what nobody read. */
  async skip(): Promise<void> {
    while (this.#left > 0) await this.#piece()
  }

  async #piece(): Promise<Uint8Array> {
    const piece = await this.#input.next()
    if (piece === null) throw this.#cut()
    this.#input.unread(piece.subarray(this.#left))
    const mine = piece.subarray(0, this.#left)
    this.#left -= mine.length
    return mine
  }

  #cut(): Damage {
    const missing = this.#left
    this.#left = 0
    this.#isCut = true
    return new Damage('archive-damaged', `the archive ends ${missing} bytes before the end of this member`)
  }
}
