// The road of JSON documents: each object of the list that a document is, or begins with, is a record.
import type { ByteReader } from '../../model/index.ts'
import type { RecordLines } from '../assemble.ts'
import { parseObject } from '../flatten.ts'
import { json, readJson } from '../formats/json.ts'
import { jsonAccess, readJsonAccess } from '../formats/json-access.ts'
import { kubernetesObject, readKubernetesObject } from '../formats/kubernetes-object.ts'
import { type OtlpResource, otlp, readOtlpRecord, resourceOf } from '../formats/otlp.ts'
import type { Line } from '../line.ts'
import type { Log } from '../log.ts'
import { emitHarEntry, HAR_ENTRIES, HAR_TEXT, isHar } from './har-entries.ts'
import { closedObject, endOfList, ITEM_LIMIT, type Item, ItemSplitter, type Splitting } from './item-splitter.ts'
import { readStream } from './loki-stream.ts'

const PIECE = 1 << 16
const HEAD = 1 << 13
const BYTE_ORDER_MARK = '\xef\xbb\xbf'
/** `items` stands at the top: behind nothing but the kind and the list's own metadata. One object a line is no list. */
const LIST =
  /^\s*\{\s*(?:"(?:apiVersion|kind)"\s*:\s*"[^"]*"\s*,\s*){0,2}(?:"metadata"\s*:\s*\{[^{}]*\}\s*,\s*)?"items"\s*:\s*\[/
/** Names under which exports put their records: CloudTrail, Azure, CloudWatch. */
const EXPORT = /^\s*\{\s*"(?:Records|records|events|logEvents)"\s*:\s*\[\s*\{\s*"/
const ARRAY = /^\s*\[\s*\{\s*"(?:[^"\\]|\\.)*"\s*:/
/** Batches as the OpenTelemetry collector writes them: records lie four brackets deeper than their resource. */
const OTLP = /^\s*\{\s*"resourceLogs"\s*:\s*\[/
const OTLP_RECORDS = 4
/** What a search of Elasticsearch answers, and one of Loki. */
const HITS = /^\s*\{[^[]*"hits"\s*:\s*\{[^[]*"hits"\s*:\s*\[\s*\{/
const STREAMS = /^\s*\{[^[]*"resultType"\s*:\s*"streams"\s*,\s*"result"\s*:\s*\[\s*\{/
/** A line that has these beside a list of events is a record itself. */
const OWN_WORDS = /"(?:level|severity|msg|message|@timestamp|time)"\s*:\s*[^[{\s]/

interface Document extends Pick<Splitting, 'level' | 'text'> {
  readonly emit: (log: Log, item: Item) => void
  /** For an object that the document breaks off in, and its whole members as JSON. */
  readonly emitRest?: (log: Log, item: Item, content: string) => void
}

function textOf(head: Uint8Array, limit: number): string {
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, limit)).toString('latin1')
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(BYTE_ORDER_MARK.length) : text
}

/** Null where the source is no such document, or where lines of another kind follow the list. */
function documentOf(head: Uint8Array): Document | null {
  const text = textOf(head, HEAD)
  const code = text.charCodeAt(0)
  if (code !== 123 && code !== 91 && code > 32) return null
  if (isHar(head)) return { level: HAR_ENTRIES, text: HAR_TEXT, emit: emitHarEntry }
  if (OTLP.test(text)) return { level: 2, emit: emitOtlp }
  if (HITS.test(text)) return { level: 3, ...items('') }
  if (STREAMS.test(text)) return { level: 3, emit: emitStream }
  if (LIST.test(text)) return { level: 2, ...items(text) }
  if (EXPORT.test(text)) return OWN_WORDS.test(behindList(text, 1)) ? null : { level: 2, ...items('') }
  return ARRAY.test(text) && /^\s*(?:\[|$)/.test(behindList(text, 0)) ? { level: 1, ...items('') } : null
}

/** The rest of the line on which the list ends, or what follows an array; nothing where its end lies further on. */
function behindList(text: string, depth: number): string {
  const end = endOfList(text, depth)
  if (end < 0) return ''
  const line = text.indexOf('\n', end)
  return depth === 0 || line < 0 ? text.slice(end) : text.slice(end, line)
}

export function isJsonItems(head: Uint8Array): boolean {
  return documentOf(head) !== null
}

export async function readJsonItems(bytes: ByteReader, log: Log): Promise<void> {
  const document = documentOf(log.options.head)
  if (document === null) return
  const { level, text, emit, emitRest } = document
  const found = (item: Item) => emit(log, item)
  const splitter = new ItemSplitter({ level, found, ...(text === undefined ? {} : { text }) })
  const piece = Buffer.allocUnsafe(PIECE)
  for (;;) {
    const read = await bytes.read(piece)
    if (read === 0) break
    splitter.take(piece.subarray(0, read), log.bytes)
    log.bytes += read
  }
  if (splitter.depth > 0) {
    const rest = splitter.rest()
    const content = rest === null ? '' : closedObject(rest.raw.toString('utf8'))
    if (rest !== null && content !== '') emitRest?.(log, rest, content)
    log.notice('record-damaged', log.bytes, 'The JSON document breaks off.')
  }
  if (splitter.dropped > 0)
    log.notice('record-damaged', null, `${splitter.dropped} items larger than ${ITEM_LIMIT} bytes were left out.`)
}

/** Objects of a cluster by what they are, others as lines of JSON are read. */
function items(text: string): Pick<Document, 'emit'> & Required<Pick<Document, 'emitRest'>> {
  const kind = /"kind"\s*:\s*"(\w+?)(?:List)?"/.exec(text)?.[1] ?? ''
  const emitContent = (log: Log, item: Item, content: string) => {
    const known = readKubernetesObject(content, kind)
    const access = known === null ? readJsonAccess(content) : null
    const reading = known ?? access ?? readJson(content)
    const format = known !== null ? kubernetesObject : access !== null ? jsonAccess : json
    if (reading !== null) keep(log, item, { format, reading })
    else log.notice('record-damaged', item.offset, 'An item of the JSON document is malformed.')
  }
  return { emit: (log, item) => emitContent(log, item, item.raw.toString('utf8')), emitRest: emitContent }
}

/** A batch: what sent it, then its records. */
function emitOtlp(log: Log, batch: Item): void {
  const resource = resourceOf(parseObject(batch.raw.toString('utf8')))
  if (resource === null) {
    log.notice('record-damaged', batch.offset, 'A batch of records is malformed.')
    return
  }
  const found = (one: Item) => {
    const item = { ...one, line: batch.line + one.line - 1, lineEnd: batch.line + one.lineEnd - 1 }
    emitOtlpRecord(log, item, resource)
  }
  const splitter = new ItemSplitter({ level: OTLP_RECORDS, found })
  splitter.take(batch.raw, batch.offset)
}

function emitOtlpRecord(log: Log, item: Item, resource: OtlpResource): void {
  const object = parseObject(item.raw.toString('utf8'))
  const reading = object === null ? null : readOtlpRecord(object, resource)
  if (reading !== null) keep(log, item, { format: otlp, reading })
}

/** A stream: what its lines share, then the lines. */
function emitStream(log: Log, stream: Item): void {
  const lines = readStream(stream)
  if (lines === null) log.notice('record-damaged', stream.offset, 'A stream of lines is malformed.')
  for (const { item, reading } of lines ?? []) keep(log, item, { format: json, reading })
}

function keep(
  log: Log,
  { raw, offset, line: number, lineEnd }: Item,
  read: Pick<RecordLines, 'format' | 'reading'>,
): void {
  const text = raw.toString('latin1')
  const line: Line = { number, offset, length: raw.length, raw: text, text, ending: '\n', invalid: false, digest: null }
  const record = { ...read, lines: [line], lineEnd }
  const { scanner } = log.options
  if (scanner === null || scanner.find(raw, 0, raw.length) >= 0) log.record(record)
  else log.pass(record)
}
