// QUIC Initial packets of a client, whose keys anybody can derive (RFC 9001 section 5.2, RFC 9369 section 3.3).
import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto'
import { u8, u32 } from '../bytes.ts'
import { Cursor } from './varint.ts'

interface Version {
  readonly salt: string
  readonly label: string
  /** Bits of the first byte that mean Initial. */
  readonly initial: number
}

const VERSION_1: Version = { salt: '38762cf7f55934b34d179ae6a4c80cadccbb7f0a', label: 'quic', initial: 0 }
const VERSION_2: Version = { salt: '0dede3def700a6db819381be6e269dcbf9bd2ed9', label: 'quicv2', initial: 1 }
const DRAFT_29: Version = { salt: 'afbfec289993d24c9e9786f19c6111e04390a899', label: 'quic', initial: 0 }
const DRAFT_23: Version = { salt: 'c3eef712c72ebb5a11a7d2432bb46365bef9f502', label: 'quic', initial: 0 }
const DRAFTS = 0xff000000
/** Versions that exist to be refused (RFC 9000 section 15); who sends them uses the keys of the drafts. */
const RESERVED_MASK = 0x0f0f0f0f
const RESERVED = 0x0a0a0a0a
const TAG_LENGTH = 16
const SAMPLE_LENGTH = 16
const LONGEST_ID = 20

function versionOf(number: number): Version | null {
  if (number === 1) return VERSION_1
  if (number === 0x6b3343cf) return VERSION_2
  if ((number & RESERVED_MASK) >>> 0 === RESERVED) return DRAFT_29
  const draft = number >= DRAFTS ? number - DRAFTS : 0
  if (draft >= 29 && draft <= 34) return DRAFT_29
  return draft >= 23 && draft <= 28 ? DRAFT_23 : null
}

export interface Keys {
  readonly key: Uint8Array
  readonly iv: Uint8Array
  readonly mask: Uint8Array
}

/** A packet with a long header, as far as its header can be read without keys. */
export interface LongPacket {
  readonly isInitial: boolean
  readonly version: Version
  readonly target: Uint8Array
  /** From its first byte to its end; the packets of a datagram lie behind each other. */
  readonly bytes: Uint8Array
  /** Where the protected packet number starts. */
  readonly numberAt: number
}

/** Whether a datagram can start a QUIC packet with a long header of a known version (RFC 8999 section 5.1). */
export function isLongHeader(bytes: Uint8Array): boolean {
  return bytes.length >= 7 && (u8(bytes, 0) & 0xc0) === 0xc0 && versionOf(u32(bytes, 1)) !== null
}

/** RFC 9000 section 17.2; null where there is no such packet, or one without a length. */
export function readLongPacket(datagram: Uint8Array, from: number): LongPacket | null {
  const bytes = datagram.subarray(from)
  const version = isLongHeader(bytes) ? versionOf(u32(bytes, 1)) : null
  if (version === null) return null
  const cursor = new Cursor(bytes, 5)
  const target = cursor.take(cursor.byte())
  cursor.take(cursor.byte())
  const type = (u8(bytes, 0) >> 4) & 3
  const isInitial = type === version.initial
  const isRetry = type === (version.initial + 3) % 4
  if (isRetry || target.length > LONGEST_ID) return null
  if (isInitial) cursor.take(cursor.integer())
  const length = cursor.integer()
  if (cursor.isPast || length < TAG_LENGTH) return null
  return { isInitial, version, target, bytes: bytes.subarray(0, cursor.at + length), numberAt: cursor.at }
}

/** Keys of what the client sends, from the connection ID that it chose for the server first. */
export function clientKeys({ version, target }: LongPacket): Keys {
  const secret = expand(hmac(Buffer.from(version.salt, 'hex'), target), 'client in', 32)
  return {
    key: expand(secret, `${version.label} key`, 16),
    iv: expand(secret, `${version.label} iv`, 12),
    mask: expand(secret, `${version.label} hp`, 16),
  }
}

/** Lifts the protection (RFC 9001 sections 5.3 and 5.4); null where the packet is cut, damaged or of other keys. */
export function openPacket({ bytes, numberAt }: LongPacket, keys: Keys): Uint8Array | null {
  const sample = bytes.subarray(numberAt + 4, numberAt + 4 + SAMPLE_LENGTH)
  if (sample.length < SAMPLE_LENGTH) return null
  const mask = createCipheriv('aes-128-ecb', keys.mask, null).update(sample)
  const header = Uint8Array.from(bytes.subarray(0, numberAt + 4))
  header[0] = u8(header, 0) ^ (u8(mask, 0) & 0x0f)
  const width = (u8(header, 0) & 3) + 1
  const nonce = Uint8Array.from(keys.iv)
  for (let i = 0; i < width; i++) {
    const byte = u8(header, numberAt + i) ^ u8(mask, 1 + i)
    header[numberAt + i] = byte
    const at = nonce.length - width + i
    nonce[at] = u8(nonce, at) ^ byte
  }
  return decrypt(
    { sealed: bytes.subarray(numberAt + width), header: header.subarray(0, numberAt + width), nonce },
    keys,
  )
}

interface Sealed {
  readonly sealed: Uint8Array
  readonly header: Uint8Array
  readonly nonce: Uint8Array
}

function decrypt({ sealed, header, nonce }: Sealed, { key }: Keys): Uint8Array | null {
  const end = sealed.length - TAG_LENGTH
  if (end <= 0) return null
  const decipher = createDecipheriv('aes-128-gcm', key, nonce)
  decipher.setAAD(header)
  decipher.setAuthTag(sealed.subarray(end))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, end)), decipher.final()])
  } catch {
    return null // the tag does not fit: cut by the snap length, damaged, or not the client's first keys
  }
}

/** HKDF-Expand-Label of TLS 1.3 for outputs of one block (RFC 8446 section 7.1). */
function expand(secret: Uint8Array, label: string, length: number): Uint8Array {
  const name = `tls13 ${label}`
  const info = Buffer.from(`\0${String.fromCharCode(length, name.length)}${name}\0\x01`, 'latin1')
  return hmac(secret, info).subarray(0, length)
}

function hmac(key: Uint8Array, bytes: Uint8Array): Uint8Array {
  return createHmac('sha256', key).update(bytes).digest()
}
