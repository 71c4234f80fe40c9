// Cuts one direction of a conversation into lines, and passes over the counted bytes that lines announce.
import type { Chunk } from '../application.ts'
import { latin1 } from './bytes.ts'

export interface LineTaker {
  /** Whether a packet can start with a line: asked after a loss. */
  starts(data: Uint8Array): boolean
  /** @returns how many bytes after the line's end are no lines */
  line(line: string, chunk: Chunk): number
}

const LF = 10
/** What a longer line has beyond this is dropped. */
const LINE_LIMIT = 4096

export class Lines {
  readonly #taker: LineTaker
  #text = ''
  #skip = 0
  #lost = false

  constructor(taker: LineTaker) {
    this.#taker = taker
  }

  push(chunk: Chunk): void {
    if (chunk.gap > 0) this.#miss(chunk.gap)
    if (this.#lost) this.#lost = !this.#taker.starts(chunk.data)
    let at = 0
    while (at < chunk.data.length && !this.#lost) at = this.#step(chunk, at)
    if (chunk.cut > 0) this.#miss(chunk.cut)
  }

  #miss(count: number): void {
    if (this.#skip >= count) this.#skip -= count
    else this.#lose()
  }

  #lose(): void {
    this.#lost = true
    this.#skip = 0
    this.#text = ''
  }

  #step(chunk: Chunk, at: number): number {
    const { data } = chunk
    if (this.#skip > 0) {
      const passed = Math.min(this.#skip, data.length - at)
      this.#skip -= passed
      return at + passed
    }
    const end = data.indexOf(LF, at)
    const stop = end < 0 ? data.length : end
    this.#text += latin1(data, at, Math.min(stop, at + LINE_LIMIT - this.#text.length))
    if (end < 0) return data.length
    const line = this.#text.endsWith('\r') ? this.#text.slice(0, -1) : this.#text
    this.#text = ''
    this.#skip = this.#taker.line(line, chunk)
    return end + 1
  }
}
