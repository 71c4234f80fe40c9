// Where a source can be cut: at a line that begins a record whatever stands before it, and has a time of its own.
import { Assembler } from '../assemble.ts'
import { makeLine } from '../line.ts'
import { goesOnWithin } from '../open-object.ts'
import type { Recognised } from '../recognise.ts'

export class RecordStarts {
  readonly #known: Recognised
  readonly #assembler: Assembler

  constructor(known: Recognised) {
    this.#known = known
    this.#assembler = new Assembler(known)
  }

  /** The last start among so many bytes that is followed by a line's end, at most `searched` before them; 0 where there is none. */
  last(bytes: Buffer, filled: number, searched: number): number {
    const { newline } = this.#known
    let end = filled === 0 ? -1 : bytes.lastIndexOf(newline, filled - 1)
    while (end > 0 && filled - end < searched) {
      const start = bytes.lastIndexOf(newline, end - 1) + 1
      if (start > 0 && this.#begins(bytes, start, end)) return start
      end = start - 1
    }
    return 0
  }

  #begins(bytes: Buffer, from: number, to: number): boolean {
    const raw = bytes.toString('latin1', from, to)
    const { text } = makeLine({ number: 1, offset: 1, raw, newline: this.#known.newline, cut: null })
    if (!this.#assembler.begins(text) || goesOnWithin({ bytes, from }, text)) return false
    const stamp = this.#assembler.read(text)?.reading.stamp ?? null
    return stamp !== null && !stamp.uptime && stamp.lacks !== 'date'
  }
}
