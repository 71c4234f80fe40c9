// Bytes of a stream, pulled in pieces: the next ones can be looked at, taken by number, and given back.
import type { ByteReader } from '../model/index.ts'

export type Bytes = AsyncIterable<Uint8Array>

export class Chunks {
  readonly #source: AsyncIterator<Uint8Array>
  readonly #waiting: Uint8Array[] = []
  #position = 0

  constructor(source: Bytes) {
    this.#source = source[Symbol.asyncIterator]()
  }

  /** Bytes taken so far. */
  get position(): number {
    return this.#position
  }

  /** The next piece, never an empty one; null at the end. */
  async next(): Promise<Uint8Array | null> {
    const piece = this.#waiting.shift() ?? (await this.#pull())
    this.#position += piece?.length ?? 0
    return piece
  }

  /** Puts a piece back before everything that is still to come. */
  unread(piece: Uint8Array): void {
    this.#position -= piece.length
    if (piece.length > 0) this.#waiting.unshift(piece)
  }

  /** The next `length` bytes, fewer only at the end; they are still to be read. */
  async peek(length: number): Promise<Uint8Array> {
    const gathered = await this.#gather(length)
    this.unread(gathered)
    return gathered.subarray(0, length)
  }

  /** Takes `length` bytes, fewer only at the end. */
  async take(length: number): Promise<Uint8Array> {
    const gathered = await this.#gather(length)
    this.unread(gathered.subarray(length))
    return gathered.subarray(0, length)
  }

  async close(): Promise<void> {
    this.#waiting.length = 0
    await this.#source.return?.()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for (let piece = await this.next(); piece !== null; piece = await this.next()) yield piece
  }

  async #gather(length: number): Promise<Uint8Array> {
    const pieces: Uint8Array[] = []
    for (let have = 0; have < length; ) {
      const piece = await this.next()
      if (piece === null) break
      have += piece.length
      pieces.push(piece)
    }
    const [only] = pieces
    return only !== undefined && pieces.length === 1 ? only : Buffer.concat(pieces)
  }

  async #pull(): Promise<Uint8Array | null> {
    for (;;) {
      const step = await this.#source.next()
      if (step.done === true) return null
      if (step.value.length > 0) return step.value
    }
  }
}

/** Reads chunks into the reader's own memory; waits only when no chunk is at hand. */
export class ChunkReader implements ByteReader {
  readonly #chunks: Chunks
  #rest: Uint8Array = new Uint8Array(0)

  constructor(chunks: Chunks) {
    this.#chunks = chunks
  }

  read(target: Uint8Array): number | Promise<number> {
    return this.#rest.length > 0 ? this.#give(target) : this.#wait(target)
  }

  async #wait(target: Uint8Array): Promise<number> {
    this.#rest = (await this.#chunks.next()) ?? this.#rest
    return this.#give(target)
  }

  #give(target: Uint8Array): number {
    const length = Math.min(target.length, this.#rest.length)
    target.set(length === this.#rest.length ? this.#rest : this.#rest.subarray(0, length))
    this.#rest = this.#rest.subarray(length)
    return length
  }
}
