// The objects of a journal file: where their parts lie, and how their values are unpacked.
import { zstdDecompressSync } from 'node:zlib'
import { unpackLz4 } from './lz4.ts'

/** https://systemd.io/JOURNAL_FILE_FORMAT/ */
export const SIGNATURE = 'LPKSHHRH'
export const HEADER_BYTES = 208
export const OBJECT_HEADER_BYTES = 16
export const DATA = 1

const ENTRY = 3
const LAST_TYPE = 7
const OBJECT_LIMIT = 1 << 25
const COMPACT = 16
const XZ = 1
const LZ4 = 2
const ZSTD = 4
/** The largest value that is unpacked: what a message may be, and a bound against bombs. */
const VALUE_LIMIT = 1 << 24

export interface JournalHeader {
  /** Offsets are 32 bits wide and data objects have two more fields. */
  readonly compact: boolean
  readonly headerSize: number
  readonly entries: number
}

export function readHeader(bytes: Buffer): JournalHeader | null {
  if (bytes.length < HEADER_BYTES || bytes.toString('latin1', 0, 8) !== SIGNATURE) return null
  const headerSize = number64(bytes, 88)
  if (headerSize < HEADER_BYTES || headerSize > 1 << 16) return null
  return { compact: (bytes.readUInt32LE(12) & COMPACT) !== 0, headerSize, entries: number64(bytes, 152) }
}

export interface ObjectHead {
  readonly type: number
  readonly size: number
  /** Bytes to the next object. */
  readonly step: number
  /** Whether it is a value or an entry, and of a size that is read: others are hash tables, and values nobody reads. */
  readonly isWanted: boolean
}

/** Of an object that begins with these bytes; null where none can. */
export function readObjectHead(bytes: Buffer): ObjectHead | null {
  const type = bytes[0] ?? 0
  const size = number64(bytes, 8)
  if (type === 0 || type > LAST_TYPE || size < OBJECT_HEADER_BYTES) return null
  const isWanted = (type === DATA || type === ENTRY) && size <= OBJECT_LIMIT
  return { type, size, step: Math.ceil(size / 8) * 8, isWanted }
}

function number64(bytes: Buffer, at: number): number {
  return bytes.readUInt32LE(at + 4) * 2 ** 32 + bytes.readUInt32LE(at)
}

/** `NAME=value` of a data object; null where it cannot be unpacked. */
export function readValue(object: Buffer, compact: boolean): Buffer | null {
  const packed = object.subarray(compact ? 72 : 64)
  const flags = object[1] ?? 0
  if ((flags & ZSTD) !== 0) return unpackZstd(packed)
  if ((flags & LZ4) !== 0) {
    const size = packed.length < 8 ? 0 : number64(packed, 0)
    const value = size > VALUE_LIMIT ? null : unpackLz4(packed.subarray(8), size)
    return value === null ? null : Buffer.from(value.buffer)
  }
  return (flags & XZ) !== 0 ? null : packed
}

/** How many entries a data object says it is part of. */
export function usesOf(object: Buffer): number {
  return object.length < 64 ? 0 : number64(object, 56)
}

/** The value of a data object that is packed with XZ, still packed; null where the object is none of those. */
export function xzValue(object: Buffer, compact: boolean): Buffer | null {
  return object[0] === DATA && ((object[1] ?? 0) & XZ) !== 0 ? object.subarray(compact ? 72 : 64) : null
}

function unpackZstd(packed: Buffer): Buffer | null {
  try {
    return zstdDecompressSync(packed, { maxOutputLength: VALUE_LIMIT })
  } catch {
    return null
  }
}

export interface EntryObject {
  readonly realtime: number
  readonly monotonic: number
  /** Offsets of its data objects. */
  readonly items: readonly number[]
}

export function readEntryObject(object: Buffer, compact: boolean): EntryObject | null {
  if (object.length < 64) return null
  const items: number[] = []
  const step = compact ? 4 : 16
  for (let at = 64; at + step <= object.length; at += step) {
    const offset = compact ? object.readUInt32LE(at) : number64(object, at)
    if (offset > 0) items.push(offset)
  }
  return { realtime: number64(object, 24), monotonic: number64(object, 32), items }
}
