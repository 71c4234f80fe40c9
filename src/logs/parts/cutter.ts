// Cuts a source that comes as a stream into parts, of whole records where they are read by themselves, in memory that threads share.
import type { ByteReader } from '../../model/index.ts'
import type { Recognised } from '../recognise.ts'
import type { Cuts, Part } from './cuts.ts'
import type { PartReaders } from './part-readers.ts'
import { readerOf } from './reader-of.ts'
import { RecordStarts } from './record-starts.ts'

/** A part ends this far before the end of its memory at the most. */
const SEARCHED = 1 << 18

export class Cutter implements Cuts {
  readonly #source: ByteReader
  readonly #memory: Pick<PartReaders, 'hasRoom' | 'lend' | 'giveBack'>
  readonly #starts: RecordStarts | null
  /** What was read behind the last cut. */
  #rest: Uint8Array = new Uint8Array()
  #offset = 0
  ended = false
  #stuck = false

  /** @param known of a source whose parts are read by themselves */
  constructor(
    source: ByteReader,
    known: Recognised | null,
    memory: Pick<PartReaders, 'hasRoom' | 'lend' | 'giveBack'>,
  ) {
    this.#source = source
    this.#memory = memory
    this.#starts = known && new RecordStarts(known)
  }

  hasRoom(): boolean {
    return this.#memory.hasRoom()
  }

  async next(): Promise<Part | null> {
    if (this.#stuck || (this.ended && this.#rest.length === 0)) return null
    const block = await this.#memory.lend()
    const filled = await this.#fill(block)
    const cut = this.#starts === null || this.ended ? filled : this.#starts.last(block, filled, SEARCHED)
    this.#stuck = cut === 0
    this.#rest = Uint8Array.prototype.slice.call(block, cut, filled)
    if (cut === 0) {
      this.#memory.giveBack(block)
      return null
    }
    const part = this.#part(block, cut)
    this.#offset += cut
    return part
  }

  rest(parts: readonly Part[]): ByteReader | null {
    const pieces = [...parts.flatMap(({ place }) => (place.kind === 'block' ? place.pieces : [])), this.#rest]
    if (this.ended && pieces.every(({ length }) => length === 0)) return null
    return readerOf(pieces, this.ended ? null : this.#source)
  }

  #part(block: Buffer, cut: number): Part {
    const bytes = block.subarray(0, cut)
    return {
      place: { kind: 'block', pieces: [bytes], offset: this.#offset },
      open: () => readerOf([bytes]),
      pass: () => undefined,
      free: () => this.#memory.giveBack(block),
    }
  }

  async #fill(block: Buffer): Promise<number> {
    block.set(this.#rest)
    let filled = this.#rest.length
    while (!this.ended && filled < block.length) {
      const read = await this.#source.read(block.subarray(filled))
      this.ended = read === 0
      filled += read
    }
    return filled
  }
}
