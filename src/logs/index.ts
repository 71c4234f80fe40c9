// Reads logs of every usual format: bytes in, events in the order of the file out.
import type { ByteReader, EventSink, SourceSummary } from '../model/index.ts'
import { readJournal } from './journal/read-journal.ts'
import { Log } from './log.ts'
import type { ReadLogOptions } from './options.ts'
import { readCandidates } from './road/candidates.ts'
import { readEveryLine } from './road/every-line.ts'
import { isJournalExport, readJournalExport } from './road/journal-export.ts'
import { isJsonItems, readJsonItems } from './road/json-items.ts'
import { keeper } from './road/keep.ts'

export { FORMATS } from './catalogue.ts'
export type { LogFormat } from './format.ts'
export { rewriteJournalExport } from './journal/rewrite-export.ts'
export type { ReadLogOptions } from './options.ts'
export { isJournalExport } from './road/journal-export.ts'

/**
 * Reads a text log to its end.
 * Damage is told as notices to the sink; nothing read before it is lost.
 */
export async function readLog(bytes: ByteReader, options: ReadLogOptions, sink: EventSink): Promise<SourceSummary> {
  const log = new Log(options, sink)
  if (isJournalExport(options.head)) await readJournalExport(bytes, log)
  else if (isJsonItems(options.head)) await readJsonItems(bytes, log)
  else if (options.scanner === null || log.known.sequential)
    await readEveryLine(bytes, log, keeper(log, options.scanner))
  else await readCandidates(bytes, log, options.scanner)
  return log.summary()
}

/**
 * Reads a systemd journal file (`.journal`), compact or not, values packed with LZ4 or ZSTD.
 * Places are entries: `line` is the entry's number, offset and length are those of its object.
 */
export async function readJournalFile(
  bytes: ByteReader,
  options: ReadLogOptions,
  sink: EventSink,
): Promise<SourceSummary> {
  const log = new Log({ ...options, head: new Uint8Array() }, sink)
  await readJournal(bytes, log)
  return log.summary()
}
