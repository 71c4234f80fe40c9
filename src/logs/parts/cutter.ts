// Cuts a source into parts of whole records, in memory that threads share.
import type { ByteReader } from '../../model/index.ts'
import { Assembler } from '../assemble.ts'
import { makeLine } from '../line.ts'
import { goesOnWithin } from '../open-object.ts'
import type { Recognised } from '../recognise.ts'
import type { PartReaders } from './part-readers.ts'

/** A part ends this far before the end of its memory at the most. */
const SEARCHED = 1 << 18

export interface Part {
  readonly bytes: Uint8Array
  readonly offset: number
  /** The memory its bytes lie in. */
  readonly block: Buffer
}

export class Cutter {
  readonly #source: ByteReader
  readonly #known: Recognised
  readonly #memory: Pick<PartReaders, 'lend' | 'giveBack'>
  readonly #assembler: Assembler
  /** What was read behind the last cut. */
  #rest: Uint8Array = new Uint8Array()
  #offset = 0
  /** The source was read to its end. */
  ended = false
  /** No place to cut was found: what follows has to be read in one go. */
  stuck = false

  constructor(source: ByteReader, known: Recognised, memory: Pick<PartReaders, 'lend' | 'giveBack'>) {
    this.#source = source
    this.#known = known
    this.#memory = memory
    this.#assembler = new Assembler(known)
  }

  /** What was read and given to nobody. */
  get rest(): Uint8Array {
    return this.#rest
  }

  /** The next part; null where there is none, or none can be told. */
  async next(): Promise<Part | null> {
    if (this.stuck || (this.ended && this.#rest.length === 0)) return null
    const block = await this.#memory.lend()
    const filled = await this.#fill(block)
    const cut = this.ended ? filled : this.#cutIn(block, filled)
    this.stuck = cut === 0
    this.#rest = Uint8Array.prototype.slice.call(block, cut, filled)
    if (cut === 0) {
      this.#memory.giveBack(block)
      return null
    }
    const part = { bytes: block.subarray(0, cut), offset: this.#offset, block }
    this.#offset += cut
    return part
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

  /** Where the last record begins that carries a time of its own; 0 where none was found. */
  #cutIn(block: Buffer, filled: number): number {
    const { newline } = this.#known
    let end = block.lastIndexOf(newline, filled - 1)
    while (end > 0 && filled - end < SEARCHED) {
      const start = block.lastIndexOf(newline, end - 1) + 1
      if (start > 0 && this.#begins(block, start, end)) return start
      end = start - 1
    }
    return 0
  }

  #begins(block: Buffer, from: number, to: number): boolean {
    const raw = block.toString('latin1', from, to)
    const { text } = makeLine({ number: 1, offset: 1, raw, newline: this.#known.newline, cut: null })
    const answer = this.#assembler.read(text)
    if (answer === null || answer.reading.joins !== null || goesOnWithin({ bytes: block, from }, text)) return false
    const { stamp } = answer.reading
    return stamp !== null && !stamp.uptime && stamp.lacks !== 'date'
  }
}
