// Goes over lines that wrap those of others, to tell which of them must be read: those with a literal, and those that may be part of a trace.
import { isUtf8 } from 'node:buffer'
import { type LineKernels, type Scanner, WRAP_ROW, WRAPPED } from '../../model/index.ts'
import { RECORD_BYTES } from '../assemble.ts'
import { type LineReader, type LogFormat, partsAtRest } from '../format.ts'
import { LINE_LIMIT, makeLine, withoutColours } from '../line.ts'
import type { Recognised } from '../recognise.ts'
import { CALM_HEAD, continues, isCalm } from '../traces.ts'
import { PATIENCE } from '../untangle.ts'
import { unescaped } from './escaped.ts'
import type { Messages } from './messages.ts'

/** Lines looked at in one go: few at first, since how messages are told is learned from those that were read. */
const [LEAST_LINES, MOST_LINES] = [1 << 10, 1 << 14]
/**
 * Bits of a line: it is to be read, it may go on with another or be gone on with, the next line of its writer may go on with it,
 * the next one does not; its parts are known.
 */
const [READ, RESTLESS, JOINED, ENDED, TOLD] = [1, 2, 4, 8, 16]
const TAIL_BYTES = 64
/** Letters of escapes that stand for blanks. */
const BLANKS: ReadonlySet<number> = new Set([116, 114])
const BACKSLASH = 92

const NO_ROWS = new Uint32Array()

interface Writer {
  readonly name: string
  /** His last line in this go; -1 where it stood before, or nowhere. */
  last: number
  /** Whether his last line before this go was restless. */
  isRestless: boolean
}

export class Survey {
  readonly #scanner: Scanner
  readonly #messages: Messages
  readonly #known: Recognised
  readonly #wrapper: LogFormat | null
  readonly #read: LineReader
  readonly #parts = partsAtRest()
  readonly #from = new Int32Array(MOST_LINES)
  readonly #to = new Int32Array(MOST_LINES)
  readonly #bits = new Uint8Array(MOST_LINES)
  readonly #writers: Writer[] = []
  readonly #names = new Map<string, Writer>()
  /** Of the last line that was settled. */
  #writer: Writer
  /** Lines of the go, and where the next begins. */
  #next = 0
  #isAllText = true
  /** The last line is a request that failed: it has to be read. */
  #hasFailed = false
  #most = LEAST_LINES
  readonly #kernels: LineKernels | null
  /** A row for each line of the go, where lines are told many at once; valid until the next go. */
  rows: Uint32Array = NO_ROWS

  /** @param kernels pass over the memory where lines lie; null where there are none */
  constructor(
    known: Recognised,
    { scanner, kernels }: { readonly scanner: Scanner; readonly kernels: LineKernels | null },
    messages: Messages,
  ) {
    this.#kernels = known.newline === 10 ? kernels : null
    this.#messages = messages
    this.#known = known
    this.#scanner = scanner
    this.#wrapper = known.wrapper
    this.#read = known.formats.find(({ format }) => format === known.wrapper)?.read ?? (() => null)
    this.#writer = this.#named('')
  }

  from(index: number): number {
    return this.#from[index] ?? 0
  }

  /** Index behind the line, its end left out. */
  to(index: number): number {
    return this.#to[index] ?? 0
  }

  writer(index: number): string {
    return this.#writers[index]?.name ?? ''
  }

  /** Whether its row tells all of a line. */
  hasRow(index: number): boolean {
    return this.#kindOf(index) !== WRAPPED.left
  }

