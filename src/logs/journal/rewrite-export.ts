// A journal export with other values: what binary fields hold is rewritten too, and their lengths with it.
import type { ByteReader } from '../../model/index.ts'

const BLOCK = 1 << 18
/** Lines beside binary fields are rewritten together up to here. */
const GATHERED = 1 << 18
/** A field beyond this is left out. */
const LONGEST_FIELD = 1 << 23
const LENGTH_BYTES = 8
const TOO_LONG = '[removed: too long]'

type Rewrite = (text: string) => Promise<string>

/** https://systemd.io/JOURNAL_EXPORT_FORMATS/ */
export async function* rewriteJournalExport(
  blocks: AsyncIterable<Uint8Array>,
  rewrite: Rewrite,
): AsyncGenerator<Uint8Array> {
  let pending: Buffer = Buffer.alloc(0)
  let lines: Buffer[] = []
  let gathered = 0
  const flush = async () => {
    const text = Buffer.concat(lines).toString()
    lines = []
    gathered = 0
    return Buffer.from(text === '' ? '' : await rewrite(text))
  }
  for await (const block of blocks) {
    pending = Buffer.concat([pending, block])
    for (let field = fieldOf(pending); field !== null; field = fieldOf(pending)) {
      if (field.value === null) gathered += lines.push(pending.subarray(0, field.end)) > 0 ? field.end : 0
      else {
        yield await flush()
        yield await binaryField(field.name, field.value, rewrite)
      }
      pending = pending.subarray(field.end)
      if (gathered > GATHERED) yield await flush()
    }
    if (pending.length > LONGEST_FIELD) pending = Buffer.from(`REMOVED=${TOO_LONG}\n`)
  }
  lines.push(pending)
  yield await flush()
}

/** A stream in blocks of its own. */
export async function* blocksOf(bytes: ByteReader): AsyncGenerator<Uint8Array> {
  for (;;) {
    const block = new Uint8Array(BLOCK)
    const read = await bytes.read(block)
    if (read === 0) return
    yield block.subarray(0, read)
  }
}

interface Field {
  readonly name: string
  /** Null where it is a line: `NAME=value`, or the empty one between entries. */
  readonly value: Buffer | null
  readonly end: number
}

/** The first field; null where it is not whole. */
function fieldOf(bytes: Buffer): Field | null {
  const end = bytes.indexOf(10) + 1
  if (end === 0) return null
  const name = bytes.toString('latin1', 0, Math.min(end - 1, 65))
  if (!/^[A-Z0-9_]{1,64}$/.test(name)) return { name, value: null, end }
  const start = end + LENGTH_BYTES
  if (bytes.length < start) return null
  const last = start + bytes.readUInt32LE(end)
  if (bytes.readUInt32LE(end + 4) > 0 || last - start > LONGEST_FIELD) return { name, value: null, end }
  if (bytes.length <= last) return null
  return bytes[last] === 10 ? { name, value: bytes.subarray(start, last), end: last + 1 } : { name, value: null, end }
}

async function binaryField(name: string, value: Buffer, rewrite: Rewrite): Promise<Uint8Array> {
  const text = Buffer.from(await rewrite(value.toString()))
  const length = Buffer.alloc(LENGTH_BYTES)
  length.writeUInt32LE(text.length, 0)
  return Buffer.concat([Buffer.from(`${name}\n`), length, text, Buffer.from('\n')])
}
