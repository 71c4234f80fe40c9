// Cuts a JSON document into the objects that lie at one depth of its brackets, whatever its layout.

/** An object larger than this is left out. */
export const ITEM_LIMIT = 1 << 24

export interface Item {
  readonly raw: Buffer
  readonly offset: number
  readonly line: number
  readonly lineEnd: number
}

/** Finds the objects at one depth of brackets, strings passed over. */
export class ItemSplitter {
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
