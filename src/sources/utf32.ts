// UTF-32, which the platform's decoder does not know: told by its mark or its NULs, and decoded a piece at a time.

/** As many characters of the head as must all be plausible where there is no mark. */
const LOOKED_AT = 256
const LEAST = 4
const REPLACEMENT = 0xfffd
const LAST = 0x10ffff
/** Tab, the line ends and escape. */
const TEXT_CONTROLS: ReadonlySet<number> = new Set([9, 10, 13, 27])
const PIECE = 4096

type Utf32 = 'utf-32le' | 'utf-32be'

function isOf(charset: Utf32, head: DataView): boolean {
  const count = Math.min(LOOKED_AT, head.byteLength >>> 2)
  for (let index = 0; index < count; index++) {
    const code = head.getUint32(index * 4, charset === 'utf-32le')
    if (code < 0x20 ? !TEXT_CONTROLS.has(code) : code > LAST) return false
  }
  return count >= LEAST
}

/** Text in UTF-16 or of single bytes has no run of characters that are all so small as four bytes. */
export function utf32Of(head: Uint8Array): Utf32 | null {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  for (const charset of ['utf-32le', 'utf-32be'] as const) if (isOf(charset, view)) return charset
  return null
}

export class Utf32Decoder {
  readonly #isLittle: boolean
  #rest: Uint8Array = new Uint8Array(0)
  #isFirst = true

  constructor(charset: string) {
    this.#isLittle = charset === 'utf-32le'
  }

  /** Keeps a character that the piece has cut, unless it is the last piece. */
  decode(piece: Uint8Array, { stream }: { readonly stream: boolean }): string {
    const bytes = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece])
    const whole = bytes.length - (bytes.length % 4)
    this.#rest = bytes.slice(whole)
    const text = this.#text(new DataView(bytes.buffer, bytes.byteOffset, whole))
    const isCut = !stream && this.#rest.length > 0
    if (isCut) this.#rest = new Uint8Array(0)
    return isCut ? `${text}\ufffd` : text
  }

  #text(view: DataView): string {
    let text = ''
    for (let at = this.#mark(view); at < view.byteLength; at += PIECE) {
      const codes: number[] = []
      const end = Math.min(view.byteLength, at + PIECE)
      for (let next = at; next < end; next += 4) codes.push(sound(view.getUint32(next, this.#isLittle)))
      text += String.fromCodePoint(...codes)
    }
    return text
  }

  /** Bytes of the mark that begins the text. */
  #mark(view: DataView): number {
    const isMark = this.#isFirst && view.byteLength >= 4 && view.getUint32(0, this.#isLittle) === 0xfeff
    this.#isFirst &&= view.byteLength === 0
    return isMark ? 4 : 0
  }
}

function sound(code: number): number {
  return code > LAST || (code >= 0xd800 && code < 0xe000) ? REPLACEMENT : code
}
