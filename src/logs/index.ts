// Reads logs of every usual format: bytes in, events in the order of the file out.
import type { ByteReader, EventSink, OnDisk, SourceSummary } from '../model/index.ts'
import { readJournal } from './journal/read-journal.ts'
import { Log } from './log.ts'
import type { ReadLogOptions } from './options.ts'
import type { PartReaders } from './parts/part-readers.ts'
import { readInParts } from './parts/read-in-parts.ts'
import { Repeats } from './repeats.ts'
import { roadOf } from './road/road-of.ts'
import { BEGINNING } from './road/start.ts'

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

async function readText({ bytes, disk, readers }: LogInput, log: Log, sink: EventSink) {
  const road = roadOf(log)
  if (readers !== null) return readInParts({ bytes, disk, log, sink, road, readers })
  await road.read(bytes, BEGINNING)
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
