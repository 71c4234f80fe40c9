// HTTP archives: which documents are one, and the record of each entry.
import type { Scanner } from '../../model/index.ts'
import { parseObject } from '../flatten.ts'
import { type HarReading, har, readHarEntry } from '../formats/har.ts'
import type { Line } from '../line.ts'
import type { Log } from '../log.ts'
import { endOfList, type Item } from './item-splitter.ts'

/** Brackets around an entry: the document, `log`, the list. */
export const HAR_ENTRIES = 3
/** Bytes that are kept of a text: bodies may be megabytes, and only the beginning of one that fails is read. */
export const HAR_TEXT = 1 << 13

const HEAD = 1 << 16
/** `log` may stand behind values of the writer's own. */
const LOG = /^(?:\xef\xbb\xbf)?\s*\{\s*(?:"[\w$-]+"\s*:\s*(?:"(?:[^"\\]|\\.)*"|[\w.+-]+)\s*,\s*)*"log"\s*:\s*\{/
const MEMBER = /\s*,?\s*"([\w$-]+)"\s*:\s*("(?:[^"\\]|\\.)*"|[\w.+-]+|[[{])/y
const VERSION = /^"1\.\d"$/

export function isHar(head: Uint8Array): boolean {
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, HEAD)).toString('latin1')
  const begun = LOG.exec(text)
  if (begun === null) return false
  for (let at = begun[0].length; at >= begun[0].length; ) {
    MEMBER.lastIndex = at
    const [member, name = '', value = ''] = MEMBER.exec(text) ?? []
    if (member === undefined) return false
    if (isOfArchive(name, value, text)) return true
    const behind = at + member.length
    const end = value === '[' || value === '{' ? endOfList(text.slice(behind - 1), 0) : 1
    at = end < 0 ? -1 : behind - 1 + end
  }
  return false
}

/** Members of `log`, in whatever order they come (HAR 1.2, section `log`). */
function isOfArchive(name: string, value: string, text: string): boolean {
  if (name === 'creator' || name === 'browser') return value === '{'
  if (name === 'pages' || name === 'entries') return value === '[' && text.includes('"startedDateTime"')
  return name === 'version' && VERSION.test(value)
}

/** Whatever failed becomes an event; of other requests those of which a rule may want to know. */
export function emitHarEntry(log: Log, item: Item): void {
  const entry = parseObject(item.raw.toString('utf8'))
  const read = entry === null ? null : readHarEntry(entry)
  if (entry === null) log.notice('record-damaged', item.offset, 'An entry of the HTTP archive is malformed.')
  if (read === null) return
  const { reading } = read
  const line: Line = { ...placeOf(item), text: reading.body, ending: '\n', invalid: false }
  const record = { format: har, reading, lines: [line], lineEnd: item.lineEnd, excerpt: excerptOf(read, item) }
  if (isTold(read, log.options.scanner)) log.record(record)
  else log.pass(record)
}

function placeOf({ raw, offset, length, digest, line: number }: Item): Omit<Line, 'text' | 'ending' | 'invalid'> {
  return { number, offset, length, raw: raw.toString('latin1'), digest }
}

function isTold({ reading }: HarReading, scanner: Scanner | null): boolean {
  if (scanner === null || reading.severity !== 'info') return true
  const text = Buffer.from(`${reading.body}\n${reading.detail}`)
  return scanner.find(text, 0, text.length) >= 0
}

/** What may be quoted, each part as it stands in the entry. */
function excerptOf({ quoted }: HarReading, { raw }: Item): string {
  const parts = quoted.filter((part) => part !== '')
  return parts.flatMap((part) => spellings(part).find((one) => raw.includes(one)) ?? []).join(' ')
}

/** How writers of JSON write a text: as few escapes as can be, slashes escaped, all but ASCII escaped. */
function spellings(text: string): string[] {
  const plain = JSON.stringify(text).slice(1, -1)
  return [plain, plain.replaceAll('/', '\\/'), plain.replace(/[^\x20-\x7e]/g, escaped)]
}

function escaped(sign: string): string {
  return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`
}
