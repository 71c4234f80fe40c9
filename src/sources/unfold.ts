// From a file to its sources: containers are opened by content, one in another, until what is left is no container.
import type { Source } from '../model/index.ts'
import { archiveMembers } from './archive.ts'
import { ChunkReader, Chunks } from './chunks.ts'
import { type Compression, type Container, containerOf, HEAD_OF_CONTAINER } from './containers.ts'
import type { Context } from './context.ts'
import type { DiskFile } from './disk.ts'
import { gauged, guarded } from './guard.ts'
import { HEAD, sourceOf } from './leaf.ts'
import { Gauge } from './limits.ts'
import type { Place } from './place.ts'

/** A stream on its way: how many archives it lies in, and whether it came out of a compression just now. */
export interface Stream {
  readonly place: Place
  readonly chunks: Chunks
  readonly depth: number
  readonly isUnpacked: boolean
  /** The file on disk where the stream is one, for what must be read from its end. */
  readonly file: DiskFile | null
}

/** Plain files are read without a promise; only what must be unpacked becomes a stream. */
export async function* unfoldFile(file: DiskFile, place: Place, context: Context): AsyncGenerator<Source> {
  const head = file.bytesAt(0, HEAD)
  const tail = (): Uint8Array => file.bytesAt(Math.max(0, (place.size ?? 0) - HEAD), HEAD)
  if (containerOf(head) === null) yield sourceOf({ place, head, bytes: file, tail, file }, context)
  else yield* unfold({ place, chunks: new Chunks(file.pieces()), depth: 0, isUnpacked: false, file }, context)
}

/** Bytes that are no file on disk. */
export function streamOf(place: Place, chunks: Chunks, depth: number): Stream {
  return { place, chunks, depth, isUnpacked: false, file: null }
}

export async function* unfold(stream: Stream, context: Context): AsyncGenerator<Source> {
  const { place, chunks } = stream
  try {
    const container = containerOf(await chunks.peek(HEAD_OF_CONTAINER))
    if (container === null) {
      yield sourceOf({ place, head: await chunks.peek(HEAD), bytes: new ChunkReader(chunks) }, context)
    } else if (depthOf(stream, container) > context.budget.limits.depth) {
      const detail = `lies within more than ${context.budget.limits.depth} archives: not opened`
      context.notice(place.label, 'limit-depth', null, detail)
    } else yield* inner(stream, container, context)
  } finally {
    await chunks.close()
  }
}

/** A compressed archive is one step, a compression within a compression another. */
function depthOf({ depth, isUnpacked }: Stream, container: Container): number {
  return typeof container === 'string' || isUnpacked ? depth + 1 : depth
}

async function* inner(stream: Stream, container: Container, context: Context): AsyncGenerator<Source> {
  const depth = depthOf(stream, container)
  if (typeof container !== 'string') return yield* unfold(unpacked(stream, container, context), context)
  for await (const { place, bytes } of archiveMembers(stream, container, context)) {
    yield* unfold(streamOf(place, new Chunks(bytes), depth), context)
  }
}

function unpacked(stream: Stream, compression: Compression, context: Context): Stream {
  const gauge = new Gauge(context.budget.limits.ratio)
  const bytes = compression.unpack(new Chunks(gauged(stream.chunks, gauge)))
  const chunks = new Chunks(guarded(bytes, { label: stream.place.label, gauges: [gauge], context }))
  return {
    place: { ...stream.place, size: null },
    chunks,
    depth: depthOf(stream, compression),
    isUnpacked: true,
    file: null,
  }
}
