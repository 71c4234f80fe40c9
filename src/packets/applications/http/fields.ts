// The few header fields of HTTP that matter here, whichever version carries them.

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
  /** Null where the message does not say. */
  readonly body: BodyEnd | null
}

const NAMES = {
  host: 'host',
  'user-agent': 'userAgent',
  'content-type': 'contentType',
  'content-encoding': 'contentEncoding',
  'content-length': 'length',
  'transfer-encoding': 'coding',
  'x-request-id': 'requestId',
  'request-id': 'requestId',
  'x-correlation-id': 'requestId',
  'correlation-id': 'requestId',
  'x-trace-id': 'requestId',
  'x-amzn-trace-id': 'requestId',
  'x-amzn-requestid': 'requestId',
  'x-ms-request-id': 'requestId',
  traceparent: 'requestId',
} as const
const KINDS: ReadonlyMap<string, (typeof NAMES)[keyof typeof NAMES]> = new Map(Object.entries(NAMES))
/** Length and first letter of the names: most fields are passed over by these alone. */
const SHAPES: ReadonlySet<number> = new Set([...KINDS.keys()].map((name) => shapeOf(name.length, name.charCodeAt(0))))

function shapeOf(length: number, first: number): number {
  return length * 32 + (first & 31)
}

/** Reads the lines of `text` from a place on. */
export function readFields(text: string, from: number): Fields {
  const found = new Found()
  for (let at = from; at < text.length; ) {
    const next = text.indexOf('\n', at)
    const end = next < 0 ? text.length : next
    const colon = text.indexOf(':', at)
    if (colon > 0 && colon < end && SHAPES.has(shapeOf(colon - at, text.charCodeAt(at))))
      found.keep(text.slice(at, colon).toLowerCase(), text.slice(colon + 1, end))
    at = end + 1
  }
  return found.fields()
}

/** The fields that matter among those of a header list, whose names are in small letters. */
export function fieldsOf(headers: ReadonlyMap<string, string>): Fields {
  const found = new Found()
  for (const [name, value] of headers) found.keep(name, value)
  return found.fields()
}

/** The first of a name counts: of several ids the outermost was put first. */
class Found {
  host: string | null = null
  userAgent: string | null = null
  requestId: string | null = null
  contentType: string | null = null
  contentEncoding: string | null = null
  length: string | null = null
  coding: string | null = null

  keep(name: string, value: string): void {
    const kind = KINDS.get(name)
    if (kind !== undefined) this[kind] ??= value.trim()
  }

  fields(): Fields {
    const { host, userAgent, requestId, contentType, contentEncoding } = this
    return { host, userAgent, requestId, contentType, contentEncoding, body: this.#body() }
  }

  #body(): BodyEnd | null {
    const { length, coding } = this
    if (coding !== null && /\bchunked\b/i.test(coding)) return { kind: 'chunked' }
    if (length === null || !/^\d{1,15}/.test(length)) return null
    return { kind: 'length', length: Number.parseInt(length, 10) }
  }
}
