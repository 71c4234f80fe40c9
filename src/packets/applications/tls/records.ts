// Where TLS records and the hello of SSL 2 start and end (RFC 8446 section 5.1, RFC 5246 appendix E.2).
import { u8, u16, u24 } from '../bytes.ts'
import type { Framing } from '../frames.ts'

export const CHANGE_CIPHER_SPEC = 20
export const ALERT = 21
export const HANDSHAKE = 22
export const APPLICATION_DATA = 23
const HEARTBEAT = 24
export const HEADER_LENGTH = 5
/** 2^14 of plain text and what compression and ciphers may add (RFC 5246 section 6.2.3). */
const LONGEST = 16_384 + 2048
const SSL2 = 0x0002
const CLIENT_HELLO = 1

export const RECORDS: Framing = {
  measure(bytes, at) {
    if (bytes.length - at < HEADER_LENGTH) return isRecordStart(bytes, at) ? 0 : -1
    if (isSsl2Hello(bytes, at)) return 2 + (u16(bytes, at) & 0x7fff)
    const length = u16(bytes, at + 3)
    return isRecordStart(bytes, at) && length <= LONGEST ? HEADER_LENGTH + length : -1
  },
  wanted(bytes, at, length) {
    return u8(bytes, at) === APPLICATION_DATA ? HEADER_LENGTH : length
  },
}

/** The hello that SSL 2 wrote and that old clients of SSL 3 and TLS 1.0 still sent first. */
export function isSsl2Hello(bytes: Uint8Array, at: number): boolean {
  if (u8(bytes, at) < 0x80 || u8(bytes, at + 2) !== CLIENT_HELLO) return false
  const version = u16(bytes, at + 3)
  return version === SSL2 || (version >= 0x0300 && version <= 0x0303)
}

/** Looks at the type and version of a record, as far as they are there. */
function isRecordStart(bytes: Uint8Array, at: number): boolean {
  const type = u8(bytes, at)
  const isTls = type >= CHANGE_CIPHER_SPEC && type <= HEARTBEAT
  if (!isTls) return type >= 0x80 && bytes.length - at < HEADER_LENGTH
  if (bytes.length - at < 3) return true
  return u8(bytes, at + 1) === 3 && u8(bytes, at + 2) <= 4
}

const LONGEST_MESSAGE = 131_072
const KEPT_MESSAGES: readonly number[] = [1, 2, 11]

/** Handshake messages within the records that carry them (RFC 8446 section 4); of those not looked into, the header. */
export const HANDSHAKES: Framing = {
  measure(bytes, at) {
    if (bytes.length - at < 4) return 0
    const length = u24(bytes, at + 1)
    return length > LONGEST_MESSAGE ? -1 : 4 + length
  },
  wanted: (bytes, at, length) => (KEPT_MESSAGES.includes(u8(bytes, at)) ? length : 4),
}
