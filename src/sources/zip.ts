// zip: members by the directory at its end, each unpacked by its method and checked by its checksum.
import { isUtf8 } from 'node:buffer'
import { crc32 } from 'node:zlib'
import yauzl, { type Entry, type ZipFile } from 'yauzl'
import { bunzip2 } from './bzip2.ts'
import { type Bytes, Chunks } from './chunks.ts'
import { Damage } from './damage.ts'
import { inflate } from './inflate.ts'
import type { Member } from './member.ts'
import { unxz } from './xz.ts'
import { unzstd } from './zstd.ts'

const LOCAL_HEADER = 0x04034b50
const DIRECTORY_END = 0x06054b50
const NEWEST_VERSION = 63
const DIRECTORY_END_SIZE = 22
const UTF8_NAME = 0x800
const UNIX_TYPE = 0xf000
const UNIX_LINK = 0xa000

/** APPNOTE 4.4.5. */
const METHODS = new Map<number, (packed: Chunks) => Bytes>([
  [0, (packed) => packed],
  [8, inflate],
  [12, bunzip2],
  [93, unzstd],
  [95, unxz],
])

/** Names are labels: yauzl would refuse an archive for a name that climbs, and for sizes that lie. */
const READING = { autoClose: false, decodeStrings: false, validateEntrySizes: false }

export function isZip(head: Uint8Array): boolean {
  if (head.length < DIRECTORY_END_SIZE) return false
  const view = new DataView(head.buffer, head.byteOffset, DIRECTORY_END_SIZE)
  const magic = view.getUint32(0, true)
  if (magic === DIRECTORY_END) return view.getUint32(8, true) === 0
  return magic === LOCAL_HEADER && (view.getUint16(4, true) & 0xff) <= NEWEST_VERSION && view.getUint16(8, true) < 100
}

/** A zip is read from its end: a file by its descriptor, anything else from memory. */
export async function* zipMembers(zip: number | Buffer): AsyncGenerator<Member> {
  try {
    const opened = typeof zip === 'number' ? yauzl.fromFdPromise(zip, READING) : yauzl.fromBufferPromise(zip, READING)
    const file = await opened
    for await (const entry of file.eachEntry()) yield memberOf(file, entry)
  } catch (cause) {
    if (cause instanceof Damage || !(cause instanceof Error)) throw cause
    if (/encryption/.test(cause.message)) throw new Damage('encrypted', 'the directory of the zip is encrypted', cause)
    throw new Damage('archive-damaged', `the directory of the zip is damaged or cut: ${cause.message}`, cause)
  }
}

function memberOf(file: ZipFile, entry: Entry): Member {
  return {
    name: nameOf(entry),
    size: entry.uncompressedSize,
    packed: entry.compressedSize,
    modified: entry.getLastModDate({ timezone: 'UTC' }).getTime() * 1000,
    kind: kindOf(entry),
    bytes: content(file, entry),
  }
}

function kindOf(entry: Entry): Member['kind'] {
  if (/[\\/]$/.test(nameOf(entry))) return 'directory'
  if (((entry.externalFileAttributes >>> 16) & UNIX_TYPE) === UNIX_LINK) return 'special'
  if (entry.isEncrypted()) return 'encrypted'
  return METHODS.has(entry.compressionMethod) ? 'file' : 'unknown-method'
}

/** UTF-8 where the flag or the bytes say so, else the code page of DOS. */
function nameOf({ generalPurposeBitFlag, fileName, extraFields }: Entry): string {
  const flags = isUtf8(fileName) ? generalPurposeBitFlag | UTF8_NAME : generalPurposeBitFlag
  return yauzl.getFileNameLowLevel(flags, fileName, extraFields, false).replaceAll('\\', '/')
}

async function* content(file: ZipFile, entry: Entry): AsyncGenerator<Uint8Array> {
  const unpack = METHODS.get(entry.compressionMethod)
  if (unpack === undefined) return
  let crc = 0
  let length = 0
  const chunks = new Chunks(packed(file, entry))
  try {
    for await (const piece of unpack(chunks)) {
      crc = crc32(piece, crc)
      length += piece.length
      yield piece
    }
  } finally {
    await chunks.close()
  }
  if (crc === entry.crc32 && length === entry.uncompressedSize) return
  throw new Damage('archive-damaged', 'the checksum of this member does not fit: it is damaged')
}

async function* packed(file: ZipFile, entry: Entry): AsyncGenerator<Uint8Array> {
  try {
    yield* await file.openReadStreamPromise(entry, { decodeFileData: false })
  } catch (cause) {
    throw new Damage('archive-damaged', 'this member does not lie where the directory says', cause)
  }
}
