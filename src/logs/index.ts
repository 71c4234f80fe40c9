// Reads logs of every usual format: bytes in, events in the order of the file out.
import type { ByteReader, EventSink, SourceSummary } from '../model/index.ts'
import { readJournal } from './journal/read-journal.ts'
import { Log } from './log.ts'
import type { ReadLogOptions } from './options.ts'
import { type PartReaders, readInParts } from './parts/read-in-parts.ts'
import { Repeats } from './repeats.ts'
import { readCandidates } from './road/candidates.ts'
import { readEveryLine } from './road/every-line.ts'
import { isJournalExport, readJournalExport } from './road/journal-export.ts'
import { isJsonItems, readJsonItems } from './road/json-items.ts'
import { keeper } from './road/keep.ts'

export { FORMATS } from './catalogue.ts'
export type { LogFormat } from './format.ts'
export { exportJournal } from './journal/export-journal.ts'
export { blocksOf, rewriteJournalExport } from './journal/rewrite-export.ts'
export type { ReadLogOptions } from './options.ts'
export { type PartInput, type PartOutput, PartReader } from './parts/part.ts'
export type { PartReaders } from './parts/read-in-parts.ts'
export { isJournalExport } from './road/journal-export.ts'

/**
 * Reads a text log to its end.
 * Damage is told as notices to the sink; nothing read before it is lost.
 * @param readers read parts of a large log side by side; what comes out is the same without
 */
export async function readLog(
  bytes: ByteReader,
  options: ReadLogOptions,
  sink: EventSink,
  readers: PartReaders | null = null,
): Promise<SourceSummary> {
  const repeats = new Repeats(sink)
  const log = new Log(options, repeats)
  if (isJournalExport(options.head)) await readJournalExport(bytes, log)
  else if (isJsonItems(options.head)) await readJsonItems(bytes, log)
  else if (options.scanner === null || log.known.sequential)
    await readEveryLine(bytes, log, keeper(log, options.scanner))
  else if (readers === null) await readCandidates(bytes, log, options.scanner, { offset: 0, line: 1 })
  else await readInParts({ bytes, log, sink: repeats, scanner: options.scanner, readers })
  repeats.end()
  return log.summary()
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
