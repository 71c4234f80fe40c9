// Bzip2: blocks are decoded one at a time, so that no more than one is ever held.
import bitIterator from 'unbzip2-stream/lib/bit_iterator.js'
import bzip2, { type BitReader } from 'unbzip2-stream/lib/bzip2.js'
import type { Chunks } from './chunks.ts'
import { Damage } from './damage.ts'

/** A stream starts with a block (the digits of pi) or, when it is empty, with its end (those of the root of pi). */
const BLOCK = '314159265359'
const END = '177245385090'
const PIECE = 2 ** 20

export function isBzip2(head: Uint8Array): boolean {
  const text = Buffer.from(head.subarray(0, 10)).toString('latin1')
  if (!/^BZh[1-9]/.test(text)) return false
  const magic = Buffer.from(text.slice(4), 'latin1').toString('hex')
  return magic === BLOCK || magic === END
}

export async function* bunzip2(input: Chunks): AsyncGenerator<Uint8Array> {
  const bits = new Bits(input)
  do {
    const size = await bits.decode(4, (read) => bzip2.header(read))
    const work = new Int32Array(size * 100_000)
    let crc: number | null = 0
    while (crc !== null) {
      const output = new Output()
      const before: number = crc
      crc = await bits.decode(compressedBound(size), (read) =>
        bzip2.decompress(read, output.write, work, work.length, before),
      )
      yield* output.pieces()
    }
  } while (await bits.hasMore())
}

/** A block that does not compress is hardly larger than its content: the package's own bound. */
function compressedBound(size: number): number {
  return size * 100_000 + 25_000
}

/** The compressed bits. The package pulls synchronously, so what a step may need is gathered before it. */
class Bits {
  readonly #input: Chunks
  /** The package asks for the first piece at once, and must not be told yet that there is none. */
  readonly #waiting: Uint8Array[] = [new Uint8Array(0)]
  readonly #read = bitIterator(() => this.#waiting.shift())
  #gathered = 0

  constructor(input: Chunks) {
    this.#input = input
  }

  async decode<T>(needed: number, step: (read: BitReader) => T): Promise<T> {
    await this.#gather(needed)
    try {
      return step(this.#read)
    } catch (cause) {
      const isCut = this.#waiting.length === 0 && this.#read.bytesRead >= this.#gathered
      const sentence = isCut ? 'the bzip2 stream is cut: whole blocks are kept' : 'the bzip2 stream is damaged here'
      throw new Damage('compression-damaged', sentence, cause)
    }
  }

  async hasMore(): Promise<boolean> {
    await this.#gather(1)
    return this.#gathered > this.#read.bytesRead
  }

  async #gather(needed: number): Promise<void> {
    while (this.#gathered - this.#read.bytesRead < needed) {
      const piece = await this.#input.next()
      if (piece === null) return
      this.#waiting.push(piece)
      this.#gathered += piece.length
    }
  }
}

/** What one block gives: at most some 46 MB, when it is nothing but runs. */
class Output {
  length = 0
  #memory = new Uint8Array(PIECE)

  readonly write = (byte: number): void => {
    if (this.length === this.#memory.length) this.#grow()
    this.#memory[this.length++] = byte
  };

  *pieces(): Generator<Uint8Array> {
    for (let at = 0; at < this.length; at += PIECE) yield this.#memory.subarray(at, Math.min(at + PIECE, this.length))
  }

  #grow(): void {
    const larger = new Uint8Array(this.#memory.length * 2)
    larger.set(this.#memory)
    this.#memory = larger
  }
}
