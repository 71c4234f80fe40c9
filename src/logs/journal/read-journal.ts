// Reads a journal file in one pass: data objects always lie before the entries that use them.
import type { ByteReader } from '../../model/index.ts'
import type { Log } from '../log.ts'
import { Cursor } from './cursor.ts'
import { JournalEntries } from './journal-entries.ts'
import { usesOf, xzValue } from './objects.ts'
import { passHeader, readObjects } from './read-objects.ts'

export async function readJournal(bytes: ByteReader, log: Log): Promise<void> {
  const cursor = new Cursor(bytes)
  const header = await passHeader(cursor)
  if (header === null) {
    log.notice('record-damaged', 0, 'The header of the journal file is damaged.')
    return
  }
  const entries = new JournalEntries(log, header.compact)
  for await (const objects of readObjects(cursor)) {
    for (const object of objects) {
      const packed = xzValue(object.bytes, header.compact)
      if (packed === null) entries.take(object)
      else entries.keep(object.offset, (await log.options.unpackXz?.(packed)) ?? null, usesOf(object.bytes))
    }
    entries.hold()
  }
  entries.end()
  if (entries.count < header.entries) {
    const detail = `The journal breaks off: ${entries.count} of ${header.entries} entries were read.`
    log.notice('record-damaged', cursor.offset, detail)
  }
  log.bytes = cursor.seen
}
