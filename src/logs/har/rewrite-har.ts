// An HTTP archive without what its requests carried, every text that is left rewritten: JSON again, whatever its layout was.
import { isObject } from '../flatten.ts'
import { type Rewrite, rewriteTogether } from '../rewrite-together.ts'
import { HAR_ENTRIES, HAR_TEXT } from '../road/har-entries.ts'
import { type Item, ItemSplitter } from '../road/item-splitter.ts'
import { bareItem } from './bare.ts'

/** Texts are rewritten together up to about so many signs. */
const GATHERED = 1 << 18
const TEXT = /"(?:[^"\\]|\\[\s\S])*"(?<name>\s*:)?/g
const CLOSING: Readonly<Record<string, string>> = { '[': ']', '{': '}' }

/** A piece of the document: an object that was taken apart, or what stands around objects. */
type Piece = { readonly item: unknown } | { readonly around: string }

/** Texts of an archive, to learn from: all of them, before anything is taken out. */
export async function* harTexts(blocks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let texts: string[] = []
  const found = ({ raw }: Item) => void texts.push(...textsOf(parsed(raw)).map(lineOf))
  const splitter = new ItemSplitter({ level: HAR_ENTRIES, found, text: HAR_TEXT })
  for await (const block of blocks) {
    splitter.take(Buffer.from(block), 0)
    if (texts.length === 0) continue
    yield texts.join('\n')
    texts = []
  }
}

/** @param tell hears of what was left out */
export async function* rewriteHar(
  blocks: AsyncIterable<Uint8Array>,
  rewrite: Rewrite,
  tell: (detail: string) => void,
): AsyncGenerator<Uint8Array> {
  const pieces = new Pieces()
  for await (const block of blocks) {
    pieces.take(Buffer.from(block))
    if (pieces.signs > GATHERED) yield await rewritten(pieces.taken(), rewrite)
  }
  const { damaged, depth } = pieces.end()
  yield await rewritten(pieces.taken(), rewrite)
  if (damaged > 0) tell(`${damaged} entries were malformed or too large: they are left out`)
  if (depth > 0) tell('the document breaks off: it was closed where it does')
}

/** Gathers the pieces of a document in their order. */
class Pieces {
  readonly #splitter: ItemSplitter
  #pieces: Piece[] = []
  #around: Buffer[] = []
  /** What closes the brackets that are open around items. */
  #closing: string[] = []
  #damaged = 0
  signs = 0

  constructor() {
    const found = (item: Item) => this.#add(item)
    const beside = (bytes: Buffer) => void this.#around.push(bytes)
    this.#splitter = new ItemSplitter({ level: HAR_ENTRIES, found, text: HAR_TEXT, beside })
  }

  take(block: Buffer): void {
    this.#splitter.take(block, 0)
  }

  #add({ raw }: Item): void {
    this.#close()
    const object = parsed(raw)
    if (object === null) this.#damaged++
    this.#pieces.push({ item: object === null ? {} : bareItem(object) })
    this.signs += raw.length
  }

  /** What was gathered around items ends. */
  #close(): void {
    if (this.#around.length === 0) return
    const around = Buffer.concat(this.#around)
      .toString()
      .replace(/^\ufeff/, '')
    this.#around = []
    this.#pieces.push({ around })
    this.signs += around.length
    for (const sign of withoutTexts(around)) {
      const closing = CLOSING[sign]
      if (closing !== undefined) this.#closing.push(closing)
      else if (sign === ']' || sign === '}') this.#closing.pop()
    }
  }

  /** Closes a document that breaks off. */
  end(): { readonly damaged: number; readonly depth: number } {
    const { depth, dropped } = this.#splitter
    if (depth > 0) {
      const whole = Buffer.from(wholeMembers(Buffer.concat(this.#around).toString()))
      this.#around = [whole]
    }
    this.#close()
    if (depth > 0) this.#pieces.push({ around: this.#closing.reverse().join('') })
    return { damaged: this.#damaged + dropped, depth }
  }

  taken(): readonly Piece[] {
    const pieces = this.#pieces
    this.#pieces = []
    this.signs = 0
    return pieces
  }
}

function parsed(raw: Buffer): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(raw.toString())
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

function withoutTexts(json: string): string {
  return json.replace(TEXT, '""')
}

/** Up to the last place where brackets may be closed: a member that was cut is left out. */
function wholeMembers(json: string): string {
  const signs = json.replace(TEXT, (text) => ' '.repeat(text.length))
  const open = signs.includes('"') ? signs.slice(0, signs.indexOf('"')) : signs
  const last = Math.max(...['[', ']', '{', '}'].map((sign) => open.lastIndexOf(sign) + 1), open.lastIndexOf(','))
  return json.slice(0, Math.max(0, last))
}

/** A text, and what is said before it so that it can be told what it is. */
interface Told {
  readonly before: string
  readonly text: string
}

/** Headers whose value is the name of a machine. */
const HOST = /^(?:host|:authority)$/i

/** All texts of a value, names of members left out; those of headers behind their names. */
function textsOf(value: unknown): Told[] {
  const texts: Told[] = []
  eachText(value, (told) => {
    texts.push(told)
    return told.text
  })
  return texts
}

/** Writes a value with other texts. */
function eachText(value: unknown, other: (told: Told) => string): string {
  return JSON.stringify(value, function replaced(this: unknown, key: string, one: unknown) {
    if (typeof one !== 'string') return one
    const name = key === 'value' && isObject(this) && typeof this.name === 'string' ? this.name : ''
    return other({ before: name === '' ? '' : `${HOST.test(name) ? 'host' : name}: `, text: one })
  })
}

async function rewritten(pieces: readonly Piece[], rewrite: Rewrite): Promise<Uint8Array> {
  const texts = await rewriteAll(pieces.flatMap(textsIn), rewrite)
  let at = 0
  const next = () => texts[at++] ?? ''
  const written = pieces.map((piece) => {
    if ('item' in piece) return eachText(piece.item, next)
    return piece.around.replace(TEXT, (text, name?: string) => (name === undefined ? JSON.stringify(next()) : text))
  })
  return Buffer.from(written.join(''))
}

function textsIn(piece: Piece): Told[] {
  if ('item' in piece) return textsOf(piece.item)
  const values = [...piece.around.matchAll(TEXT)].filter(({ groups }) => groups?.name === undefined)
  return values.map(([text]) => ({ before: '', text: unquoted(text) }))
}

function unquoted(text: string): string {
  try {
    return String(JSON.parse(text))
  } catch {
    return ''
  }
}

/** Each text is a line of its own. */
async function rewriteAll(texts: readonly Told[], rewrite: Rewrite): Promise<readonly string[]> {
  const lines = await rewriteTogether(texts.map(lineOf), '\n', rewrite)
  return lines.map((line, at) => behind(texts[at], line.replaceAll('\n', ' ')))
}

function lineOf({ before, text }: Told): string {
  return before + text.replace(/[\r\n]+/g, ' ')
}

function behind(told: Told | undefined, line: string): string {
  return told !== undefined && line.startsWith(told.before) ? line.slice(told.before.length) : line
}
