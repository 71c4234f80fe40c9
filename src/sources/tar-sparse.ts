// Sparse members of a tar: their holes are not in the archive, and are left out; what tells where they were is skipped.
import type { ExtractEvents } from 'tar-stream'
import type { Chunks } from './chunks.ts'
import { Portion } from './portion.ts'

type Header = ExtractEvents['entry'][0]

const BLOCK = 512
const TYPE = 156
const SPARSE = 0x53
/** GNU's old format: four segments in the header, more in blocks behind it as long as a flag says so. */
const IN_HEADER = 482
const IN_EXTENSION = 504
/** The map before the content of the pax format 1.0 is text; a map longer than this is none. */
const LONGEST_MAP = 1 << 20

/** What a pax header says under a name; null where it has none. */
function paxOf({ pax }: Header, name: string): string | null {
  const value: unknown = typeof pax === 'object' && pax !== null ? Reflect.get(pax, name) : null
  return typeof value === 'string' ? value : null
}

/** The name of the file, where the header has only a stand-in. */
export function sparseName(header: Header): string | null {
  return paxOf(header, 'GNU.sparse.name')
}

/** Skips the blocks that go on with the header. */
export async function skipExtensions(block: Uint8Array, input: Chunks): Promise<void> {
  let goesOn = block[TYPE] === SPARSE && block[IN_HEADER] === 1
  while (goesOn) goesOn = (await input.take(BLOCK))[IN_EXTENSION] === 1
}

/** The content behind its map, and how many bytes that is. */
export async function withoutMap(
  header: Header,
  input: Chunks,
): Promise<{ readonly body: Portion; readonly size: number }> {
  const size = header.type === 'directory' ? 0 : header.size
  if (paxOf(header, 'GNU.sparse.major') !== '1') return { body: new Portion(input, size), size }
  let numbers = ''
  let taken = 0
  while (taken < Math.min(size, LONGEST_MAP) && !isWhole(numbers)) {
    const block = await input.take(BLOCK)
    numbers += Buffer.from(block).toString('latin1')
    taken += BLOCK
  }
  const rest = Math.max(0, size - taken)
  return { body: new Portion(input, rest), size: rest }
}

/** The number of segments, then offset and length of each, a line for every number. */
function isWhole(numbers: string): boolean {
  const lines = numbers.split('\n')
  return lines.length > 1 && lines.length > Number(lines[0]) * 2 + 1
}
