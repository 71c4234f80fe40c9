// Cuts a JSON document into the objects that lie at one depth of its brackets, whatever its layout.
import { crc32 } from 'node:zlib'

/** An object larger than this is left out. */
export const ITEM_LIMIT = 1 << 24
/** Bytes of a text that are looked at one by one before its end is looked for. */
const NEAR = 64
const [FEED, QUOTE, BACKSLASH] = [10, 34, 92]

export interface Item {
  /** Its bytes, without what was left out of long texts. */
  readonly raw: Buffer
  readonly offset: number
  /** With what was left out. */
  readonly length: number
  /** CRC-32 of the whole where something was left out; else null. */
  readonly digest: number | null
  readonly line: number
  readonly lineEnd: number
}

export interface Splitting {
  /** Brackets around an item. */
  readonly level: number
  readonly found: (item: Item) => void
  /** Bytes of a text that are kept, or some more; without, texts are kept whole. */
  readonly text?: number
  /** Hears what stands around and between the items, byte by byte or more at a time. */
  readonly beside?: (bytes: Buffer) => void
}

const NOWHERE = { offset: -1, line: 1 }

/** Finds the objects at one depth of brackets, texts passed over. */
export class ItemSplitter {
  readonly #splitting: Splitting
  readonly #longest: number
  depth = 0
  dropped = 0
  #quoted = false
  #escaped = false
  /** Of the text that is open: its bytes so far, and whether some were left out. */
  #text = 0
  #cut = false
  #line = 1
  /** Where the bytes begin that are still to be kept. */
  #from = 0
  #start = NOWHERE
  #parts: Buffer[] = []
  #size = 0
  #omitted = 0
  #digest = 0

  constructor(splitting: Splitting) {
    this.#splitting = splitting
    this.#longest = splitting.text ?? Number.POSITIVE_INFINITY
  }

