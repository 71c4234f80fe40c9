// Headers of an HTTP archive that tell of a request, by their names: its ids, and what a failing answer says beside its text.
import type { OpenFields } from '../reading.ts'

/** By name in lower case; of a repeated one the first. */
export type Headers = ReadonlyMap<string, string>

/** `x-request-id`, `x-amzn-requestid`, `apigw-requestid`, `x-correlation-id`, `cf-ray`: what servers and edges call one request. */
const REQUEST_IDS = [/^x-request-id$/, /(?:^|[-_])request-?id$/, /correlation-?id$/, /^cf-ray$/, /^x-amz-cf-id$/]
const TRACE_IDS = /(?:^|[-_])trace-?id$|^x-tt-logid$/
/** https://www.w3.org/TR/trace-context/#traceparent-header */
const TRACEPARENT = /^[\da-f]{2}-([\da-f]{32})-[\da-f]{16}-[\da-f]{2}/
/** What a failing answer says by its headers; none of them is a secret. */
const TOLD =
  /^(?:retry-after|server|via|x-cache|cf-cache-status|www-authenticate|proxy-authenticate|(?:x-)?ratelimit-[\w-]+|x-envoy-[\w-]+|x-error[\w-]*|x-amzn-errortype|grpc-status|grpc-message)$/
const LONGEST = 512
/** Steps of a handshake: the value is a credential. */
const HANDSHAKE = /^(?:negotiate|ntlm|kerberos)\s/i

export function headersOf(list: unknown): Headers {
  const headers = new Map<string, string>()
  for (const one of Array.isArray(list) ? list : []) {
    const { name, value } = one ?? {}
    if (typeof name !== 'string' || typeof value !== 'string') continue
    const known = name.toLowerCase()
    if (!headers.has(known)) headers.set(known, value)
  }
  return headers
}

/** The server's own ids before those it was sent. */
export function idsOf(request: Headers, response: Headers): OpenFields {
  const trace = traceIn(response) ?? traceIn(request)
  const id = requestIdIn(response) ?? requestIdIn(request)
  return { ...(id === null ? {} : { request_id: id }), ...(trace === null ? {} : { trace_id: trace }) }
}

function requestIdIn(headers: Headers): string | null {
  for (const pattern of REQUEST_IDS) {
    for (const [name, value] of headers) if (pattern.test(name) && isId(value)) return value
  }
  return null
}

function traceIn(headers: Headers): string | null {
  const parent = TRACEPARENT.exec(headers.get('traceparent') ?? '')?.[1]
  if (parent !== undefined) return parent
  for (const [name, value] of headers) if (TRACE_IDS.test(name) && isId(value)) return value
  return null
}

function isId(value: string): boolean {
  return value !== '' && value.length <= 256 && !/\s/.test(value)
}

/** In the order in which they came. */
export function toldBy(headers: Headers): readonly (readonly [name: string, value: string])[] {
  return [...headers].filter(([name, value]) => isTellingHeader(name, value) && value.length <= LONGEST)
}

/** Names are in lower case. */
export function isTellingHeader(name: string, value: string): boolean {
  return TOLD.test(name) && !HANDSHAKE.test(value)
}

export function isIdHeader(name: string): boolean {
  return name === 'traceparent' || TRACE_IDS.test(name) || REQUEST_IDS.some((pattern) => pattern.test(name))
}
