// A journal file in journald's export format: its entries in their order, what no program has read since left out.
import type { ByteReader } from '../../model/index.ts'
import { Cursor } from './cursor.ts'
import { DATA, type EntryObject, readEntryObject, readValue, usesOf } from './objects.ts'
import { passHeader, readObjects } from './read-objects.ts'
import { Values } from './values.ts'

const LENGTH_BYTES = 8

/**
 * Many entries at a time: https://systemd.io/JOURNAL_EXPORT_FORMATS/
 * @param tell hears what could not be exported, in a sentence
 */
export async function* exportJournal(bytes: ByteReader, tell: (detail: string) => void): AsyncGenerator<Uint8Array> {
  const cursor = new Cursor(bytes)
  const header = await passHeader(cursor)
  if (header === null) return tell('the header of the journal file is damaged')
  const values = new Values<Buffer>()
  let entries = 0
  for await (const objects of readObjects(cursor)) {
    const texts: Uint8Array[] = []
    for (const { type, offset, bytes } of objects) {
      if (type === DATA) keep(values, { offset, value: readValue(bytes, header.compact), uses: usesOf(bytes) })
      else texts.push(entryText(readEntryObject(bytes, header.compact), values))
    }
    entries += texts.length
    if (texts.length > 0) yield Buffer.concat(texts)
  }
  if (entries < header.entries) tell(`the journal breaks off: ${entries} of ${header.entries} entries were read`)
}

interface Found {
  readonly offset: number
  readonly value: Buffer | null
  readonly uses: number
}

function keep(values: Values<Buffer>, { offset, value, uses }: Found): void {
  if (value !== null) values.add(offset, Buffer.from(value), { size: value.length, uses })
}

function entryText(entry: EntryObject | null, values: Values<Buffer>): Uint8Array {
  if (entry === null) return new Uint8Array()
  const times = `__REALTIME_TIMESTAMP=${entry.realtime}\n__MONOTONIC_TIMESTAMP=${entry.monotonic}\n`
  const fields = entry.items.flatMap((item) => {
    const value = values.use(item)
    return value === null ? [] : fieldOf(value)
  })
  return Buffer.concat([Buffer.from(times), ...fields, Buffer.from('\n')])
}

/** `NAME=value`, or the name, a length and the bytes where the value is no line of text. */
function fieldOf(value: Buffer): Buffer[] {
  const sign = value.indexOf(61)
  if (sign < 1) return []
  const content = value.subarray(sign + 1)
  if (!content.some((byte) => byte < 32 && byte !== 9)) return [value, Buffer.from('\n')]
  const length = Buffer.alloc(LENGTH_BYTES)
  length.writeUInt32LE(content.length, 0)
  return [value.subarray(0, sign), Buffer.from('\n'), length, content, Buffer.from('\n')]
}
