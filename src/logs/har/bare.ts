// What of an HTTP archive may leave the machine: how requests went, not what they carried. What nobody knows is taken out.
import { isObject } from '../flatten.ts'
import { isIdHeader, isTellingHeader } from '../formats/har-headers.ts'

const REMOVED = '[removed]'
/** Members whose text is kept; numbers always are. */
const TEXTS: ReadonlySet<string> = new Set(
  'startedDateTime pageref id connection serverIPAddress comment method httpVersion statusText mimeType name version _error _failureText _resourceType _priority _fromCache _charlesStatus _blocked_queueing fetchType'.split(
    ' ',
  ),
)
const ADDRESSES: ReadonlySet<string> = new Set(['url', 'redirectURL', 'title'])
/** Lists and members that carry what was sent or answered. */
const CARRIED: ReadonlySet<string> = new Set(['cookies', '_webSocketMessages', '_initiator', '_postData', '_body'])
const PAIRS: ReadonlySet<string> = new Set(['queryString', 'params'])
const ADDRESS_HEADERS: ReadonlySet<string> = new Set(['referer', 'location', 'origin', ':path', 'content-location'])
/** Headers that say how a message is to be handled, and hold nothing of a person (RFC 9110, RFC 9111, Fetch). */
const HANDLING =
  /^(?:accept[\w-]*|access-control-[\w-]+|age|allow|alt-svc|cache-control|connection|content-(?:encoding|language|length|type|range)|date|expect|expires|grpc-[\w-]+|host|keep-alive|last-modified|max-forwards|pragma|priority|proxy-connection|range|sec-ch-ua[\w-]*|sec-fetch-[\w-]+|server-timing|te|trailer|transfer-encoding|upgrade|upgrade-insecure-requests|user-agent|vary|x-powered-by|x-served-by|:(?:authority|method|scheme|status))$/
const NAME = /^[\w.:$[\]-]{1,64}$/

/** The same entry, page or other object without what it carried. */
export function bareItem(item: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const bare: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(item)) {
    if (name === 'content' && isObject(value)) bare[name] = bareContent(value)
    else bare[name] = bareValue(name, value)
  }
  return bare
}

function bareValue(name: string, value: unknown): unknown {
  if (CARRIED.has(name)) return Array.isArray(value) ? [] : null
  if (typeof value === 'string') return bareText(name, value)
  if (Array.isArray(value)) return value.map((one) => bareMember(name, one))
  return isObject(value) ? bareItem(value) : value
}

function bareText(name: string, text: string): string {
  if (ADDRESSES.has(name)) return bareAddress(text)
  return TEXTS.has(name) ? text : REMOVED
}

function bareMember(list: string, value: unknown): unknown {
  if (!isObject(value)) return bareValue(list, value)
  if (list === 'headers') return bareHeader(value)
  return PAIRS.has(list) ? { name: nameOf(value), value: REMOVED } : bareItem(value)
}

/** Its size and kind: the text is gone, and with it how it was encoded. */
function bareContent({ text: _, encoding: __, ...others }: Record<string, unknown>): Record<string, unknown> {
  return bareItem(others)
}

function bareHeader(header: Record<string, unknown>): Record<string, unknown> {
  const name = nameOf(header)
  const value = typeof header.value === 'string' ? header.value : ''
  return { name, value: bareHeaderValue(name.toLowerCase(), value) }
}

function bareHeaderValue(name: string, value: string): string {
  if (ADDRESS_HEADERS.has(name)) return bareAddress(value)
  return HANDLING.test(name) || isIdHeader(name) || isTellingHeader(name, value) ? value : REMOVED
}

function nameOf({ name }: Record<string, unknown>): string {
  return typeof name === 'string' && NAME.test(name) ? name : REMOVED
}

/** Without user, query and fragment; of what a page made itself the kind alone. */
function bareAddress(address: string): string {
  return address
    .replace(/^(data:[^,;]{0,100})[\s\S]*$/, '$1')
    .replace(/(?<=^[\w+.-]{1,30}:\/\/)[^/?#]*@/, '')
    .replace(/[?#][\s\S]*$/, '')
}
