// The road of a journal export: entries are found by walking their fields, since a value may hold any byte.
import type { ByteReader, LineKernels, Scanner } from '../../model/index.ts'
import { readEntry } from '../formats/journald-entry.ts'
import { type ExportEntry, journaldExport, readExportEntry } from '../formats/journald-export.ts'
import type { Line } from '../line.ts'
import type { Log } from '../log.ts'
import { countEntries } from './counted-entries.ts'

const BLOCK = 1 << 20
/** An entry larger than this is given up, and the next one looked for. */
const ENTRY_LIMIT = 1 << 25
const DAMAGE = 'An entry of the journal export has a field that is cut or malformed; its whole fields were kept.'
const HEAD =
  /^(?:[^\S\n]*\n)*(?:[A-Z0-9_]{1,64}(?:=[^\n]*)?\n){0,4}?__(?:CURSOR|REALTIME_TIMESTAMP|MONOTONIC_TIMESTAMP)=/

export function isJournalExport(head: Uint8Array): boolean {
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 8192)).toString('latin1')
  return HEAD.test(text) || /^(?:[A-Z0-9_]{1,64}=[^\n]*\n)+__REALTIME_TIMESTAMP=\d+\n/.test(text)
}

export async function readJournalExport(bytes: ByteReader, log: Log): Promise<void> {
  const block = blockOf(log.options.scanner)
  let buffer = block
  let filled = 0
  let ended = false
  const place = { line: 1, offset: 0 }
  while (!ended || filled > 0) {
    while (!ended && filled < buffer.length) {
      const read = await bytes.read(buffer.subarray(filled))
      ended = read === 0
      filled += read
      log.bytes += read
    }
    const used = takeEntries(log, buffer.subarray(0, filled), place, ended)
    buffer.copy(buffer, 0, used, filled)
    filled -= used
    if (ended && used === 0) break
    if (filled === buffer.length) {
      if (filled >= ENTRY_LIMIT) filled = giveUp(log, buffer, place)
      else buffer = Buffer.concat([buffer], buffer.length * 2)
    } else if (buffer !== block && filled < block.length) {
      buffer.copy(block, 0, 0, filled)
      buffer = block
    }
  }
}

/** The scanner's own memory where it is large enough: nothing has to be copied to be searched. */
function blockOf(scanner: Scanner | null): Buffer {
  const memory = scanner?.memory
  if (memory === undefined || memory.length < 2 * BLOCK) return Buffer.alloc(2 * BLOCK)
  return Buffer.from(memory.buffer, memory.byteOffset, Math.min(memory.length, 2 * BLOCK))
}

/** What passes over many entries at once; null where they lie outside of the scanner's memory. */
function kernelsOn(bytes: Buffer, scanner: Scanner | null): LineKernels | null {
  const isInside = scanner?.memory.buffer === bytes.buffer && scanner.memory.byteOffset === bytes.byteOffset
  return isInside ? (scanner.lines ?? null) : null
}

interface Position {
  line: number
  offset: number
}

function advance(place: Position, lines: number, bytes: number): void {
  place.line += lines
  place.offset += bytes
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

/** Reads all whole entries, and at the end of the source what there is of the last. */
function takeEntries(log: Log, bytes: Buffer, place: Position, ended: boolean): number {
  const hits = new Hits(log.options.scanner, bytes)
  const kernels = kernelsOn(bytes, log.options.scanner)
  let at = 0
  while (at < bytes.length) {
    if (kernels !== null) {
      const ahead = countEntries(log, kernels, { from: at, to: bytes.length, until: hits.after(at) })
      advance(place, ahead.feeds, ahead.at - at)
      at = ahead.at
      if (at === bytes.length) break
    }
    const hit = hits.after(at)
    const short = kernels === null && hit > at ? readExportEntry(bytes, at, COUNTED) : null
    const entry = short !== null && hit >= short.end ? short : readExportEntry(bytes, at)
    if (!entry.complete && !ended) return at
    const next = entry.complete ? entry.next : bytes.length
    if (entry.damaged || (!entry.complete && entry.end < bytes.length))
      log.notice('record-damaged', place.offset, DAMAGE)
    const feeds = newlines(bytes, at, entry.end)
    if (entry.filled && hit >= entry.end) count(log, entry)
    else if (entry.filled) emit(log, bytes.subarray(at, entry.end), entry, { ...place, feeds })
    advance(place, feeds + newlines(bytes, entry.end, next), next - at)
    at = next
  }
  return at
}

function count(log: Log, entry: ExportEntry): void {
  const reading = readEntry(entry.fields, { start: entry.time, end: entry.time + 16 })
  const timed = log.time(reading.stamp)
  const severity = reading.severity ?? reading.otherwise
  log.count({ name: journaldExport.name, timed, severity, lines: 1 })
}

function emit(log: Log, bytes: Buffer, entry: ExportEntry, place: Position & { readonly feeds: number }): void {
  const reading = readEntry(entry.fields, { start: entry.time, end: entry.time + 16 })
  const last = bytes[bytes.length - 1] === 10 ? 1 : 0
  const length = bytes.length - last
  const raw = bytes.toString('latin1', 0, length)
  const line: Line = {
    number: place.line,
    offset: place.offset,
    length,
    raw,
    text: raw,
    ending: '\n',
    invalid: false,
    digest: null,
  }
  log.record({ format: journaldExport, reading, lines: [line], lineEnd: place.line + place.feeds - last })
}

function newlines(bytes: Buffer, from: number, to: number): number {
  let count = 0
  for (let at = from; at < to; at++) if (bytes[at] === 10) count++
  return count
}

function giveUp(log: Log, buffer: Buffer, place: Position): number {
  log.notice('record-damaged', place.offset, `An entry larger than ${ENTRY_LIMIT} bytes was left out.`)
  const next = buffer.lastIndexOf('\n\n')
  const kept = next < 0 ? 0 : buffer.length - next - 2
  advance(place, newlines(buffer, 0, buffer.length - kept), buffer.length - kept)
  buffer.copy(buffer, 0, buffer.length - kept)
  return kept
}
