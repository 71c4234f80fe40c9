// Where an open file can be cut, told from the bytes before a place in it.
import type { Recognised } from '../recognise.ts'
import { RecordStarts } from './record-starts.ts'

/** Reads bytes of an open file: fewer than were asked for at its end, none where it cannot be read. */
export type ReadAt = (descriptor: number, target: Uint8Array, position: number) => number

/** Nearly always a record begins in what is looked at first. */
const SEARCHED = [1 << 14, 1 << 18]

export class RecordPlaces {
  readonly #starts: RecordStarts
  readonly #readAt: ReadAt

  constructor(known: Recognised, readAt: ReadAt) {
    this.#starts = new RecordStarts(known)
    this.#readAt = readAt
  }

  /** The last start before `end`; null where there is none near. */
  before(descriptor: number, end: number): number | null {
    if (end === 0) return 0
    for (const searched of SEARCHED) {
      const bytes = Buffer.alloc(Math.min(end, searched))
      const from = end - bytes.length
      const start = this.#starts.last(bytes, this.#readAt(descriptor, bytes, from), searched)
      if (start > 0) return from + start
    }
    return null
  }
}
