// The road of one large JSON document: each object of its `items` (or of the array it is) is a record.
import type { ByteReader } from '../../model/index.ts'
import { kubernetesObject, readKubernetesObject } from '../formats/kubernetes-object.ts'
import type { Line } from '../line.ts'
import type { Log } from '../log.ts'

const PIECE = 1 << 16
const ITEM_LIMIT = 1 << 24
/** `items` stands at the top: behind nothing but the kind and the list's own metadata. One object a line is no list. */
const LIST =
  /^\s*\{\s*(?:"(?:apiVersion|kind)"\s*:\s*"[^"]*"\s*,\s*){0,2}(?:"metadata"\s*:\s*\{[^{}]*\}\s*,\s*)?"items"\s*:\s*\[/
const ARRAY = /^\s*\[\s*\{\s*\n/

function textOf(head: Uint8Array): string {
  return Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 8192)).toString('latin1')
}

export function isJsonItems(head: Uint8Array): boolean {
  const text = textOf(head)
  return LIST.test(text) || ARRAY.test(text)
}

export async function readJsonItems(bytes: ByteReader, log: Log): Promise<void> {
  const text = textOf(log.options.head)
  const kind = /"kind"\s*:\s*"(\w+?)(?:List)?"/.exec(text)?.[1] ?? ''
  const splitter = new ItemSplitter(ARRAY.test(text) ? 1 : 2, (item) => emit(log, item, kind))
  const piece = Buffer.allocUnsafe(PIECE)
  for (;;) {
    const read = await bytes.read(piece)
    if (read === 0) break
    splitter.take(piece.subarray(0, read), log.bytes)
    log.bytes += read
  }
  if (splitter.depth > 0) log.notice('record-damaged', log.bytes, 'The JSON document breaks off.')
  if (splitter.dropped > 0)
    log.notice('record-damaged', null, `${splitter.dropped} items larger than ${ITEM_LIMIT} bytes were left out.`)
}

interface Item {
  readonly raw: Buffer
  readonly offset: number
  readonly line: number
  readonly lineEnd: number
}

function emit(log: Log, { raw, offset, line: number, lineEnd }: Item, kind: string): void {
  const reading = readKubernetesObject(raw.toString('utf8'), kind)
  if (reading === null) {
    log.notice('record-damaged', offset, 'An item of the JSON document is malformed.')
    return
  }
  const text = raw.toString('latin1')
  const line: Line = { number, offset, length: raw.length, raw: text, text, ending: '\n', invalid: false, digest: null }
  const record = { format: kubernetesObject, reading, lines: [line], lineEnd }
  const { scanner } = log.options
  if (scanner === null || scanner.find(raw, 0, raw.length) >= 0) log.record(record)
  else log.pass(record)
}

/** Finds the objects at one depth of brackets, strings passed over. */
class ItemSplitter {
  readonly #level: number
  readonly #found: (item: Item) => void
  depth = 0
  dropped = 0
  #quoted = false
  #escaped = false
  #line = 1
  #parts: Buffer[] = []
  #size = 0
  #start = { offset: -1, line: 1 }

  constructor(level: number, found: (item: Item) => void) {
    this.#level = level
    this.#found = found
  }

  take(bytes: Buffer, base: number): void {
    let from = this.#start.offset < 0 ? -1 : 0
    for (let at = 0; at < bytes.length; at++) {
      const code = bytes[at]
      if (code === 10) this.#line++
      if (this.#inString(code)) continue
      if (code === 123 || code === 91) {
        if (code === 123 && this.depth === this.#level) {
          from = at
          this.#start = { offset: base + at, line: this.#line }
        }
        this.depth++
      } else if (code === 125 || code === 93) {
        this.depth--
        if (code === 125 && this.depth === this.#level && this.#start.offset >= 0) {
          this.#end(bytes.subarray(Math.max(0, from), at + 1))
          from = -1
        }
      }
    }
    if (from >= 0) this.#keep(bytes.subarray(from))
  }

  #inString(code: number | undefined): boolean {
    if (!this.#quoted) {
      if (code === 34) this.#quoted = true
      return code === 34
    }
    if (this.#escaped) this.#escaped = false
    else if (code === 92) this.#escaped = true
    else if (code === 34) this.#quoted = false
    return true
  }

  #keep(part: Buffer): void {
    this.#size += part.length
    if (this.#size <= ITEM_LIMIT) this.#parts.push(Buffer.from(part))
  }

  #end(part: Buffer): void {
    this.#keep(part)
    const { offset, line } = this.#start
    if (this.#size <= ITEM_LIMIT) this.#found({ raw: Buffer.concat(this.#parts), offset, line, lineEnd: this.#line })
    else this.dropped++
    this.#parts = []
    this.#size = 0
    this.#start = { offset: -1, line: 1 }
  }
}
