// The gzip format (RFC 1952): members one behind the other, each with its header, its checksum and its length.
import { crc32 } from 'node:zlib'
import type { Chunks } from './chunks.ts'
import { Damage } from './damage.ts'
import { inflate } from './inflate.ts'

const HEADER = 10
const FLAGS = 3
const TRAILER = 8
const HAS_HEADER_CRC = 0x02
const HAS_EXTRA = 0x04
const HAS_NAME = 0x08
const HAS_COMMENT = 0x10
const RESERVED = 0xe0

export function isGzip(head: Uint8Array): boolean {
  const [id1, id2, method, flags = RESERVED] = head
  return id1 === 0x1f && id2 === 0x8b && method === 8 && (flags & RESERVED) === 0
}

export async function* gunzip(input: Chunks): AsyncGenerator<Uint8Array> {
  do {
    await skipHeader(input)
    yield* member(input)
  } while (await hasAnother(input))
}

async function* member(input: Chunks): AsyncGenerator<Uint8Array> {
  let crc = 0
  let length = 0
  for await (const piece of inflate(input)) {
    crc = crc32(piece, crc)
    length += piece.length
    yield piece
  }
  const trailer = await input.take(TRAILER)
  if (trailer.length < TRAILER) throw new Damage('compression-damaged', 'the gzip stream is cut in its checksum')
  const view = new DataView(trailer.buffer, trailer.byteOffset, TRAILER)
  if (view.getUint32(0, true) === crc && view.getUint32(4, true) === length % 2 ** 32) return
  throw new Damage('compression-damaged', 'the checksum of the gzip stream does not fit: bytes before here are damaged')
}

/** Zeros behind a member are the padding of tapes and block devices; anything else but a member is not gzip's. */
async function hasAnother(input: Chunks): Promise<boolean> {
  if (isGzip(await input.peek(HEADER))) return true
  for (let piece = await input.next(); piece !== null; piece = await input.next()) {
    if (piece.some((byte) => byte !== 0))
      throw new Damage('compression-damaged', 'unknown bytes follow the gzip stream')
  }
  return false
}

async function skipHeader(input: Chunks): Promise<void> {
  const { [FLAGS]: flags = 0, length } = await input.take(HEADER)
  if (length < HEADER) throw new Damage('compression-damaged', 'the gzip stream is cut in its header')
  if (flags & HAS_EXTRA) {
    const [low = 0, high = 0] = await input.take(2)
    await input.take(low + high * 256)
  }
  if (flags & HAS_NAME) await skipText(input)
  if (flags & HAS_COMMENT) await skipText(input)
  if (flags & HAS_HEADER_CRC) await input.take(2)
}

async function skipText(input: Chunks): Promise<void> {
  for (let piece = await input.next(); piece !== null; piece = await input.next()) {
    const end = piece.indexOf(0)
    if (end >= 0) return input.unread(piece.subarray(end + 1))
  }
}
