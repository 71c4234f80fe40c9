// What both ways of reading a zip know of an entry: its name, its kind, its method and its checksum (APPNOTE 4.4).
import { crc32 } from 'node:zlib'
import yauzl, { type Entry } from 'yauzl'
import { bunzip2 } from './bzip2.ts'
import type { Bytes, Chunks } from './chunks.ts'
import { Damage } from './damage.ts'
import { inflate } from './inflate.ts'
import { textOf } from './label.ts'
import type { Member } from './member.ts'
import { unxz } from './xz.ts'
import { unzstd } from './zstd.ts'

export const LOCAL_HEADER = 0x04034b50
export const ENCRYPTED = 0x1

const METHODS = new Map<number, (packed: Chunks) => Bytes>([
  [0, (packed) => packed],
  [8, inflate],
  [12, bunzip2],
  [93, unzstd],
  [95, unxz],
])

/** As the bytes or the entry's own fields say; else in the code page of DOS. */
export function nameIn(name: Buffer, flags: number, extraFields: Entry['extraFields']): string {
  const text = textOf(name) ?? yauzl.getFileNameLowLevel(flags, name, extraFields, false)
  return text.replaceAll('\\', '/')
}

export function kindBy(name: Buffer, flags: number, method: number): Member['kind'] {
  if (/[\\/]$/.test(name.toString('latin1'))) return 'directory'
  if (flags & ENCRYPTED) return 'encrypted'
  return METHODS.has(method) ? 'file' : 'unknown-method'
}

export interface Packing {
  readonly method: number
  /** Null where they stand behind the content and are not known before it. */
  readonly crc: number | null
  readonly size: number | null
}

/** @throws Damage behind the last byte where the checksum does not fit: yauzl does not look at it. */
export async function* unpacked(packed: Chunks, { method, crc, size }: Packing): AsyncGenerator<Uint8Array> {
  let sum = 0
  let length = 0
  for await (const piece of METHODS.get(method)?.(packed) ?? []) {
    sum = crc32(piece, sum)
    length += piece.length
    yield piece
  }
  if ((crc ?? sum) === sum && (size ?? length) === length) return
  throw new Damage('archive-damaged', 'the checksum of this member does not fit: it is damaged')
}
