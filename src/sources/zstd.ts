// Zstandard (RFC 8878): frames one behind the other, each given to a decoder of its own.
import { constants, createZstdDecompress } from 'node:zlib'
import { Chunks } from './chunks.ts'
import { Damage } from './damage.ts'
import { decoded } from './native.ts'

const MAGIC = 0xfd2fb528
const SKIPPABLE = 0x184d2a50
const SKIPPABLE_MASK = 0xfffffff0
const SINGLE_SEGMENT = 0x20
const RESERVED = 0x08
const CHECKSUM = 0x04
const DICTIONARY_SIZES = [0, 1, 2, 4]
const CONTENT_SIZES = [0, 2, 4, 8]
const BLOCK_HEADER = 3
const RLE = 1
const RESERVED_BLOCK = 3
const PIECE = 128 * 1024

/** The window the command line tool accepts too unless told otherwise: 128 MiB. */
const WINDOW_LOG_MAX = 27

export function isZstd(head: Uint8Array): boolean {
  if (head.length < 5) return false
  const magic = littleEndian(head.subarray(0, 4))
  return isSkippable(magic) || (magic === MAGIC && ((head[4] ?? 0) & RESERVED) === 0)
}

/** Node's decoder drops the frames behind the first that come in one piece (nodejs/node#64741), so it sees one each. */
export async function* unzstd(input: Chunks): AsyncGenerator<Uint8Array> {
  for (let head = await input.peek(8); head.length > 0; head = await input.peek(8)) {
    if (!isZstd(head)) throw new Damage('compression-damaged', 'unknown bytes follow the zstd frame')
    if (isSkippable(littleEndian(head.subarray(0, 4)))) await skip(input)
    else yield* decoded(decoder(), new Chunks(frame(input)))
  }
}

function decoder(): ReturnType<typeof createZstdDecompress> {
  return createZstdDecompress({ chunkSize: PIECE, params: { [constants.ZSTD_d_windowLogMax]: WINDOW_LOG_MAX } })
}

/** The bytes of one frame, found by the sizes of its blocks. */
async function* frame(input: Chunks): AsyncGenerator<Uint8Array> {
  const [descriptor = 0] = (await input.peek(5)).subarray(4)
  yield await input.take(headerLength(descriptor))
  for (let isLast = false; !isLast; ) {
    const header = await input.take(BLOCK_HEADER)
    if (header.length < BLOCK_HEADER) return
    const word = littleEndian(header)
    const kind = (word >>> 1) & 3
    if (kind === RESERVED_BLOCK) throw new Damage('compression-damaged', 'the zstd frame is damaged here')
    isLast = (word & 1) === 1
    input.unread(header)
    yield await input.take(BLOCK_HEADER + (kind === RLE ? 1 : word >>> 3))
  }
  if (descriptor & CHECKSUM) yield await input.take(4)
}

/** RFC 8878, 3.1.1.1: magic, descriptor, window, dictionary, size of the content. */
function headerLength(descriptor: number): number {
  const isSingle = (descriptor & SINGLE_SEGMENT) !== 0
  const dictionary = DICTIONARY_SIZES[descriptor & 3] ?? 0
  const content = CONTENT_SIZES[descriptor >>> 6] ?? 0
  return 5 + (isSingle ? 0 : 1) + dictionary + (isSingle ? Math.max(content, 1) : content)
}

async function skip(input: Chunks): Promise<void> {
  const header = await input.take(8)
  let left = header.length < 8 ? 0 : littleEndian(header.subarray(4))
  while (left > 0) {
    const piece = await input.next()
    if (piece === null) throw new Damage('compression-damaged', 'the zstd stream is cut')
    input.unread(piece.subarray(left))
    left -= Math.min(left, piece.length)
  }
}

function isSkippable(magic: number): boolean {
  return (magic & SKIPPABLE_MASK) >>> 0 === SKIPPABLE
}

function littleEndian(bytes: Uint8Array): number {
  return bytes.reduceRight((number, byte) => number * 256 + byte, 0)
}
