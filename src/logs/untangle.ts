// Records of several writers that share a source: each writer's lines are folded by themselves, whatever stands between them.
import { Assembler, type RecordLines } from './assemble.ts'
import type { Line } from './line.ts'
import type { Recognised } from './recognise.ts'

/** A writer who was silent for so many lines has ended his record. */
const PATIENCE = 256
const MOST_WRITERS = 64
const MOST_BYTES = 1 << 22

interface Writer {
  readonly name: string
  readonly assembler: Assembler
  /** Number of his last line. */
  last: number
}

export class Untangler {
  readonly #known: Recognised
  readonly #keep: (record: RecordLines) => void
  /** Who wrote last stands last. */
  readonly #writers = new Map<string, Writer>()
  /** Of the last line that told its writer: lines that tell none are his. */
  #name = ''
  /** Whole, but not yet handed on: records that began before them are open. */
  #waiting: RecordLines[] = []
  /** All lines from the first that is still needed. */
  #lines: Line[] = []
  #bytes = 0

  /** @param keep takes each record, in the order of their first lines */
  constructor(known: Recognised, keep: (record: RecordLines) => void) {
    this.#known = known
    this.#keep = keep
  }

  take(line: Line): void {
    this.#name = this.#nameOf(line.text)
    const writer = this.#writerOf(this.#name, line.number)
    this.#lines.push(line)
    this.#bytes += line.length
    const record = writer.assembler.take(line)
    if (record !== null) this.#waiting.push(record)
    const isFull = this.#bytes > MOST_BYTES
    const closed = this.#closeSilent(isFull ? line.number : line.number - PATIENCE)
    if (record !== null || closed) this.#release()
  }

  /** Closes all that is open. */
  end(): void {
    this.#closeSilent(Number.POSITIVE_INFINITY)
    this.#release()
  }

  #nameOf(text: string): string {
    for (const writer of this.#known.writers) {
      const name = writer(text)
      if (name !== null) return name
    }
    return this.#name
  }

  #writerOf(name: string, number: number): Writer {
    const known = this.#writers.get(name)
    if (known !== undefined && this.#writers.size === 1) {
      known.last = number
      return known
    }
    const writer = known ?? { name, assembler: new Assembler(this.#known), last: number }
    writer.last = number
    this.#writers.delete(name)
    this.#writers.set(name, writer)
    return writer
  }

  /** Whether the record of someone who has written nothing since the line `before` was closed. */
  #closeSilent(before: number): boolean {
    let closed = false
    for (const { name, assembler, last } of this.#writers.values()) {
      if (last >= before && this.#writers.size <= MOST_WRITERS) break
      const record = assembler.end()
      if (record !== null) this.#waiting.push(record)
      this.#writers.delete(name)
      closed = true
    }
    return closed
  }

  /** Hands on what began before everything that is open. */
  #release(): void {
    let open = Number.POSITIVE_INFINITY
    for (const { assembler } of this.#writers.values()) open = Math.min(open, assembler.start ?? open)
    if (this.#waiting.length > 1) this.#waiting.sort((a, b) => startOf(a) - startOf(b))
    let count = 0
    for (const record of this.#waiting) {
      if (startOf(record) > open) break
      this.#keep(this.#spanned(record))
      count++
    }
    this.#waiting.splice(0, count)
    this.#forget(Math.min(open, startOf(this.#waiting[0])))
  }

  #spanned(record: RecordLines): RecordLines {
    const first = startOf(record)
    const count = (record.lines.at(-1)?.number ?? first) - first + 1
    if (count === record.lines.length) return record
    const at = first - (this.#lines[0]?.number ?? first)
    return { ...record, span: this.#lines.slice(at, at + count) }
  }

  /** Lines before `number` are needed no more. */
  #forget(number: number): void {
    const count = Math.min(this.#lines.length, number - (this.#lines[0]?.number ?? number))
    for (let at = 0; at < count; at++) this.#bytes -= this.#lines[at]?.length ?? 0
    this.#lines.splice(0, count)
  }
}

function startOf(record: RecordLines | undefined): number {
  return record?.lines[0]?.number ?? Number.POSITIVE_INFINITY
}
