// Access logs as JSON objects: nginx, Traefik, Envoy, Caddy, Cloudflare, Azure, API gateways.
import type { FieldValue } from '../../model/index.ts'
import { flatten, parseObject } from '../flatten.ts'
import type { LogFormat } from '../format.ts'
import { type OpenFields, type Reading, reading } from '../reading.ts'
import { structured } from '../structured.ts'
import { requestOf } from './access-request.ts'
import { jsonPlace } from './json.ts'

// biome-ignore format: a table
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  status: ['status', 'response_code', 'DownstreamStatus', 'EdgeResponseStatus', 'status_code', 'statusCode', 'properties.httpStatus', 'httpRequest.status', 'response.status'],
  method: ['method', 'request_method', 'RequestMethod', 'ClientRequestMethod', 'properties.httpMethod', 'request.method', 'httpRequest.requestMethod', 'httpMethod'],
  path: ['path', 'request_uri', 'uri', 'RequestPath', 'ClientRequestURI', 'x-envoy-origin-path', 'properties.requestUri', 'request.uri', 'httpRequest.requestUrl', 'url', 'request'],
  client: ['remote_addr', 'client_ip', 'ClientHost', 'ClientAddr', 'ClientIP', 'downstream_remote_address', 'request.remote_ip', 'properties.clientIP', 'httpRequest.remoteIp', 'remote_ip', 'client', 'sourceIp', 'remoteIP', 'clientip', 'http_x_forwarded_for'],
  host: ['host', 'http_host', 'RequestHost', 'ClientRequestHost', ':authority', 'request.host', 'properties.host', 'server_name'],
  user_agent: ['http_user_agent', 'user_agent', 'user-agent', 'ua', 'ClientRequestUserAgent', 'request_User-Agent', 'request.headers.User-Agent', 'properties.userAgent', 'httpRequest.userAgent'],
  upstream: ['upstream_addr', 'upstream_host', 'ServiceAddr', 'ServiceURL', 'properties.serverRouted', 'upstream'],
  request_id: ['x-request-id', 'x_request_id', 'RequestID', 'RayID', 'requestId'],
}
/** Names that one proxy alone uses. */
const PROXIES: readonly (readonly [string, string])[] = [
  ['downstream_remote_address', 'envoy'],
  ['DownstreamStatus', 'traefik'],
]
const REQUEST = /^([A-Z]{3,10}) (\S+)/
/** Keys of a request's status. */
export const STATUS_NAMES =
  'status response_code DownstreamStatus EdgeResponseStatus status_code httpStatus statusCode'.split(' ')
const ACCESS = new RegExp(`"(?:${STATUS_NAMES.join('|')})":\\s*"?\\d{3}\\b`)
/** What servers of requests say that say nothing else. */
export const SILENT = 'handled request'

/** Cheaper than the pattern: most lines name no status. */
function isNamed(line: string): boolean {
  return line.includes('tatus') || line.includes('response_code')
}

/** Name and unit of the request's duration: microseconds per unit. */
const DURATIONS: readonly (readonly [string, number])[] = [
  ['request_time', 1e6],
  ['rt', 1e6],
  ['properties.timeTaken', 1e6],
  ['Duration', 1e-3],
  ['OriginResponseDurationMs', 1e3],
  ['duration_ms', 1e3],
  ['responseLatency', 1e3],
]

/** Names of the time when the request came, and of that when the line was written, which wins. */
const BEGUN = ['start_time', 'StartUTC', 'started_at', 'EdgeStartTimestamp']
const WRITTEN = ['time', 'timestamp', '@timestamp', 'ts', 'datetime', 'timeStamp']

function first(fields: OpenFields, names: readonly string[]): FieldValue {
  for (const name of names) {
    const value = fields[name]
    if (value !== undefined && value !== null && value !== '' && value !== '-') return value
  }
  return null
}

function durationOf(fields: OpenFields): number | null {
  for (const [name, unit] of DURATIONS) {
    const value = Number(fields[name] ?? Number.NaN)
    if (!Number.isNaN(value)) return Math.round(value * unit)
  }
  const { duration } = fields
  if (typeof duration !== 'number') return null
  return Math.round(duration * (Object.hasOwn(fields, 'request.remote_ip') || !Number.isInteger(duration) ? 1e6 : 1e3))
}

function named(fields: OpenFields): OpenFields | null {
  const out: OpenFields = {}
  for (const [name, aliases] of Object.entries(ALIASES)) {
    const value = first(fields, aliases)
    if (value !== null) out[name] = value
  }
  const request = REQUEST.exec(String(fields.request ?? ''))
  if (request !== null) Object.assign(out, { method: request[1], path: request[2] })
  const status = Number(out.status)
  if (!(status >= 100 && status <= 999) || out.client === undefined || out.path === undefined) return null
  const duration = durationOf(fields)
  const client = String(out.client).replace(/^((?:\d+\.){3}\d+):\d+$/, '$1')
  return { ...out, status, client, ...(duration === null ? {} : { duration }) }
}

/** Whether an object says something in words: then it is no line about a request. */
function isSpoken({ msg, message }: { readonly msg?: unknown; readonly message?: unknown }): boolean {
  const spoken = msg ?? message
  return typeof spoken === 'string' && spoken !== '' && spoken !== SILENT
}

/** Whether a line of JSON may be a request, as far as can be told before its fields are looked at. */
export function mayBeJsonAccess(line: string, object: Readonly<Record<string, unknown>>): boolean {
  return ACCESS.test(line) && !isSpoken(object)
}

export function readJsonAccess(line: string): Reading | null {
  if (!isNamed(line) || !ACCESS.test(line)) return null
  const object = parseObject(line)
  if (object === null || isSpoken(object)) return null
  const fields = flatten(object)
  const access = named(fields)
  if (access === null || isSpoken(fields)) return null
  const begins =
    BEGUN.some((name) => Object.hasOwn(fields, name)) && !WRITTEN.some((name) => Object.hasOwn(fields, name))
  const record = structured(fields, (name, value) => jsonPlace(line, name, value))
  if (record.stamp === null) return null
  const all = { ...record.fields, ...access }
  const body = record.body === '' ? line.trim() : record.body
  const program = record.program ?? PROXIES.find(([name]) => Object.hasOwn(fields, name))?.[1] ?? null
  return reading({ ...record, host: null, program, body, fields: all, request: { ...requestOf(access), begins } })
}

export const jsonAccess: LogFormat = {
  name: 'json-access',
  frame: 'line',
  nests: true,
  begins: /\s?\{/,
  takes: [
    '{"time":"2026-11-20T22:18:02+00:00","remote_addr":"192.0.2.1","request":"GET /boom HTTP/1.1","status":500,"bytes":57,"rt":0.001,"ua":"curl/8"}',
  ],
  leaves: ['{"level":30,"time":1795214763214,"msg":"request completed","method":"GET","path":"/","status":200}'],
  open: () => readJsonAccess,
}