  #kindOf(index: number): number {
    return this.rows[index * WRAP_ROW.length + WRAP_ROW.kind] ?? WRAPPED.left
  }

  isToBeRead(index: number): boolean {
    return ((this.#bits[index] ?? READ) & READ) !== 0
  }

  /** Whether no later line can belong to the record that holds this one. */
  isLast(index: number): boolean {
    const bits = this.#bits[index] ?? 0
    return (bits & ENDED) !== 0 || (bits & (RESTLESS | JOINED)) === 0
  }

  /**
   * Looks at lines from `from` on, as far as `whole`.
   * @returns how many of them begin before `last` and are settled whatever stands behind those looked at
   */
  take(
    bytes: Buffer,
    { from, last, whole }: { readonly from: number; readonly last: number; readonly whole: number },
  ): number {
    for (const writer of this.#names.values()) writer.last = -1
    this.#isAllText = isUtf8(bytes.subarray(from, whole))
    this.rows = this.#rowsOf(from, whole)
    let writer = this.#writer
    let hit = -1
    let count = 0
    let at = from
    for (; at < whole && count < this.#most; count++) {
      const to = this.#endOf(bytes, count, at, whole)
      const next = Math.min(whole, bytes[to] === this.#known.newline ? to + 1 : to + 2)
      if (hit < at) hit = this.#hitFrom(bytes, at, whole)
      const asked = hit < next && hit - at < LINE_LIMIT ? READ : 0
      this.#from[count] = at
      this.#to[count] = to
      if (this.#kindOf(count) !== WRAPPED.left) {
        writer = this.#rowWriter(count, writer)
        this.#note(bytes, count, writer, TOLD | asked)
      } else {
        const isTold = to - at <= LINE_LIMIT && this.#isText(bytes, at, to) && this.#isTold(bytes, at, to)
        writer = this.#writerOf(bytes, at, to, isTold, writer)
        this.#note(bytes, count, writer, asked | (isTold ? this.#bitsOf(bytes) : READ | RESTLESS))
      }
      at = next
    }
    this.#next = at
    this.#most = Math.min(MOST_LINES, this.#most * 2)
    return this.#settled(count, last, at >= whole)
  }

  /** Of a line that was told by itself. */
  #bitsOf(bytes: Buffer): number {
    return TOLD | (this.#hasFailed ? READ : 0) | (this.#isCalm(bytes) ? 0 : READ | RESTLESS)
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
    const found = bytes.indexOf(this.#known.newline, at)
    const end = found < 0 || found >= whole ? whole : found
    return end > at && bytes[end - 1] === 13 ? end - 1 : end
  }

  #rowWriter(index: number, before: Writer): Writer {
    const writer = this.rows[index * WRAP_ROW.length + WRAP_ROW.writer] ?? 0
    const name = this.#messages.shape?.marks[writer]?.writer ?? ''
    return name === before.name ? before : this.#named(name)
  }

  #hitFrom(bytes: Buffer, from: number, to: number): number {
    const found = this.#scanner.find(bytes, from, to)
    return found < 0 ? Number.MAX_SAFE_INTEGER : found
  }

  /** Takes the first lines as read; gives the index behind them. */
  settle(count: number): number {
    for (let index = 0; index < count; index++) {
      const writer = this.#writers[index]
      if (writer === undefined) continue
      writer.isRestless = ((this.#bits[index] ?? 0) & RESTLESS) !== 0
      this.#writer = writer
    }
    return count < this.#writers.length ? this.from(count) : this.#next
  }

  /** Lines behind which all that may belong to them was looked at. */
  #settled(count: number, last: number, isWhole: boolean): number {
    this.#writers.length = count
    const isAll = isWhole && (this.#from[count - 1] ?? 0) < last
    if (isAll) return count
    let settled = count
    const reach = isWhole ? last : Math.min(last, this.#next - RECORD_BYTES)
    while (settled > 0 && (this.#from[settled - 1] ?? 0) >= reach && (isWhole || settled > count - PATIENCE - 2))
      settled--
    return settled
  }

  #note(bytes: Buffer, index: number, writer: Writer, bits: number): void {
    const before = writer.last
    const last = before < 0 ? (writer.isRestless ? RESTLESS : 0) : (this.#bits[before] ?? 0)
    this.#bits[index] = bits
    if ((bits & RESTLESS) !== 0) {
      if (before >= 0 && index - before <= PATIENCE + 1) this.#bits[before] = last | READ | JOINED
    } else if ((last & RESTLESS) !== 0) {
      if (before >= 0 && (last & TOLD) !== 0 && !this.#goesOn(bytes, before, index)) this.#bits[before] = last | ENDED
      else this.#bits[index] = bits | READ
    }
    this.#writers[index] = writer
    writer.last = index
  }

  /** Whether a calm line goes on with one before it that is not. */
  #goesOn(bytes: Buffer, before: number, index: number): boolean {
    const [last, body] = [this.#messageOf(bytes, before), this.#messageOf(bytes, index)]
    return last === null || body === null || continues(last, body)
  }

  #messageOf(bytes: Buffer, index: number): string | null {
    const raw = bytes.toString('latin1', this.from(index), this.to(index))
    const { text } = makeLine({ number: 1, offset: 1, raw, newline: this.#known.newline, cut: null })
    if (this.#wrapper?.isOthers === true) return text.slice(text.indexOf(' ') + 1)
    return this.#read(text)?.body ?? null
  }

  /** Whether lines hold bytes that are no text: some reader has to say so. */
  #isText(bytes: Buffer, from: number, to: number): boolean {
    return this.#isAllText || isUtf8(bytes.subarray(from, to))
  }

  #isTold(bytes: Buffer, from: number, to: number): boolean {
    if (this.#wrapper?.wraps?.(bytes, from, to, this.#parts) !== true) return false
    const { body, bodyEnd } = this.#parts
    this.#hasFailed = false
    if (this.#wrapper.isOthers !== true || bytes[body] === 123 || this.#messages.tell(bytes, body, bodyEnd)) return true
    this.#hasFailed = this.#messages.hasFailed
    return this.#hasFailed
  }

  #writerOf(bytes: Buffer, from: number, to: number, isTold: boolean, before: Writer): Writer {
    if (isTold) return this.#parts.writer === before.name ? before : this.#named(this.#parts.writer)
    if (this.#known.writers.length === 0) return before
    const raw = bytes.toString('latin1', from, Math.min(to, from + LINE_LIMIT))
    const { text } = makeLine({ number: 1, offset: from, raw, newline: this.#known.newline, cut: null })
    for (const writer of this.#known.writers) {
      const name = writer(text)
      if (name !== null) return this.#named(name)
    }
    return before
  }

  #named(name: string): Writer {
    const known = this.#names.get(name)
    if (known !== undefined) return known
    const writer = { name, last: -1, isRestless: false }
    this.#names.set(name, writer)
    return writer
  }

  #isCalm(bytes: Buffer): boolean {
    const { body, bodyEnd, isEscaped } = this.#parts
    if (this.#isInMemory(bytes)) return false
    const first = bytes[body] ?? 0
    if (first === 123) return true
    const head = bytes.toString(first < 128 ? 'latin1' : 'utf8', body, Math.min(bodyEnd, body + CALM_HEAD))
    if (!isEscaped || !head.includes('\\')) return isCalm(withoutColours(head), '')
    const plain = unescaped(head)
    return plain !== null && isCalm(withoutColours(plain), '')
  }

  /** Whether the message ends with a place in memory, whatever blanks follow. */
  #isInMemory(bytes: Buffer): boolean {
    let end = this.#parts.bodyEnd
    while (bytes[end - 1] === 32 || (bytes[end - 2] === BACKSLASH && BLANKS.has(bytes[end - 1] ?? 0)))
      end -= bytes[end - 1] === 32 ? 1 : 2
    return (
      bytes[end - 1] === 93 && !isCalm('x', bytes.toString('latin1', Math.max(this.#parts.body, end - TAIL_BYTES), end))
    )
  }
}
