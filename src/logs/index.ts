// Reads logs of every usual format: bytes in, events in the order of the file out.
import type { ByteReader, EventSink, OnDisk, SourceSummary } from '../model/index.ts'
import { readJournal } from './journal/read-journal.ts'
import { Log } from './log.ts'
import type { ReadLogOptions } from './options.ts'
import type { PartReaders } from './parts/part-readers.ts'
import { readInParts } from './parts/read-in-parts.ts'
import { Repeats } from './repeats.ts'
import { readCandidates } from './road/candidates.ts'
import { readEveryLine } from './road/every-line.ts'
import { isFramed, readFrames } from './road/frames.ts'
import { isJournalExport, readJournalExport } from './road/journal-export.ts'
import { isJsonItems, readJsonItems } from './road/json-items.ts'
import { keeper } from './road/keep.ts'
import { readWrappedLines } from './road/wrapped-lines.ts'

export { FORMATS } from './catalogue.ts'
export type { LogFormat } from './format.ts'
export { harTexts, rewriteHar } from './har/rewrite-har.ts'
export { exportJournal } from './journal/export-journal.ts'
export { blocksOf, rewriteJournalExport } from './journal/rewrite-export.ts'
export type { ReadLogOptions } from './options.ts'
export { type PartInput, type PartOutput, PartReader } from './parts/part.ts'
export type { AskedPart, PartReaders } from './parts/part-readers.ts'
export { isHar } from './road/har-entries.ts'
export { isJournalExport } from './road/journal-export.ts'

/**
 * Reads a text log to its end.
 * Damage is told as notices to the sink; nothing read before it is lost.
 */
export async function readLog(bytes: ByteReader, options: ReadLogOptions, sink: EventSink): Promise<SourceSummary> {
  const { summary } = await startLog({ bytes, disk: null, options, sink, readers: null })
  return summary
}

export interface LogInput {
  readonly bytes: ByteReader
  /** Where `bytes` lie, if other threads can read them there. */
  readonly disk: OnDisk | null
  readonly options: ReadLogOptions
  readonly sink: EventSink
  /** Read parts of logs side by side; what comes out is the same without. */
  readonly readers: PartReaders | null
}

/** @returns once the source has been read to its end; the summary comes when all of it has been taken */
export async function startLog(input: LogInput): Promise<{ readonly summary: Promise<SourceSummary> }> {
  const repeats = new Repeats(input.sink)
  const log = new Log(input.options, repeats)
  const { rest } = await readText(input, log, repeats)
  const finish = async (): Promise<SourceSummary> => {
    await rest
    repeats.end()
    return log.summary()
  }
  return { summary: finish() }
}

/** Of sources whose records are not told by their lines. */
const OWN_ROADS = [
  { is: isJournalExport, read: readJournalExport },
  { is: isJsonItems, read: readJsonItems },
  { is: isFramed, read: readFrames },
]

async function readText({ bytes, disk, options, readers }: LogInput, log: Log, sink: EventSink) {
  const { head, scanner } = options
  const own = OWN_ROADS.find(({ is }) => is(head))
  const { wrapper, sequential, heeds } = log.known
  const isWhole = own !== undefined || scanner === null || sequential || wrapper !== null
  if (!isWhole && readers !== null && heeds === null) return readInParts({ bytes, disk, log, sink, scanner, readers })
  await readers?.turn()
  if (own !== undefined) await own.read(bytes, log)
  else if (scanner !== null && wrapper !== null) await readWrappedLines(bytes, log, scanner)
  else if (isWhole) await readEveryLine(bytes, log, keeper(log, scanner))
  else await readCandidates(bytes, log, scanner, { offset: 0, line: 1 })
  return { rest: Promise.resolve() }
}

/**
 * Reads a systemd journal file (`.journal`), compact or not, values packed with LZ4, ZSTD or, where `unpackXz` is given, XZ.
 * Places are entries: `line` is the entry's number, offset and length are those of its object.
 */
export async function readJournalFile(
  bytes: ByteReader,
  options: ReadLogOptions,
  sink: EventSink,
): Promise<SourceSummary> {
  const repeats = new Repeats(sink)
  const log = new Log({ ...options, head: new Uint8Array() }, repeats)
  await readJournal(bytes, log)
  repeats.end()
  return log.summary()
}
