// The head of an HTTP/1 message: its first line and the few fields that matter here, read tolerantly (RFC 9112).

/** How the body of a message ends (RFC 9112 section 6.3). */
export type BodyEnd =
  | { readonly kind: 'length'; readonly length: number }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'close' }

export interface Fields {
  readonly host: string | null
  readonly userAgent: string | null
  readonly requestId: string | null
  readonly contentType: string | null
  readonly contentEncoding: string | null
  readonly upgrade: string | null
  /** Null where the message does not say. */
  readonly body: BodyEnd | null
}

export interface RequestHead extends Fields {
  readonly kind: 'request'
  readonly method: string
  readonly uri: string
}

export interface ResponseHead extends Fields {
  readonly kind: 'response'
  readonly status: number
}

type Name = 'host' | 'userAgent' | 'requestId' | 'contentType' | 'contentEncoding' | 'upgrade' | 'length' | 'coding'

const NAMES: ReadonlyMap<string, Name> = new Map([
  ['host', 'host'],
  ['user-agent', 'userAgent'],
  ['content-type', 'contentType'],
  ['content-encoding', 'contentEncoding'],
  ['upgrade', 'upgrade'],
  ['content-length', 'length'],
  ['transfer-encoding', 'coding'],
  ['x-request-id', 'requestId'],
  ['request-id', 'requestId'],
  ['x-correlation-id', 'requestId'],
  ['correlation-id', 'requestId'],
  ['x-trace-id', 'requestId'],
  ['x-amzn-trace-id', 'requestId'],
  ['x-amzn-requestid', 'requestId'],
  ['x-ms-request-id', 'requestId'],
  ['traceparent', 'requestId'],
])
const LENGTHS: ReadonlySet<number> = new Set([...NAMES.keys()].map((name) => name.length))
/** A blank ends the target; clients that put blanks into it exist, and some leave the version out. */
const REQUEST = /^([A-Z][A-Z_-]{1,31}) +(\S+).* HTTP\/[01]\.\d$/
const REQUEST_0_9 = /^([A-Z]{3,8}) +(\/\S*)$/
const RESPONSE = /^HTTP\/[01]\.\d +([1-9]\d\d)(?: |$)/

/** Reads a head up to its empty line; null where the first line is none of HTTP/1. */
export function readHead(text: string): RequestHead | ResponseHead | null {
  const end = text.indexOf('\n')
  const line = text.slice(0, end < 0 ? text.length : end).trimEnd()
  const status = RESPONSE.exec(line)?.[1]
  if (status !== undefined) return { kind: 'response', status: Number(status), ...readFields(text, end) }
  const request = REQUEST.exec(line) ?? (METHODS.test(line) ? REQUEST_0_9.exec(line) : null)
  if (request === null) return null
  const [, method = '', uri = ''] = request
  return { kind: 'request', method, uri, ...readFields(text, end) }
}

function readFields(text: string, firstLineEnd: number): Fields {
  const found: Found = {}
  for (let at = firstLineEnd + 1; at > 0 && at < text.length; ) {
    const next = text.indexOf('\n', at)
    const end = next < 0 ? text.length : next
    const colon = text.indexOf(':', at)
    if (colon > 0 && colon < end && LENGTHS.has(colon - at))
      keepField(found, text.slice(at, colon).toLowerCase(), text.slice(colon + 1, end))
    at = end + 1
  }
  return toFields(found)
}

/** The fields that matter among those of a header list. */
export function fieldsOf(headers: ReadonlyMap<string, string>): Fields {
  const found: Found = {}
  for (const [name, value] of headers) keepField(found, name, value)
  return toFields(found)
}

function toFields({ length, coding, ...rest }: Found): Fields {
  return { ...NONE, ...rest, body: bodyEnd(length, coding) }
}

type Found = Partial<Record<Name, string>>

const NONE = { host: null, userAgent: null, requestId: null, contentType: null, contentEncoding: null, upgrade: null }

/** The first of a name counts: of several ids the outermost was put first. */
function keepField(found: Found, field: string, value: string): void {
  const name = NAMES.get(field)
  if (name !== undefined && found[name] === undefined) found[name] = value.trim()
}

function bodyEnd(length: string | undefined, coding: string | undefined): BodyEnd | null {
  if (coding !== undefined && /\bchunked\b/i.test(coding)) return { kind: 'chunked' }
  if (length === undefined || !/^\d{1,15}/.test(length)) return null
  return { kind: 'length', length: Number.parseInt(length, 10) }
}

const METHODS =
  /^(?:GET|POST|PUT|DELETE|HEAD|OPTIONS|PATCH|CONNECT|TRACE|PROPFIND|PROPPATCH|MKCOL|MOVE|COPY|LOCK|UNLOCK|REPORT|SEARCH|NOTIFY|SUBSCRIBE|UNSUBSCRIBE) /

/** Whether a packet that starts so can start a request: a whole request line, or a known method where the line is cut. */
export function startsRequest(start: string): boolean {
  const end = start.indexOf('\n')
  if (end < 0) return METHODS.test(start)
  const line = start.slice(0, end).trimEnd()
  return REQUEST.test(line) || (METHODS.test(line) && REQUEST_0_9.test(line))
}

export function startsResponse(start: string): boolean {
  return RESPONSE.test(start.slice(0, 16)) || /^HTTP\/[01]\.\d +[1-9]\d\d\r?\n/.test(start)
}
