// Entries of an HTTP archive (HAR 1.1, 1.2): requests as a browser, a proxy or a test recorded them on the side of who asked.
import { SECOND, type Severity } from '../../model/index.ts'
import { isObject, parseObject } from '../flatten.ts'
import type { LogFormat } from '../format.ts'
import { type AccessRequest, type OpenFields, type Reading, reading } from '../reading.ts'
import { readStamp } from '../time/read-stamp.ts'
import type { Stamp } from '../time/stamp.ts'
import { answerOf, redirectError } from './har-answer.ts'
import { type Failure, failureOf } from './har-failure.ts'
import { type Headers, headersOf, idsOf, toldBy } from './har-headers.ts'

type Known = Readonly<Record<string, unknown>>

/** A record, and what of the entry may be quoted: neither cookies nor credentials, nor what was sent. */
export interface HarReading {
  readonly reading: Reading
  readonly quoted: readonly string[]
}

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
const PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443, 'ws:': 80, 'wss:': 443 }
/** Phases of a request, in its order; -1 is one that it did not have. */
const PHASES = ['blocked', 'dns', 'connect', 'ssl', 'send', 'wait', 'receive']
const SWITCHING_PROTOCOLS = 101
const SLOW_LOOKUP = SECOND
/** Milliseconds: no request takes weeks. */
const LONGEST = 1e9
/** Signs of a failing answer that are quoted. */
const QUOTED = 1000
const NOTHING: Known = {}

/** Where it was asked. */
interface Target {
  /** Without what may hold secrets: user, query, fragment. */
  readonly shown: string
  readonly host: string | null
  readonly port: number | null
  readonly path: string
  /** Not of the page's own making, as `data:` and `blob:` are. */
  readonly isRemote: boolean
}

