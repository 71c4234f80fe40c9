// Finds the lines of a stretch: where each begins and ends, and what one pass over all of them tells of each.
import { isUtf8 } from 'node:buffer'
import { type LineKernels, WRAP_ROW, WRAPPED } from '../../model/index.ts'
import type { Messages } from './messages.ts'

/** Lines found in one go: few at first, since how messages are told is learned from those that were read. */
const [LEAST_LINES, MOST_LINES] = [1 << 10, 1 << 14]

const NO_ROWS = new Uint32Array()

export class FoundLines {
  readonly #newline: 10 | 13
  readonly #kernels: LineKernels | null
  readonly #messages: Messages
  /** Where each line begins; behind the last stands where the next one does. */
  readonly #from = new Int32Array(MOST_LINES + 1)
  readonly #to = new Int32Array(MOST_LINES)
  #most = LEAST_LINES
  #isAllText = true
  count = 0
  /** A row for each line, where lines are told many at once; valid until the next go. */
  rows: Uint32Array = NO_ROWS

  /** @param kernels pass over the memory where lines lie; null where there are none */
  constructor(newline: 10 | 13, kernels: LineKernels | null, messages: Messages) {
    this.#newline = newline
    this.#kernels = newline === 10 ? kernels : null
    this.#messages = messages
  }

  from(index: number): number {
    return this.#from[index] ?? 0
  }

  /** Index behind the line, its end left out. */
  to(index: number): number {
    return this.#to[index] ?? 0
  }

  /** Finds lines from `from` on, as far as `whole`. */
  find(bytes: Buffer, from: number, whole: number): void {
    this.#isAllText = isUtf8(bytes.subarray(from, whole))
    this.rows = this.#rowsOf(from, whole)
    let [at, count] = [from, 0]
    for (; at < whole && count < this.#most; count++) {
      const to = this.#endOf(bytes, count, at, whole)
      this.#from[count] = at
      this.#to[count] = to
      at = Math.min(whole, bytes[to] === this.#newline ? to + 1 : to + 2)
    }
    this.#from[count] = at
    this.count = count
    this.#most = Math.min(MOST_LINES, this.#most * 2)
  }

  /** Whether its row tells all of a line. */
  hasRow(index: number): boolean {
    return (this.rows[index * WRAP_ROW.length + WRAP_ROW.kind] ?? WRAPPED.left) !== WRAPPED.left
  }

  /** Who wrote a line that has a row. */
  rowWriter(index: number): string {
    const writer = this.rows[index * WRAP_ROW.length + WRAP_ROW.writer] ?? 0
    return this.#messages.shape?.marks[writer]?.writer ?? ''
  }

  /** Whether a line holds no bytes that are no text: some reader has to say so. */
  isText(bytes: Buffer, index: number): boolean {
    return this.#isAllText || isUtf8(bytes.subarray(this.from(index), this.to(index)))
  }

  /** What is told of the lines many at once, where all are text. */
  #rowsOf(from: number, to: number): Uint32Array {
    const { shape } = this.#messages
    if (this.#kernels === null || shape === null || !this.#isAllText) return NO_ROWS
    return this.#kernels.wraps({ from, to, most: this.#most }, shape, this.#messages.learned())
  }

  /** Where the line at `at` ends, its end left out. */
  #endOf(bytes: Buffer, index: number, at: number, whole: number): number {
    const told = this.rows[index * WRAP_ROW.length + WRAP_ROW.end]
    if (told !== undefined) return told
    const found = bytes.indexOf(this.#newline, at)
    const end = found < 0 || found >= whole ? whole : found
    return end > at && bytes[end - 1] === 13 ? end - 1 : end
  }
}
