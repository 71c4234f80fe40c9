// Takes the entries of a block of a journal export: those before a literal are counted, those around it are read.
import type { LineKernels, Scanner } from '../../model/index.ts'
import type { RecordLines } from '../assemble.ts'
import { readEntry } from '../formats/journald-entry.ts'
import { type ExportEntry, journaldExport, readExportEntry } from '../formats/journald-export.ts'
import { asOneProgram } from '../formats/one-program.ts'
import type { Line } from '../line.ts'
import type { Log } from '../log.ts'
import { countEntries } from './counted-entries.ts'
import { countEntry, EntryFold } from './entry-fold.ts'
import { mayGoOnAt, recordStart } from './entry-starts.ts'

const DAMAGE = 'An entry of the journal export has a field that is cut or malformed; its whole fields were kept.'

/** Where in its source a block begins. */
export interface Position {
  line: number
  offset: number
}

export function advance(place: Position, lines: number, bytes: number): void {
  place.line += lines
  place.offset += bytes
}

/** What passes over many entries at once; null where they lie outside of the scanner's memory. */
function kernelsOn(bytes: Buffer, scanner: Scanner | null): LineKernels | null {
  const isInside = scanner?.memory.buffer === bytes.buffer && scanner.memory.byteOffset === bytes.byteOffset
  return isInside ? (scanner.lines ?? null) : null
}

/** Where the next literal stands in the bytes; asked again only when it lies behind. */
class Hits {
  readonly #scanner: Scanner | null
  readonly #bytes: Buffer
  #next = -1

  constructor(scanner: Scanner | null, bytes: Buffer) {
    this.#scanner = scanner
    this.#bytes = bytes
  }

  /** The first at or after `from`; the end of the bytes where there is none. */
  after(from: number): number {
    if (this.#scanner === null) return from
    if (this.#next < from) {
      const found = this.#scanner.find(this.#bytes, from, this.#bytes.length)
      this.#next = found < 0 ? this.#bytes.length : found
    }
    return this.#next
  }
}

/** What an entry that nobody looks at is counted by. */
const COUNTED = new Set(['__REALTIME_TIMESTAMP', '_SOURCE_REALTIME_TIMESTAMP', 'PRIORITY', '_TRANSPORT'])

/** The entries of a block; the first begins at `place`. */
export class Entries {
  readonly #log: Log
  readonly #bytes: Buffer
  readonly #place: Position
  readonly #hits: Hits
  readonly #kernels: LineKernels | null
  readonly #fold: EntryFold
  #at = 0
  /** From where on entries are read as a whole, up to the one with the next literal. */
  #begin = -1
  /** Where the open record began. */
  #start: Position & { readonly at: number }

  /** @param place moves on with what is taken */
  constructor(log: Log, bytes: Buffer, place: Position) {
    const { scanner } = log.options
    this.#log = log
    this.#bytes = bytes
    this.#place = place
    this.#hits = new Hits(scanner, bytes)
    this.#kernels = kernelsOn(bytes, scanner)
    this.#fold = new EntryFold(log, contiguous)
    this.#start = { ...place, at: 0 }
  }

  /**
   * Takes all whole records, and at the end of the source what there is of the last.
   * @returns index behind what was taken
   */
  take(ended: boolean): number {
    for (;;) {
      if (this.#fold.isOpen && !this.#isWanted && !mayGoOnAt(this.#bytes, this.#at)) this.#fold.end()
      if (!this.#fold.isOpen) this.#skip()
      if (this.#at === this.#bytes.length) break
      const entry = this.#read()
      if (!entry.complete && !ended) break
      this.#one(entry)
    }
    if (ended) this.#fold.end()
    if (!this.#fold.isOpen) return this.#at
    const { line, offset, at } = this.#start
    Object.assign(this.#place, { line, offset })
    return at
  }

  /** Counts entries many at once. */
  #skip(): void {
    const from = this.#at
    if (this.#begin < from) this.#begin = recordStart(this.#bytes, from, this.#hits.after(from))
    if (this.#kernels === null || this.#begin === from) return
    const range = { from, to: this.#bytes.length, until: this.#begin }
    const { at, feeds } = countEntries(this.#log, this.#kernels, range)
    this.#advance(at, feeds)
  }

  /** Nobody has to be asked for a literal: every entry is read as a whole. */
  get #isWanted(): boolean {
    return this.#hits.after(this.#at) === this.#at
  }

  /** Whether nobody looks at an entry that ends there. */
  #isSkipped(end: number): boolean {
    return !this.#fold.isOpen && this.#begin > this.#at && this.#begin >= end
  }

  #read(): ExportEntry {
    const mayBeShort = this.#kernels === null && this.#isSkipped(this.#begin)
    const short = mayBeShort ? readExportEntry(this.#bytes, this.#at, COUNTED) : null
    return short !== null && this.#isSkipped(short.end) ? short : readExportEntry(this.#bytes, this.#at)
  }

  #one(entry: ExportEntry): void {
    const [bytes, at] = [this.#bytes, this.#at]
    if (entry.damaged || (!entry.complete && entry.end < bytes.length))
      this.#log.notice('record-damaged', this.#place.offset, DAMAGE)
    const feeds = newlines(bytes, at, entry.end)
    if (!entry.filled) this.#fold.end()
    else if (this.#isSkipped(entry.end)) countEntry(this.#log, partsOf(entry))
    else {
      const line = lineOf(bytes.subarray(at, entry.end), this.#place)
      const lineEnd = this.#place.line + feeds - (line.ending === '' ? 0 : 1)
      const begins = this.#fold.take({ ...partsOf(entry), lines: [line], lineEnd }, this.#hits.after(at) < entry.end)
      if (begins) this.#start = { ...this.#place, at }
    }
    const next = entry.complete ? entry.next : bytes.length
    this.#advance(next, feeds + newlines(bytes, entry.end, next))
  }

  #advance(at: number, feeds: number): void {
    advance(this.#place, feeds, at - this.#at)
    this.#at = at
  }
}

function partsOf(entry: ExportEntry): Pick<RecordLines, 'format' | 'reading'> {
  const reading = readEntry(entry.fields, { start: entry.time, end: entry.time + 16 })
  return { format: journaldExport, reading: asOneProgram(reading) }
}

/** The bytes of an entry; an empty line parts it from the next. */
function lineOf(bytes: Buffer, { line: number, offset }: Position): Line {
  const isWhole = bytes[bytes.length - 1] === 10
  const length = bytes.length - (isWhole ? 1 : 0)
  const raw = bytes.toString('latin1', 0, length)
  return { number, offset, length, raw, text: raw, ending: isWhole ? '\n\n' : '', invalid: false, digest: null }
}

function contiguous(first: RecordLines, joined: readonly RecordLines[]): RecordLines {
  const lines = [first, ...joined].flatMap(({ lines, reading }) =>
    lines.map((line) => ({ ...line, text: reading.body })),
  )
  return { ...first, lines, lineEnd: joined.at(-1)?.lineEnd ?? first.lineEnd ?? 0, joined }
}

export function newlines(bytes: Buffer, from: number, to: number): number {
  let count = 0
  for (let at = from; at < to; at++) if (bytes[at] === 10) count++
  return count
}
