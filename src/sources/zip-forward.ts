// A zip whose end is missing: its members by the headers that stand before each (APPNOTE 4.3.7), as far as they go.
import { Chunks } from './chunks.ts'
import { Damage } from './damage.ts'
import type { Member } from './member.ts'
import { Portion } from './portion.ts'
import { ENCRYPTED, kindBy, LOCAL_HEADER, nameIn, unpacked } from './zip-entry.ts'

const HEADER = 30
const SIZES_FOLLOW = 0x8
const DEFLATED = 8
const ZIP64 = 0x0001
const IN_ZIP64 = 0xffffffff

/** With and without its signature, with sizes of 4 and of 8 bytes (APPNOTE 4.3.9). */
const DESCRIPTOR_SIZES = [16, 12, 24, 20]

interface Header {
  readonly flags: number
  readonly method: number
  readonly crc: number
  readonly packed: number
  readonly size: number
  readonly name: Buffer
}

export async function* zipMembersForward(input: Chunks): AsyncGenerator<Member> {
  for (let header = await nextHeader(input); header !== null; header = await nextHeader(input)) {
    if (header.flags & SIZES_FOLLOW) yield* unsized(input, header)
    else yield* sized(input, header)
  }
  throw new Damage(
    'archive-damaged',
    'the directory at the end of the zip is missing or damaged: members may be missing',
  )
}

async function* sized(input: Chunks, header: Header): AsyncGenerator<Member> {
  const body = new Portion(input, header.packed)
  yield { ...memberOf(header), bytes: unpacked(new Chunks(body), header) }
  await body.skip()
}

/** Only deflate knows its own end; the checksum behind it is not asked. */
async function* unsized(input: Chunks, header: Header): AsyncGenerator<Member> {
  if (header.method !== DEFLATED || header.flags & ENCRYPTED) {
    throw new Damage('archive-damaged', 'the zip has no directory, and a member in it no size: the rest is not read')
  }
  const bytes = unpacked(input, { method: DEFLATED, crc: null, size: null })
  const body = new Chunks(bytes)
  yield { ...memberOf(header), size: null, packed: null, bytes: body }
  for await (const _ of body);
  await skipDescriptor(input)
}

function memberOf({ name, flags, method, packed, size }: Header): Omit<Member, 'bytes'> {
  return { name: nameIn(name, flags, []), size, packed, modified: null, kind: kindBy(name, flags, method) }
}

async function nextHeader(input: Chunks): Promise<Header | null> {
  const fixed = await input.peek(HEADER)
  if (fixed.length < HEADER) return null
  const view = new DataView(fixed.buffer, fixed.byteOffset, HEADER)
  if (view.getUint32(0, true) !== LOCAL_HEADER) return null
  await input.take(HEADER)
  const name = Buffer.from(await input.take(view.getUint16(26, true)))
  const extra = await input.take(view.getUint16(28, true))
  return {
    flags: view.getUint16(6, true),
    method: view.getUint16(8, true),
    crc: view.getUint32(14, true),
    packed: sizeIn(view.getUint32(18, true), extra, 12),
    size: sizeIn(view.getUint32(22, true), extra, 4),
    name,
  }
}

/** A size that does not fit in 4 bytes stands in the extra field of zip64, the unpacked one first. */
function sizeIn(written: number, extra: Uint8Array, offset: number): number {
  if (written !== IN_ZIP64 || extra.length < offset + 8) return written
  const view = new DataView(extra.buffer, extra.byteOffset, extra.length)
  return view.getUint16(0, true) === ZIP64 ? Number(view.getBigUint64(offset, true)) : written
}

async function skipDescriptor(input: Chunks): Promise<void> {
  const ahead = await input.peek(28)
  const size = DESCRIPTOR_SIZES.find((at) => ahead[at] === 0x50 && ahead[at + 1] === 0x4b)
  await input.take(size ?? ahead.length)
}
