// A journal export with other values: what binary fields hold is rewritten too, and their lengths with it.
import type { ByteReader } from '../../model/index.ts'
import { type Rewrite, rewriteTogether } from '../rewrite-together.ts'

const BLOCK = 1 << 18
/** So many bytes are rewritten together. */
const GATHERED = 1 << 18
/** A field beyond this is left out. */
const LONGEST_FIELD = 1 << 23
const LENGTH_BYTES = 8
const TOO_LONG = '[removed: too long]'
/** RS separates records in ASCII too. */
const SEPARATOR = '\x1e'

/** https://systemd.io/JOURNAL_EXPORT_FORMATS/ */
export async function* rewriteJournalExport(
  blocks: AsyncIterable<Uint8Array>,
  rewrite: Rewrite,
): AsyncGenerator<Uint8Array> {
  let pending: Buffer = Buffer.alloc(0)
  const pieces = new Pieces()
  for await (const block of blocks) {
    pending = Buffer.concat([pending, block])
    for (let field = fieldOf(pending); field !== null; field = fieldOf(pending)) {
      if (field.value === null) pieces.addLine(pending.subarray(0, field.end))
      else pieces.addValue(field.name, field.value)
      pending = pending.subarray(field.end)
      if (pieces.size > GATHERED) yield await pieces.rewritten(rewrite)
    }
    if (pending.length > LONGEST_FIELD) pending = Buffer.from(`REMOVED=${TOO_LONG}\n`)
  }
  pieces.addLine(pending)
  yield await pieces.rewritten(rewrite)
}

/** Lines that stand together, or what a binary field holds. */
interface Piece {
  /** Null of lines. */
  readonly name: string | null
  readonly parts: Buffer[]
}

class Pieces {
  #pieces: Piece[] = []
  size = 0

  addLine(line: Buffer): void {
    const last = this.#pieces.at(-1)
    if (last?.name === null) last.parts.push(line)
    else this.#pieces.push({ name: null, parts: [line] })
    this.size += line.length
  }

  addValue(name: string, value: Buffer): void {
    this.#pieces.push({ name, parts: [value] })
    this.size += value.length
  }

  /** All that were added since the last time. */
  async rewritten(rewrite: Rewrite): Promise<Uint8Array> {
    const pieces = this.#pieces
    this.#pieces = []
    this.size = 0
    const texts = pieces.map(({ parts }) => Buffer.concat(parts).toString())
    const others = await rewriteTogether(texts, separatorOf(texts), rewrite)
    return Buffer.concat(pieces.map(({ name }, at) => written(name, others[at] ?? '')))
  }
}

/** A line of its own that none of the texts holds. */
function separatorOf(texts: readonly string[]): string {
  let signs = SEPARATOR
  while (texts.some((text) => text.includes(signs))) signs += SEPARATOR
  return `\n${signs}\n`
}

function written(name: string | null, text: string): Uint8Array {
  return name === null ? Buffer.from(text) : binaryField(name, Buffer.from(text))
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

function binaryField(name: string, value: Buffer): Uint8Array {
  const length = Buffer.alloc(LENGTH_BYTES)
  length.writeUInt32LE(value.length, 0)
  return Buffer.concat([Buffer.from(`${name}\n`), length, value, Buffer.from('\n')])
}
