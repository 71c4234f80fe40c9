// Reads a journal file in one pass: data objects always lie before the entries that use them.
import type { ByteReader } from '../../model/index.ts'
import type { RecordLines } from '../assemble.ts'
import { journaldBinary } from '../formats/journald.ts'
import { type JournalEntry, readEntry } from '../formats/journald-entry.ts'
import { asOneProgram } from '../formats/one-program.ts'
import type { Line } from '../line.ts'
import type { Log } from '../log.ts'
import { EntryFold } from '../road/entry-fold.ts'
import { Cursor } from './cursor.ts'
import {
  DATA,
  HEADER_BYTES,
  OBJECT_HEADER_BYTES,
  readEntryObject,
  readHeader,
  readObjectHead,
  readValue,
  xzValue,
} from './objects.ts'
import { Values } from './values.ts'

export async function readJournal(bytes: ByteReader, log: Log): Promise<void> {
  const cursor = new Cursor(bytes)
  await cursor.has(HEADER_BYTES)
  const header = readHeader(cursor.peek(HEADER_BYTES))
  if (header === null) {
    log.notice('record-damaged', 0, 'The header of the journal file is damaged.')
    return
  }
  await cursor.skip(header.headerSize)
  const pass: Pass = { log, compact: header.compact, values: new Values(), fold: new EntryFold(log, shown), entries: 0 }
  while (await cursor.has(OBJECT_HEADER_BYTES)) {
    const head = readObjectHead(cursor.peek(OBJECT_HEADER_BYTES))
    if (head === null) break
    if (head.isWanted && (await cursor.has(head.size))) {
      const object = cursor.peek(head.size)
      const packed = xzValue(object, header.compact)
      if (packed === null) takeObject(pass, { type: head.type, offset: cursor.offset, object })
      else keepValue(pass, cursor.offset, (await log.options.unpackXz?.(packed)) ?? null)
    }
    if (!(await cursor.skip(head.step))) break
  }
  pass.fold.end()
  if (pass.entries < header.entries) {
    const detail = `The journal breaks off: ${pass.entries} of ${header.entries} entries were read.`
    log.notice('record-damaged', cursor.offset, detail)
  }
  log.bytes = cursor.seen
}

interface Pass {
  readonly log: Log
  readonly compact: boolean
  readonly values: Values
  readonly fold: EntryFold
  entries: number
}

interface Found {
  readonly type: number
  readonly offset: number
  readonly object: Buffer
}

function takeObject(pass: Pass, { type, offset, object }: Found): void {
  if (type === DATA) {
    keepValue(pass, offset, readValue(object, pass.compact))
    return
  }
  pass.entries++
  const entry = readEntryObject(object, pass.compact)
  if (entry === null) return
  const fields = new Map<string, string>([['__REALTIME_TIMESTAMP', String(entry.realtime)]])
  const values: Buffer[] = []
  for (const item of entry.items) {
    const value = pass.values.get(item)
    const sign = value?.indexOf(61) ?? -1
    if (value === null || sign < 1) continue
    values.push(value)
    const name = value.toString('latin1', 0, sign)
    if (!fields.has(name)) fields.set(name, value.toString('utf8', sign + 1))
  }
  emit(pass, { type, offset, object }, { fields, values })
}

function keepValue({ log, values }: Pass, offset: number, value: Uint8Array | null): void {
  if (value !== null) values.add(offset, Buffer.from(value))
  else log.notice('record-damaged', offset, 'A value of the journal could not be unpacked and is left out.')
}

function emit(
  pass: Pass,
  { offset, object }: Found,
  entry: { readonly fields: JournalEntry; readonly values: readonly Buffer[] },
): void {
  const { log, entries, fold } = pass
  const reading = asOneProgram(readEntry(entry.fields, { start: 0, end: 0 }))
  const { scanner } = log.options
  const isWanted = scanner === null || entry.values.some((value) => scanner.find(value, 0, value.length) >= 0)
  const raw = object.toString('latin1')
  const who = reading.pid === null ? reading.program : `${reading.program}[${reading.pid}]`
  const line: Line = {
    number: entries,
    offset,
    length: object.length,
    raw,
    text: reading.body,
    ending: '',
    invalid: false,
    digest: null,
  }
  const excerpt = `${reading.host ?? ''} ${who ?? ''}: ${reading.body}`.trim()
  fold.take({ format: journaldBinary, reading, lines: [line], excerpt }, isWanted)
}

/** Other objects lie between entries: the place is that of the first, and what the others say is shown with it. */
function shown(first: RecordLines, joined: readonly RecordLines[]): RecordLines {
  const others = joined.map(({ reading }) => `\n${reading.body}`).join('')
  const reading = { ...first.reading, body: first.reading.body + others }
  return { ...first, reading, excerpt: first.excerpt + others, joined }
}
