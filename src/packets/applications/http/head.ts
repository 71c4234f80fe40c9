// The first line of an HTTP/1 message, read tolerantly, and the fields behind it (RFC 9112 sections 3 and 4).
import { u8 } from '../bytes.ts'
import { type Fields, readFields } from './fields.ts'

export interface RequestHead {
  readonly kind: 'request'
  readonly method: string
  readonly uri: string
  readonly fields: Fields
}

export interface ResponseHead {
  readonly kind: 'response'
  readonly status: number
  readonly fields: Fields
}

const METHOD = /^[A-Z][A-Z_-]{1,31}$/
const LONGEST_METHOD = 32
const BLANK = 0x20
const SLASH = 0x2f
const DASH = 0x2d
const UNDERSCORE = 0x5f
const METHODS: ReadonlySet<string> = new Set(
  (
    'GET POST PUT DELETE HEAD OPTIONS PATCH CONNECT TRACE PROPFIND PROPPATCH MKCOL MOVE COPY LOCK UNLOCK REPORT SEARCH ' +
    'NOTIFY SUBSCRIBE UNSUBSCRIBE RPC_IN_DATA RPC_OUT_DATA'
  ).split(' '),
)
const VERSION_LENGTH = ' HTTP/1.1'.length
const VERSION = /^ HTTP\/[01]\.\d$/
const ABSOLUTE = /^https?:\/\//i
/** A version of which only the beginning was captured. */
const CUT_VERSION = / (?:H|HT|HTT|HTTP(?:\/(?:\d\.?)?)?)$/
const RESPONSE = /^HTTP\/[01]\.\d +([1-9]\d\d)(?: |$)/

/** Reads a head up to its empty line, or to where it was cut; null where the first line is none of HTTP/1. */
export function readHead(text: string): RequestHead | ResponseHead | null {
  const end = text.indexOf('\n')
  const line = end < 0 ? text.trimEnd().replace(CUT_VERSION, '') : text.slice(0, end).trimEnd()
  const fieldsAt = end < 0 ? text.length : end + 1
  const status = line.startsWith('HTTP/') ? RESPONSE.exec(line)?.[1] : undefined
  if (status !== undefined) return { kind: 'response', status: Number(status), fields: readFields(text, fieldsAt) }
  const request = end < 0 ? readCutRequestLine(line) : readRequestLine(line)
  return request === null ? null : { kind: 'request', ...request, fields: readFields(text, fieldsAt) }
}

/** A blank ends the target: clients that put blanks into it exist, and some leave the version out. */
function readRequestLine(line: string): { method: string; uri: string } | null {
  const blank = line.indexOf(' ')
  const method = line.slice(0, Math.max(0, blank))
  if (!METHOD.test(method)) return null
  const hasVersion = VERSION.test(line.slice(-VERSION_LENGTH))
  const target = line.slice(blank, hasVersion ? -VERSION_LENGTH : undefined).trim()
  const end = target.indexOf(' ')
  if (target === '' || (!hasVersion && (end >= 0 || !target.startsWith('/') || !METHODS.has(method)))) return null
  return { method, uri: end < 0 ? target : target.slice(0, end) }
}

/** Of which the capture has no more than a known method and a part of the target; SIP and RTSP share methods with HTTP. */
function readCutRequestLine(line: string): { method: string; uri: string } | null {
  const [method = '', uri = '', ...rest] = line.split(' ')
  const isTarget = rest.length === 0 && (method === 'CONNECT' ? uri !== '' : ABSOLUTE.test(uri))
  return isTarget && METHODS.has(method) ? { method, uri } : readRequestLine(line)
}

/** Whether the bytes start with a method and a blank, or with `HTTP/`: a look at few of them. */
export function startsWithWord(bytes: Uint8Array): boolean {
  for (let at = 0; at <= LONGEST_METHOD; at++) {
    const byte = u8(bytes, at)
    if (byte >= 0x41 && byte <= 0x5a) continue
    return at > 0 && (byte === BLANK || byte === SLASH || byte === DASH || byte === UNDERSCORE)
  }
  return false
}

/** Whether a packet that starts so can start a request: a whole request line, or a known method where the line is cut. */
export function startsRequest(start: string): boolean {
  const end = start.indexOf('\n')
  if (end >= 0) return readRequestLine(start.slice(0, end).trimEnd()) !== null
  return METHODS.has(start.slice(0, Math.max(0, start.indexOf(' '))))
}

export function startsResponse(start: string): boolean {
  return start.startsWith('HTTP/') && RESPONSE.test(start.slice(0, 13).trimEnd())
}
