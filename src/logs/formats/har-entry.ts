// What an entry of an HTTP archive holds, each part by itself: of what is missing or malformed nothing.
import { isObject } from '../flatten.ts'
import type { OpenFields } from '../reading.ts'
import { type Failure, failureOf } from './har-failure.ts'
import { type Headers, headersOf, idsOf } from './har-headers.ts'
import { type Target, targetOf } from './har-target.ts'

export type Known = Readonly<Record<string, unknown>>

/** Reason phrases of RFC 9110 and RFC 6585, which HTTP/2 leaves out, and of edges that answer for an origin. */
const PHRASES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  407: 'Proxy Authentication Required',
  408: 'Request Timeout',
  409: 'Conflict',
  410: 'Gone',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  425: 'Too Early',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
  520: 'Web Server Returned an Unknown Error',
  521: 'Web Server Is Down',
  522: 'Connection Timed Out',
  523: 'Origin Is Unreachable',
  524: 'A Timeout Occurred',
  525: 'SSL Handshake Failed',
  526: 'Invalid SSL Certificate',
  529: 'Overloaded',
}
/** Phases of a request, in its order; -1 is one that it did not have. */
const PHASES = ['blocked', 'dns', 'connect', 'ssl', 'send', 'wait', 'receive']
/** Milliseconds: no request takes weeks. */
const LONGEST = 1e9
const NOTHING: Known = {}

/** What an entry holds, each part by itself. */
export interface Entry {
  readonly method: string
  readonly target: Target
  readonly status: number
  readonly phrase: string
  /** Milliseconds. */
  readonly time: number | null
  readonly fields: OpenFields
  readonly response: Known
  readonly headers: Headers
  readonly failure: Failure | null
  readonly isCached: boolean
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

export function objectOf(value: unknown): Known {
  return isObject(value) ? value : NOTHING
}

/** The whole as it is stated, else the sum of its phases; `connect` holds `ssl`. */
function timeOf(entry: Known): number | null {
  if (isLength(entry.time)) return entry.time
  const timings = objectOf(entry.timings)
  const known = PHASES.filter((name) => name !== 'ssl').flatMap((name) => phaseOf(timings, name) ?? [])
  return known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0)
}

function phaseOf(timings: Known, name: string): number | null {
  const value = timings[name]
  return isLength(value) ? value : null
}

function isLength(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value < LONGEST
}

/** Microseconds. */
function phasesOf(timings: Known): OpenFields {
  const fields: OpenFields = {}
  for (const name of PHASES) {
    const length = phaseOf(timings, name)
    if (length !== null && length > 0) fields[name] = Math.round(length * 1000)
  }
  return fields
}

function isStatus(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 100 && value < 1000
}

function bytesOf(response: Known): number | null {
  const sizes = [response._transferSize, response.bodySize, objectOf(response.content).size]
  return sizes.find((size): size is number => typeof size === 'number' && size >= 0) ?? null
}

/** Null where the object is no entry: pages lie as deep. */
export function entryOf(entry: Known): Entry | null {
  const request = objectOf(entry.request)
  const url = textOf(request.url)
  if (url === '') return null
  const response = objectOf(entry.response)
  const sent = headersOf(request.headers)
  const headers = headersOf(response.headers)
  const target = targetOf(url)
  const status = isStatus(response.status) ? response.status : 0
  const failure = status === 0 ? failureOf(entry, response) : null
  const fields = {
    ...idsOf(sent, headers),
    ...whereOf(entry, target),
    user_agent: sent.get('user-agent') ?? null,
    bytes: bytesOf(response),
    content_type: objectOf(response.content).mimeType,
    ...phasesOf(objectOf(entry.timings)),
    error: failure?.text,
  }
  return {
    method: textOf(request.method),
    target,
    status,
    phrase: textOf(response.statusText) || (PHRASES[status] ?? ''),
    time: timeOf(entry),
    fields: knownOf(fields),
    response,
    headers,
    failure,
    isCached: textOf(entry._fromCache) !== '' || response._fromDiskCache === true,
  }
}

/** The server by its address, else by its name. */
function whereOf(entry: Known, { host, port }: Target): Known {
  const address = textOf(entry.serverIPAddress).replace(/^\[|\]$/g, '')
  return { host, server: address === '' ? host : address, port }
}

export function knownOf(fields: Known): OpenFields {
  const known: OpenFields = {}
  for (const [name, value] of Object.entries(fields)) {
    if ((typeof value === 'string' && value !== '') || typeof value === 'number') known[name] = value
  }
  return known
}
