// The tar format (ustar, pax, gnu, v7): headers are decoded by tar-stream, contents are handed on untouched.
import { type ExtractEvents, extract } from 'tar-stream'
import type { Chunks } from './chunks.ts'
import { Damage } from './damage.ts'
import { textOf } from './label.ts'
import type { Member } from './member.ts'
import { skipExtensions, sparseName, withoutMap } from './tar-sparse.ts'

const BLOCK = 512
const MAGIC = 257
const CHECKSUM = 148
const CHECKSUM_END = 156
/** Answers after every block; knows the archives from before ustar, which have no magic; leaves names as bytes. */
const DECODING = { highWaterMark: 1, allowUnknownFormat: true, filenameEncoding: 'latin1' }
type Header = ExtractEvents['entry'][0]

/** The magic with what must follow it, or, for archives older than the magic, a checksum that fits. */
export function isTar(head: Uint8Array): boolean {
  if (head.length < BLOCK) return false
  const magic = String.fromCharCode(...head.subarray(MAGIC, MAGIC + 8))
  return magic === 'ustar\x0000' || magic === 'ustar  \0' || hasChecksum(head)
}

/** Sum of the header's bytes, the checksum itself counted as spaces. */
function hasChecksum(block: Uint8Array): boolean {
  const field = String.fromCharCode(...block.subarray(CHECKSUM, CHECKSUM_END))
  const written = /^ *([0-7]+)[ \0]*$/.exec(field)?.[1]
  if (written === undefined || block[0] === 0) return false
  let sum = 0x20 * (CHECKSUM_END - CHECKSUM)
  for (let at = 0; at < BLOCK; at++) if (at < CHECKSUM || at >= CHECKSUM_END) sum += block[at] ?? 0
  return sum === Number.parseInt(written, 8)
}

export async function* tarMembers(input: Chunks, tellGap: (gap: Damage) => void): AsyncGenerator<Member> {
  const headers = new Headers(input, tellGap)
  for (let header = await headers.next(); header !== null; header = await headers.next()) {
    const { body, size } = await withoutMap(header, input)
    yield { name: nameOf(header), size, packed: null, modified: modifiedOf(header), kind: kindOf(header), bytes: body }
    await body.skip()
    if (body.isCut) return
    await input.take((BLOCK - (size % BLOCK)) % BLOCK)
  }
}

/** A sparse file has its name elsewhere. The name of a pax header is UTF-8, any other is in the set of the system it was written on. */
function nameOf(header: Header): string {
  const sparse = sparseName(header)
  if (sparse !== null) return sparse
  const { pax, name } = header
  if (typeof pax === 'object' && pax !== null && 'path' in pax) return name
  return textOf(Buffer.from(name, 'latin1')) ?? name
}

function kindOf(header: Header): Member['kind'] {
  switch (header.type) {
    case 'directory':
      return 'directory'
    case 'link':
    case 'symlink':
    case 'character-device':
    case 'block-device':
    case 'fifo':
      return 'special'
    default:
      return 'file'
  }
}

/** pax writes the time with its fraction, in seconds. */
function modifiedOf({ pax, mtime }: Header): number | null {
  const exact = typeof pax === 'object' && pax !== null && 'mtime' in pax ? Number(pax.mtime) : Number.NaN
  const seconds = Number.isFinite(exact) ? exact : mtime.getTime() / 1000
  return Number.isFinite(seconds) ? Math.round(seconds * 1e6) : null
}

/** Finds header after header. Where one is damaged the next sound one is looked for, and the gap is told. */
class Headers {
  readonly #input: Chunks
  readonly #tellGap: (gap: Damage) => void
  #zeroBlocks = 0

  constructor(input: Chunks, tellGap: (gap: Damage) => void) {
    this.#input = input
    this.#tellGap = tellGap
  }

  /** Null at the end of the archive. */
  async next(): Promise<Header | null> {
    for (let block = await this.#block(); block !== null; block = await this.#block()) {
      const header = await this.#decode(block)
      if (header !== null) return header
    }
    return null
  }

  /** Zero blocks end an archive; concatenated ones have them in between, and what else follows them is not ours. */
  async #block(): Promise<Uint8Array | null> {
    for (let gap = false; ; ) {
      const block = await this.#input.take(BLOCK)
      if (isTar(block)) return block
      if (block.length > 0 && block.every((byte) => byte === 0)) this.#zeroBlocks++
      else if (this.#zeroBlocks === 0 && !gap) gap = this.#tell()
      if (block.length < BLOCK) return null
    }
  }

  #tell(): true {
    this.#tellGap(new Damage('archive-damaged', 'the archive is damaged or cut here: members may be missing'))
    return true
  }

  async #decode(first: Uint8Array): Promise<Header | null> {
    const decode = headerDecoder()
    try {
      for (let block = first; block.length === BLOCK; block = await this.#input.take(BLOCK)) {
        const header = await decode(block)
        if (header === null) continue
        await skipExtensions(block, this.#input)
        return header
      }
    } catch (error) {
      if (error instanceof Damage) throw error
    }
    this.#tell()
    return null
  }
}

/**
 * tar-stream is given a header, with the pax and gnu blocks before it, and never the content: of an archive that is
 * cut it would drop the bytes it holds in its buffers.
 */
function headerDecoder(): (block: Uint8Array) => Promise<Header | null> {
  const decoder = extract(DECODING)
  let resolve: (header: Header | null) => void
  let reject: (error: Error) => void
  decoder.on('entry', (header: Header) => resolve(header))
  decoder.on('drain', () => resolve(null))
  decoder.on('error', (error: Error) => reject(error))
  return (block) =>
    new Promise((onHeader, onError) => {
      resolve = onHeader
      reject = onError
      decoder.write(block)
    })
}
