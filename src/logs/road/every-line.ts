// The road on which every line is read: split2 cuts the text, this file keeps the byte offsets it loses.
import { once } from 'node:events'
import { crc32 } from 'node:zlib'
import split2 from 'split2'
import type { ByteReader } from '../../model/index.ts'
import { Assembler, type RecordLines } from '../assemble.ts'
import { LINE_LIMIT, makeLine } from '../line.ts'
import type { Log } from '../log.ts'
import { Untangler } from '../untangle.ts'
import type { Keep } from './keep.ts'

/** split2 is fastest with small pieces. */
const PIECE = 1 << 16

/** Reads the source to its end and hands over every record that `keep` keeps. */
export async function readEveryLine(bytes: ByteReader, log: Log, keep: Keep): Promise<void> {
  const { newline } = log.known
  const splitter = split2(newline === 10 ? '\n' : '\r', { decodeStrings: false, readableHighWaterMark: 4096 })
  const feeder = new Feeder(newline)
  const folder = folderOf(log, keep)
  let number = 1
  let offset = 0
  splitter.on('data', (raw: string) => {
    const cut = feeder.cutOf(number)
    const line = makeLine({ number, offset, raw, newline, cut })
    number++
    offset += (cut?.length ?? raw.length) + 1
    folder.take(line)
  })
  const piece = Buffer.allocUnsafe(PIECE)
  for (;;) {
    const read = await bytes.read(piece)
    if (read === 0) break
    log.bytes += read
    if (!splitter.write(feeder.feed(piece.subarray(0, read)))) await once(splitter, 'drain')
  }
  splitter.end()
  await once(splitter, 'end')
  folder.end()
}

/** Folds lines into records, those of each writer by themselves where lines tell him. */
function folderOf({ known, options }: Log, keep: Keep): Pick<Untangler, 'take' | 'end'> {
  if (known.writers.length > 0) return new Untangler(known, keep)
  const assembler = new Assembler(known, options.apart)
  const kept = (record: RecordLines | null): void => {
    if (record !== null) keep(record)
  }
  return { take: (line) => kept(assembler.take(line)), end: () => kept(assembler.end()) }
}

interface Cut {
  length: number
  digest: number
}

/** Hands bytes on as text of one sign per byte, lines cut to their bound; split2's own bound would drop them silently. */
class Feeder {
  readonly #newline: 10 | 13
  readonly #cuts = new Map<number, Cut>()
  #number = 1
  #length = 0
  #digest = 0

  constructor(newline: 10 | 13) {
    this.#newline = newline
  }

  cutOf(number: number): Cut | null {
    const cut = this.#cuts.get(number) ?? null
    if (cut !== null) this.#cuts.delete(number)
    return cut
  }

  feed(bytes: Buffer): string {
    const last = bytes.lastIndexOf(this.#newline)
    const first = last < 0 ? bytes.length : bytes.indexOf(this.#newline)
    if (this.#length + first <= LINE_LIMIT) return this.#pass(bytes, last)
    const head = this.#cut(bytes.subarray(0, first))
    return last < 0 ? head : head + this.#pass(bytes.subarray(first), last - first)
  }

  #pass(bytes: Buffer, last: number): string {
    let lines = 0
    for (let at = bytes.indexOf(this.#newline); at >= 0; at = bytes.indexOf(this.#newline, at + 1)) lines++
    if (lines > 0) this.#digest = 0
    const rest = bytes.subarray(last + 1)
    this.#number += lines
    this.#length = lines > 0 ? rest.length : this.#length + rest.length
    this.#digest = crc32(rest, this.#digest)
    return bytes.toString('latin1')
  }

  /** The part of a long line that is still within the bound; the rest is measured. */
  #cut(bytes: Buffer): string {
    const room = Math.max(0, LINE_LIMIT - this.#length)
    this.#length += bytes.length
    this.#digest = crc32(bytes, this.#digest)
    this.#cuts.set(this.#number, { length: this.#length, digest: this.#digest })
    return bytes.toString('latin1', 0, room)
  }
}
