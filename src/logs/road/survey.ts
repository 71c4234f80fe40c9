// Decides which lines that wrap those of others must be read: those with a literal, and those that may be part of a trace.
import type { LineKernels, Scanner } from '../../model/index.ts'
import { RECORD_BYTES } from '../assemble.ts'
import type { LineReader } from '../format.ts'
import { LINE_LIMIT, makeLine } from '../line.ts'
import type { Recognised } from '../recognise.ts'
import { continues } from '../traces.ts'
import { PATIENCE } from '../untangle.ts'
import { FoundLines } from './found-lines.ts'
import type { Messages } from './messages.ts'
import { WrappedLine } from './wrapped-line.ts'

/**
 * Bits of a line: it is to be read, it may go on with another or be gone on with, the next line of its writer may go on with it,
 * the next one does not; its parts are known.
 */
const [READ, RESTLESS, JOINED, ENDED, TOLD] = [1, 2, 4, 8, 16]

interface Writer {
  readonly name: string
  /** His last line in this go; -1 where it stood before, or nowhere. */
  last: number
  /** Whether his last line before this go was restless. */
  isRestless: boolean
}

export class Survey {
  readonly #scanner: Scanner
  readonly #known: Recognised
  readonly #read: LineReader
  readonly lines: FoundLines
  readonly #line: WrappedLine
  readonly #bits: number[] = []
  readonly #writers: Writer[] = []
  readonly #names = new Map<string, Writer>()
  /** Of the last line that was settled. */
  #writer: Writer

  /** @param kernels pass over the memory where lines lie; null where there are none */
  constructor(
    known: Recognised,
    { scanner, kernels }: { readonly scanner: Scanner; readonly kernels: LineKernels | null },
    messages: Messages,
  ) {
    this.#known = known
    this.#scanner = scanner
    this.#read = known.formats.find(({ format }) => format === known.wrapper)?.read ?? (() => null)
    this.lines = new FoundLines(known.newline, kernels, messages)
    this.#line = new WrappedLine(known.wrapper, messages)
    this.#writer = this.#named('')
  }

  writer(index: number): string {
    return this.#writers[index]?.name ?? ''
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
    this.lines.find(bytes, from, whole)
    const { count } = this.lines
    let writer = this.#writer
    let hit = -1
    for (let index = 0; index < count; index++) {
      const [at, next] = [this.lines.from(index), this.lines.from(index + 1)]
      if (hit < at) hit = this.#hitFrom(bytes, at, whole)
      const asked = hit < next && hit - at < LINE_LIMIT ? READ : 0
      const told = this.lines.hasRow(index) ? TOLD : this.#bitsOf(bytes, index)
      writer = this.#writerOf(bytes, index, (told & TOLD) !== 0, writer)
      this.#note(bytes, index, writer, told | asked)
    }
    this.#writers.length = count
    return this.#settled(last, this.lines.from(count) >= whole)
  }

  /** Of a line that is told by itself. */
  #bitsOf(bytes: Buffer, index: number): number {
    const line = { bytes, from: this.lines.from(index), to: this.lines.to(index) }
    const isTold = line.to - line.from <= LINE_LIMIT && this.lines.isText(bytes, index) && this.#line.tell(line)
    if (!isTold) return READ | RESTLESS
    return TOLD | (this.#line.hasFailed ? READ : 0) | (this.#line.isCalm(bytes) ? 0 : READ | RESTLESS)
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
    return this.lines.from(count)
  }

  /** Lines behind which all that may belong to them was looked at. */
  #settled(last: number, isWhole: boolean): number {
    const { count } = this.lines
    if (isWhole && this.lines.from(count - 1) < last) return count
    let settled = count
    const reach = isWhole ? last : Math.min(last, this.lines.from(count) - RECORD_BYTES)
    while (settled > 0 && this.lines.from(settled - 1) >= reach && (isWhole || settled > count - PATIENCE - 2))
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
    const text = this.#textOf(bytes, index)
    if (this.#known.wrapper?.isOthers === true) return text.slice(text.indexOf(' ') + 1)
    return this.#read(text)?.body ?? null
  }

  #textOf(bytes: Buffer, index: number): string {
    const from = this.lines.from(index)
    const raw = bytes.toString('latin1', from, Math.min(this.lines.to(index), from + LINE_LIMIT))
    return makeLine({ number: 1, offset: from, raw, newline: this.#known.newline, cut: null }).text
  }

  /** Where nothing tells, whoever wrote the line before. */
  #writerOf(bytes: Buffer, index: number, isTold: boolean, before: Writer): Writer {
    const name = isTold ? this.#nameTold(index) : this.#nameRead(bytes, index)
    return name === null || name === before.name ? before : this.#named(name)
  }

  #nameTold(index: number): string {
    return this.lines.hasRow(index) ? this.lines.rowWriter(index) : this.#line.writer
  }

  #nameRead(bytes: Buffer, index: number): string | null {
    const { writers } = this.#known
    const text = writers.length === 0 ? '' : this.#textOf(bytes, index)
    for (const writer of writers) {
      const name = writer(text)
      if (name !== null) return name
    }
    return null
  }

  #named(name: string): Writer {
    const known = this.#names.get(name)
    if (known !== undefined) return known
    const writer = { name, last: -1, isRestless: false }
    this.#names.set(name, writer)
    return writer
  }
}