  take(bytes: Buffer, base: number): void {
    this.#from = 0
    for (let at = 0; at < bytes.length; at++) {
      if (this.#quoted) at = this.#passText(bytes, at)
      const code = bytes[at]
      if (code === QUOTE) this.#quoted = !this.#quoted
      else if (code === FEED) this.#line++
      else if (code === 123 || code === 91) this.#open(bytes, at, base)
      else if (code === 125 || code === 93) this.#close(bytes, at)
    }
    this.#keep(bytes.subarray(this.#from))
  }

  /** The object that the document breaks off in, as far as it goes; its bytes end with no blanks. */
  rest(): Item | null {
    if (this.#start.offset < 0 || this.#size > ITEM_LIMIT) return null
    const raw = Buffer.concat(this.#parts)
    let end = raw.length
    while (end > 0 && (raw[end - 1] ?? 0) <= 32) end--
    const feeds = raw.subarray(0, end).reduce((sum, code) => sum + (code === FEED ? 1 : 0), 0)
    const lineEnd = this.#start.line + feeds
    return { raw: raw.subarray(0, end), ...this.#start, length: end, digest: null, lineEnd }
  }

  #open(bytes: Buffer, at: number, base: number): void {
    if (bytes[at] === 123 && this.depth === this.#splitting.level) {
      this.#keep(bytes.subarray(this.#from, at))
      this.#from = at
      this.#start = { offset: base + at, line: this.#line }
    }
    this.depth++
  }

  #close(bytes: Buffer, at: number): void {
    this.depth--
    if (bytes[at] !== 125 || this.depth !== this.#splitting.level || this.#start.offset < 0) return
    this.#end(bytes.subarray(this.#from, at + 1))
    this.#from = at + 1
  }

  /** Gives the place of the quote that ends the text, or the end of the bytes. */
  #passText(bytes: Buffer, at: number): number {
    const escaped = this.#escaped
    const end = this.#endOfText(bytes, at)
    this.#text += end - at
    if (this.#text > this.#longest) this.#shorten(bytes, { from: at, to: end, escaped })
    if (end === bytes.length) return end
    this.#text = 0
    this.#cut = false
    return end
  }

  /** Quotes are looked for where they are rare: base64 has none, JSON in a text has many. */
  #endOfText(bytes: Buffer, from: number): number {
    let escaped = this.#escaped
    this.#escaped = false
    for (let at = from; at < bytes.length; ) {
      for (const near = Math.min(bytes.length, at + NEAR); at < near; at++) {
        const code = bytes[at]
        if (escaped) escaped = false
        else if (code === BACKSLASH) escaped = true
        else if (code === QUOTE) return at
      }
      const quote = bytes.indexOf(QUOTE, at)
      const end = quote < 0 ? bytes.length : quote
      escaped = isEscaped(bytes, { from: at, to: end, escaped })
      at = end
    }
    this.#escaped = escaped
    return bytes.length
  }

  /** Leaves out what is too much of a text. */
  #shorten(bytes: Buffer, part: TextPart): void {
    const { from, to } = part
    const cut = this.#cut ? from : cutOf(bytes, part, this.#longest - (this.#text - (to - from)))
    if (cut === to) return
    this.#cut = true
    this.#keep(bytes.subarray(this.#from, cut))
    this.#from = to
    if (this.#start.offset < 0) return
    this.#omitted += to - cut
    this.#digest = crc32(bytes.subarray(cut, to), this.#digest)
  }

  #keep(part: Buffer): void {
    if (part.length === 0) return
    if (this.#start.offset < 0) {
      this.#splitting.beside?.(part)
      return
    }
    this.#add(part)
    if (this.#size <= ITEM_LIMIT) this.#parts.push(Buffer.from(part))
  }

  #add(part: Buffer): void {
    this.#size += part.length
    if (this.#longest !== Number.POSITIVE_INFINITY) this.#digest = crc32(part, this.#digest)
  }

  #end(part: Buffer): void {
    this.#add(part)
    if (this.#size <= ITEM_LIMIT) this.#splitting.found(this.#item(part))
    else this.#drop()
    this.#parts = []
    this.#size = 0
    this.#omitted = 0
    this.#digest = 0
    this.#start = NOWHERE
  }

  /** Another object takes its place among what stands around it. */
  #drop(): void {
    this.dropped++
    this.#splitting.beside?.(Buffer.from('{}'))
  }

  /** Its bytes are those that were taken last, where it lies in them: they are to be read before others are taken. */
  #item(part: Buffer): Item {
    const raw = this.#parts.length === 0 ? part : Buffer.concat([...this.#parts, part])
    const digest = this.#omitted === 0 ? null : this.#digest
    return { raw, ...this.#start, length: this.#size + this.#omitted, digest, lineEnd: this.#line }
  }
}

/** Bytes of a text, and whether a backslash before them changes what the first says. */
interface TextPart {
  readonly from: number
  readonly to: number
  readonly escaped: boolean
}

/** Whether what stands at `to` is changed by backslashes before it. */
function isEscaped(bytes: Buffer, { from, to, escaped }: TextPart): boolean {
  let at = to
  while (at > from && bytes[at - 1] === BACKSLASH) at--
  const isOdd = (to - at) % 2 === 1
  return at === from && escaped ? !isOdd : isOdd
}

/** Signs of the longest escape, `\u00e9`. */
const ESCAPE = 6

/** The first place behind `room` bytes that lies within no sign; `to` where there is none. */
function cutOf(bytes: Buffer, { from, to, escaped: begun }: TextPart, room: number): number {
  let escaped = begun
  let plain = 0
  for (let at = from; at < to; at++) {
    const code = bytes[at] ?? 0
    const isWhole = code === BACKSLASH || (plain >= ESCAPE && (code & 0xc0) !== 0x80)
    if (at - from >= room && !escaped && isWhole) return at
    plain = escaped ? 0 : plain + 1
    escaped = code === BACKSLASH && !escaped
  }
  return to
}

/** Index behind the first bracket that closes down to `depth`; -1 where the text ends before. */
export function endOfList(text: string, depth: number): number {
  let open = 0
  for (let at = 0, quoted = false; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (quoted && code === 92) at++
    else if (code === 34) quoted = !quoted
    else if (quoted) continue
    else if (code === 123 || code === 91) open++
    else if ((code === 125 || code === 93) && --open === depth) return at + 1
  }
  return -1
}

/** An object that breaks off, closed behind the last of its members that is whole; empty where none is. */
export function closedObject(text: string): string {
  const closing: string[] = []
  let end = 0
  let isEmpty = true
  for (let at = 0, quoted = false; at < text.length; at++) {
    const sign = text[at]
    if (quoted && sign === '\\') at++
    else if (sign === '"') quoted = !quoted
    else if (quoted) continue
    else if (sign === '{' || sign === '[') closing.push(sign === '{' ? '}' : ']')
    else if (sign === '}' || sign === ']') closing.pop()
    if (quoted || sign === undefined || !'{[]},'.includes(sign)) continue
    end = sign === ',' ? at : at + 1
    if (sign === ',') isEmpty = false
  }
  return isEmpty ? '' : text.slice(0, end) + closing.reverse().join('')
}
