// What the hellos of a TLS handshake say (RFC 8446 section 4.1, RFC 6066 section 3, RFC 7301).
import { latin1, u8, u16 } from '../bytes.ts'

export interface ClientHello {
  readonly serverName: string | null
  /** The highest version offered. */
  readonly version: number
  readonly protocols: readonly string[]
}

export interface ServerHello {
  readonly version: number
  readonly cipher: number
  /** Asks the client for another hello; no answer yet. */
  readonly isRetry: boolean
}

const RANDOM_AT = 2
const SESSION_AT = RANDOM_AT + 32
const SERVER_NAME = 0
const ALPN = 16
const SUPPORTED_VERSIONS = 43
const SSL2_HELLO_LENGTH = 9
/** SHA-256 of `HelloRetryRequest`, in place of the random (RFC 8446 section 4.1.3): its first bytes are proof enough. */
const RETRY_RANDOM = 'cf21ad74e59a6111'

/** @param body of the message, without the four bytes of its header; null where it is cut before the versions */
export function readClientHello(body: Uint8Array): ClientHello | null {
  if (body.length < SESSION_AT + 1) return null
  const suitesAt = SESSION_AT + 1 + u8(body, SESSION_AT)
  const compressionAt = suitesAt + 2 + u16(body, suitesAt)
  const extensions = readExtensions(body, compressionAt + 1 + u8(body, compressionAt))
  const names = extensions.get(SERVER_NAME)
  const versions = extensions.get(SUPPORTED_VERSIONS)
  return {
    serverName: names === undefined ? null : readServerName(names),
    version: Math.max(u16(body, 0), versions === undefined ? 0 : highest(versions)),
    protocols: readProtocols(extensions.get(ALPN)),
  }
}

/** The hello of SSL 2 names a version and nothing else of interest. */
export function readSsl2Hello(record: Uint8Array): ClientHello | null {
  if (record.length < SSL2_HELLO_LENGTH) return null
  return { serverName: null, version: u16(record, 3), protocols: [] }
}

export function readServerHello(body: Uint8Array): ServerHello | null {
  if (body.length < SESSION_AT + 1) return null
  const cipherAt = SESSION_AT + 1 + u8(body, SESSION_AT)
  const version = readExtensions(body, cipherAt + 3).get(SUPPORTED_VERSIONS)
  const random = Buffer.from(body.subarray(RANDOM_AT, RANDOM_AT + 8)).toString('hex')
  return {
    version: version === undefined ? u16(body, 0) : u16(version, 0),
    cipher: u16(body, cipherAt),
    isRetry: random === RETRY_RANDOM,
  }
}

/** Extensions by number, the first of each; one that is cut short is left out. */
function readExtensions(body: Uint8Array, at: number): ReadonlyMap<number, Uint8Array> {
  const found = new Map<number, Uint8Array>()
  const end = Math.min(body.length, at + 2 + u16(body, at))
  for (let next = at + 2; next + 4 <= end; ) {
    const type = u16(body, next)
    const dataAt = next + 4
    next = dataAt + u16(body, next + 2)
    if (next <= end && !found.has(type)) found.set(type, body.subarray(dataAt, next))
  }
  return found
}

/** The first entry of the list, which is of type host name. */
function readServerName(list: Uint8Array): string | null {
  if (list.length < 5 || u8(list, 2) !== 0) return null
  const name = latin1(list, 5, 5 + u16(list, 3))
  return name === '' ? null : name
}

/** Values that servers must not know end in `a` twice (RFC 8701). */
function highest(versions: Uint8Array): number {
  let best = 0
  for (let at = 1; at + 2 <= versions.length; at += 2) {
    const version = u16(versions, at)
    if ((version & 0x0f0f) !== 0x0a0a && version > best && version <= 0x0304) best = version
  }
  return best
}

function readProtocols(list: Uint8Array | undefined): readonly string[] {
  const found: string[] = []
  if (list === undefined) return found
  for (let at = 2; at < list.length && found.length < 16; at += 1 + u8(list, at))
    found.push(latin1(list, at + 1, at + 1 + u8(list, at)))
  return found
}