/** What an entry holds, each part by itself. */
interface Entry {
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

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function objectOf(value: unknown): Known {
  return isObject(value) ? value : NOTHING
}

function targetOf(url: string): Target {
  const parsed = URL.parse(url)
  const port = parsed === null ? undefined : PORTS[parsed.protocol]
  if (parsed === null || port === undefined) {
    const shown = url.replace(/[?#,][\s\S]*$/, '').slice(0, 200)
    return { shown, host: null, port: null, path: shown, isRemote: false }
  }
  const { pathname, hostname } = parsed
  const from = url.indexOf('//') + 2
  const authority = url.slice(from).replace(/[/?#][\s\S]*$/, '')
  const shown = url
    .slice(0, from + authority.length + url.slice(from + authority.length).search(/[?#]|$/))
    .replace(/\/\/[^/@]*@/, '//')
  const host = hostname.replace(/^\[|\]$/g, '')
  return { shown, host, port: parsed.port === '' ? port : Number(parsed.port), path: pathname, isRemote: true }
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
function entryOf(entry: Known): Entry | null {
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

function knownOf(fields: Known): OpenFields {
  const known: OpenFields = {}
  for (const [name, value] of Object.entries(fields)) {
    if ((typeof value === 'string' && value !== '') || typeof value === 'number') known[name] = value
  }
  return known
}

/** `GET https://api.example/v1/chat 503 Service Unavailable in 1203 ms` */
function bodyOf({ method, target, status, phrase, time, failure, isCached }: Entry): string {
  const asked = `${method} ${target.shown}`
  const took = time === null ? '' : `${Math.round(time)} ms`
  if (failure === null) {
    const answer = status >= 400 ? `${status} ${phrase}`.trim() : String(status)
    return `${asked} ${answer}${isCached ? ' from cache' : took && ` in ${took}`}`
  }
  const { text, isUnwanted } = failure
  const end = text === '' ? (isUnwanted ? 'was given up' : 'has no answer') : text
  return `${asked} ${end}${took && ` after ${took}`}`
}

function severityOf({ status, failure, target }: Entry): Severity {
  if (failure !== null) return failure.isUnwanted || !target.isRemote ? 'info' : failure.text === '' ? 'warn' : 'error'
  return status >= 500 ? 'error' : status >= 400 ? 'warn' : 'info'
}

/** Null where nobody was asked, or nobody answered. */
function requestOf({ method, target, status, time, fields, isCached }: Entry, answer: string): AccessRequest | null {
  if (status === 0 || isCached || !target.isRemote) return null
  // A connection that goes on in another protocol lasts as long as it is of use.
  const isAnswered = time !== null && status !== SWITCHING_PROTOCOLS
  return {
    client: null,
    method: method || null,
    path: target.path,
    host: target.host,
    status,
    duration: isAnswered ? Math.round(time * 1000) : null,
    userAgent: textOf(fields.user_agent) || null,
    upstream: null,
    begins: true,
    teller: 'client',
    server: /^[\d.]+$|:/.test(textOf(fields.server)) ? textOf(fields.server) : null,
    port: target.port,
    ...(answer === '' ? {} : { answer }),
  }
}

function stampOf(text: string): Stamp | null {
  const stamp = readStamp(text, 0)
  return stamp === null ? null : { ...stamp, start: 0, seconds: 0, end: 0 }
}

/** In words, where a browser waited for a name. */
function slowLookup({ fields: { dns }, target: { host } }: Entry): string {
  return typeof dns === 'number' && dns > SLOW_LOOKUP ? `dns lookup took ${Math.round(dns / 1000)}ms host=${host}` : ''
}

/** Null where the object is no entry. */
export function readHarEntry(object: Known): HarReading | null {
  const entry = entryOf(object)
  if (entry === null) return null
  const { method, target, status, phrase, headers, response, failure } = entry
  const answer = status >= 400 ? answerOf(objectOf(response.content)) : redirectError(response.redirectURL)
  const told = status >= 400 ? toldBy(headers) : []
  const request = requestOf(entry, answer)
  const named = knownOf({ method, path: target.path, status: status || null, duration: request?.duration })
  const started = textOf(object.startedDateTime)
  const lookup = slowLookup(entry)
  const detail = [answer, lookup, ...told.map(([name, value]) => `${name}=${value}`)]
    .filter((part) => part !== '')
    .join('\n')
  return {
    reading: reading({
      stamp: stampOf(started),
      severity: severityOf(entry),
      body: bodyOf(entry),
      fields: { ...Object.fromEntries(told), ...entry.fields, ...named },
      detail,
      request,
    }),
    quoted: [
      ...[started, method, target.shown, status === 0 ? '' : String(status), phrase, failure?.text ?? ''],
      ...told.flat(),
      lookup === '' ? '' : String(objectOf(object.timings).dns),
      answer.slice(0, QUOTED),
    ],
  }
}

/** The first entry of an archive that lies in one line: archives are read entry by entry. */
function read(line: string): Reading | null {
  const log = line.startsWith('{"log":{') ? objectOf(parseObject(line)?.log) : NOTHING
  const [first] = Array.isArray(log.entries) ? log.entries : []
  return isObject(first) ? (readHarEntry(first)?.reading ?? null) : null
}

export const har: LogFormat = {
  name: 'har',
  frame: 'line',
  begins: /\{/,
  takes: [
    '{"log":{"version":"1.2","creator":{"name":"x","version":"1"},"entries":[{"startedDateTime":"2026-11-20T22:18:02.120+01:00","time":1203.4,"request":{"method":"POST","url":"https://api.example/v1/chat","headers":[]},"response":{"status":503,"statusText":"","headers":[],"content":{"size":0,"mimeType":""}},"timings":{"send":1,"wait":1200,"receive":2.4}}]}}',
  ],
  leaves: ['{"log":{"version":"1.2","creator":{"name":"x","version":"1"},"entries":[]}}', '{"log":{"level":"info"}}'],
  open: () => read,
}
