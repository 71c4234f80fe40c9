// Records of several writers that share a source: each writer's lines are folded by themselves, whatever stands between them.
import { Assembler, RECORD_BYTES, type RecordLines } from './assemble.ts'
import type { Line } from './line.ts'
import type { Recognised } from './recognise.ts'

/** A writer who was silent for so many lines has ended his record. */
export const PATIENCE = 256

interface Writer {
  readonly name: string
  readonly assembler: Assembler
  /** Number of his last line, and offset behind it. */
  last: number
  end: number
}

/** What is whole, but not yet handed on: records that began before it are open. */
interface Waiting {
  readonly start: number
  readonly hand: () => void
}

export class Untangler {
  readonly #known: Recognised
  readonly #keep: (record: RecordLines) => void
  /** Who wrote last stands last. */
  readonly #writers = new Map<string, Writer>()
  /** Of the last line that told its writer: lines that tell none are his. */
  #name = ''
  #waiting: Waiting[] = []
  /** All lines from the first that is still needed. */
  #lines: Line[] = []

  /** @param keep takes each record, in the order of their first lines */
  constructor(known: Recognised, keep: (record: RecordLines) => void) {
    this.#known = known
    this.#keep = keep
  }

  /** Nothing is open, and nothing waits. */
  get idle(): boolean {
    return this.#writers.size === 0
  }

  take(line: Line): void {
    this.#name = this.#nameOf(line.text)
    const closed = this.#closeSilent(line)
    const writer = this.#writerOf(this.#name)
    writer.last = line.number
    writer.end = line.offset + line.length
    this.#lines.push(line)
    const record = writer.assembler.take(line)
    if (record !== null) this.#wait(record)
    if (record !== null || closed) this.#release()
  }

  /**
   * A line of `name` comes that begins a record and ends it.
   * @returns whether all before it has been handed on: nobody but its reader needs to know of it
   */
  ends(name: string, line: Pick<Line, 'number' | 'offset'>): boolean {
    this.#name = name
    this.#closeSilent(line)
    const writer = this.#writers.get(name)
    if (writer !== undefined) this.#close(writer)
    this.#release()
    return this.idle
  }

  /** Such a line, where records that began before it are open. */
  pass(line: Line, hand: () => void): void {
    this.#lines.push(line)
    this.#waiting.push({ start: line.number, hand })
  }

  /** Closes all that is open. */
  end(): void {
    for (const writer of this.#writers.values()) this.#close(writer)
    this.#release()
  }

  #nameOf(text: string): string {
    for (const writer of this.#known.writers) {
      const name = writer(text)
      if (name !== null) return name
    }
    return this.#name
  }

  #writerOf(name: string): Writer {
    const known = this.#writers.get(name)
    if (known !== undefined && this.#writers.size === 1) return known
    const writer = known ?? { name, assembler: new Assembler(this.#known), last: 0, end: 0 }
    this.#writers.delete(name)
    this.#writers.set(name, writer)
    return writer
  }

  /** Whether the record was closed of someone who has long written nothing, or so far before that no record reaches `line`. */
  #closeSilent({ number, offset }: Pick<Line, 'number' | 'offset'>): boolean {
    let closed = false
    for (const writer of this.#writers.values()) {
      if (number - writer.last <= PATIENCE + 1 && offset - writer.end <= RECORD_BYTES) break
      this.#close(writer)
      closed = true
    }
    return closed
  }

  #close({ name, assembler }: Writer): void {
    const record = assembler.end()
    if (record !== null) this.#wait(record)
    this.#writers.delete(name)
  }

  #wait(record: RecordLines): void {
    const start = record.lines[0]?.number ?? 0
    const end = record.lines.at(-1)?.number ?? start
    this.#waiting.push({ start, hand: () => this.#keep(this.#spanned(record, start, end)) })
  }

  /** Hands on what began before everything that is open. */
  #release(): void {
    let open = Number.POSITIVE_INFINITY
    for (const { assembler } of this.#writers.values()) open = Math.min(open, assembler.start ?? open)
    if (this.#waiting.length > 1) this.#waiting.sort((a, b) => a.start - b.start)
    let count = 0
    for (const { start, hand } of this.#waiting) {
      if (start > open) break
      hand()
      count++
    }
    this.#waiting.splice(0, count)
    this.#forget(Math.min(open, this.#waiting[0]?.start ?? Number.POSITIVE_INFINITY))
  }

  #spanned(record: RecordLines, start: number, end: number): RecordLines {
    const count = end - start + 1
    if (count === record.lines.length) return record
    const at = start - (this.#lines[0]?.number ?? start)
    return { ...record, span: this.#lines.slice(at, at + count) }
  }

  /** Lines before `number` are needed no more. */
  #forget(number: number): void {
    const count = Math.min(this.#lines.length, number - (this.#lines[0]?.number ?? number))
    this.#lines.splice(0, count)
  }
}
