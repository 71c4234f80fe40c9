// From a file to its sources: containers are opened by content, one in another, until what is left is no container.
import type { Source } from '../model/index.ts'
import { type Bytes, ChunkReader, Chunks } from './chunks.ts'
import { type Compression, containerOf, HEAD_OF_CONTAINER } from './containers.ts'
import type { Context, Place } from './context.ts'
import { Damage } from './damage.ts'
import type { DiskFile } from './disk.ts'
import { memberLabels } from './label.ts'
import { HEAD, sourceOf } from './leaf.ts'
import { Gauge } from './limits.ts'
import type { Member } from './member.ts'
import { tarMembers } from './tar.ts'

/** A stream on its way: how many archives it lies in, and whether it came out of a compression just now. */
export interface Stream {
  readonly place: Place
  readonly chunks: Chunks
  readonly depth: number
  readonly unpacked: boolean
}

export async function* unfoldFile(file: DiskFile, place: Place, context: Context): AsyncGenerator<Source> {
  const head = new Uint8Array(HEAD)
  const known = head.subarray(0, file.readAt(head, 0))
  if (containerOf(known) === null) yield sourceOf({ place, head: known, bytes: file }, context)
  else yield* unfold({ place, chunks: new Chunks(file.pieces()), depth: 0, unpacked: false }, context)
}

export async function* unfold(stream: Stream, context: Context): AsyncGenerator<Source> {
  try {
    const container = containerOf(await stream.chunks.peek(HEAD_OF_CONTAINER))
    if (container === null) yield await lastOf(stream, context)
    else if (isTooDeep(stream, container, context)) tellDepth(stream, context)
    else if (container === 'tar') yield* members(stream, tarMembers(stream.chunks, gapTeller(stream, context)), context)
    else yield* unpack(stream, container, context)
  } finally {
    await stream.chunks.close()
  }
}

async function lastOf({ place, chunks }: Stream, context: Context): Promise<Source> {
  const head = await chunks.peek(HEAD)
  return sourceOf({ place, head, bytes: new ChunkReader(chunks) }, context)
}

function unpack(stream: Stream, compression: Compression, context: Context): AsyncGenerator<Source> {
  const gauge = new Gauge(context.budget.limits.ratio)
  const unpacked = compression.unpack(new Chunks(gauged(stream.chunks, gauge)))
  const place = { ...stream.place, size: null }
  const chunks = new Chunks(guarded(unpacked, { place, gauges: [gauge], context }))
  return unfold({ place, chunks, depth: stream.depth + (stream.unpacked ? 1 : 0), unpacked: true }, context)
}

async function* members(stream: Stream, found: AsyncIterable<Member>, context: Context): AsyncGenerator<Source> {
  const nameOf = memberLabels(stream.place.label)
  try {
    for await (const member of found) {
      if (member.kind === 'directory') continue
      if (!context.budget.admits()) return tellEntries(stream, context)
      const place = { label: nameOf(member.name), size: member.size, modified: member.modified }
      if (member.kind === 'special') {
        context.notice(place.label, 'not-a-file', null, 'is a link or a device: a name without content')
        continue
      }
      const chunks = new Chunks(guarded(member.bytes, { place, gauges: [], context }))
      yield* unfold({ place, chunks, depth: stream.depth + 1, unpacked: false }, context)
    }
  } catch (error) {
    if (!(error instanceof Damage)) throw error
    context.notice(stream.place.label, error.code, stream.chunks.position, error.message)
  }
}

interface Guard {
  readonly place: Place
  readonly gauges: readonly Gauge[]
  readonly context: Context
}

/** Ends a stream quietly where it is damaged or passes a limit; what came before it is kept, the reason is told. */
async function* guarded(bytes: Bytes, { place, gauges, context }: Guard): AsyncGenerator<Uint8Array> {
  let offset = 0
  try {
    for await (const piece of bytes) {
      for (const gauge of gauges) gauge.gave(piece.length)
      if (gauges.length > 0) context.budget.spend(piece.length)
      offset += piece.length
      yield piece
    }
  } catch (error) {
    if (!(error instanceof Damage)) throw error
    context.notice(place.label, error.code, offset, error.message)
  }
}

async function* gauged(bytes: Bytes, gauge: Gauge): AsyncGenerator<Uint8Array> {
  for await (const piece of bytes) {
    gauge.took(piece.length)
    yield piece
  }
}

function isTooDeep(stream: Stream, container: Compression | 'tar', context: Context): boolean {
  const deeper = container === 'tar' || stream.unpacked ? 1 : 0
  return stream.depth + deeper > context.budget.limits.depth
}

function tellDepth({ place }: Stream, context: Context): void {
  const detail = `lies within more than ${context.budget.limits.depth} archives: not opened`
  context.notice(place.label, 'limit-depth', null, detail)
}

function tellEntries({ place }: Stream, context: Context): void {
  const detail = `more than ${context.budget.limits.entries} sources: the rest of this archive is not read`
  context.notice(place.label, 'limit-entries', null, detail)
}

function gapTeller({ place, chunks }: Stream, context: Context): (gap: Damage) => void {
  return (gap) => context.notice(place.label, gap.code, chunks.position, gap.message)
}
