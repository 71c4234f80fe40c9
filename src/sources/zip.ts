// The zip format: members by the directory at its end, each unpacked by its method and checked by its checksum.
import yauzl, { type Entry, type ZipFile } from 'yauzl'
import { Chunks } from './chunks.ts'
import { Damage } from './damage.ts'
import type { Member } from './member.ts'
import { kindBy, LOCAL_HEADER, nameIn, unpacked } from './zip-entry.ts'

const DIRECTORY_END = 0x06054b50
const DIRECTORY_END_SIZE = 22
const NEWEST_VERSION = 63
const UNIX_TYPE = 0xf000
const UNIX_LINK = 0xa000

/** Names are labels: yauzl would refuse an archive for a name that climbs, and for sizes that lie. */
const READING = { autoClose: false, decodeStrings: false, validateEntrySizes: false }

export function isZip(head: Uint8Array): boolean {
  if (head.length < DIRECTORY_END_SIZE) return false
  const view = new DataView(head.buffer, head.byteOffset, DIRECTORY_END_SIZE)
  const magic = view.getUint32(0, true)
  if (magic === DIRECTORY_END) return view.getUint32(8, true) === 0
  return magic === LOCAL_HEADER && (view.getUint16(4, true) & 0xff) <= NEWEST_VERSION && view.getUint16(8, true) < 100
}

/** A zip is read from its end: a file by its descriptor, anything else from memory. Null where the end is missing. */
export async function openZip(zip: number | Buffer): Promise<ZipFile | null> {
  try {
    return await (typeof zip === 'number' ? yauzl.fromFdPromise(zip, READING) : yauzl.fromBufferPromise(zip, READING))
  } catch (error) {
    if (error instanceof Error) return null
    throw error
  }
}

export async function* zipMembers(file: ZipFile): AsyncGenerator<Member> {
  try {
    for await (const entry of file.eachEntry()) yield memberOf(file, entry)
  } catch (cause) {
    if (cause instanceof Damage || !(cause instanceof Error)) throw cause
    if (/encryption/.test(cause.message)) throw new Damage('encrypted', 'the directory of the zip is encrypted', cause)
    throw new Damage('archive-damaged', 'the directory of the zip is damaged: members may be missing', cause)
  }
}

function memberOf(file: ZipFile, entry: Entry): Member {
  return {
    name: nameIn(entry.fileName, entry.generalPurposeBitFlag, entry.extraFields),
    size: entry.uncompressedSize,
    packed: entry.compressedSize,
    modified: entry.getLastModDate({ timezone: 'UTC' }).getTime() * 1000,
    kind: kindOf(entry),
    bytes: content(file, entry),
  }
}

function kindOf(entry: Entry): Member['kind'] {
  if (((entry.externalFileAttributes >>> 16) & UNIX_TYPE) === UNIX_LINK) return 'special'
  return kindBy(entry.fileName, entry.generalPurposeBitFlag, entry.compressionMethod)
}

async function* content(file: ZipFile, entry: Entry): AsyncGenerator<Uint8Array> {
  const chunks = new Chunks(packed(file, entry))
  try {
    yield* unpacked(chunks, { method: entry.compressionMethod, crc: entry.crc32, size: entry.uncompressedSize })
  } finally {
    await chunks.close()
  }
}

async function* packed(file: ZipFile, entry: Entry): AsyncGenerator<Uint8Array> {
  try {
    yield* await file.openReadStreamPromise(entry, { decodeFileData: false })
  } catch (cause) {
    throw new Damage('archive-damaged', 'this member does not lie where the directory says', cause)
  }
}
