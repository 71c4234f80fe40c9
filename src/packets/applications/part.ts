// A part of a chunk as a chunk of its own: the same packet, other bytes.
import type { Chunk } from '../application.ts'

/** `data` lies within the chunk's bytes, or was put together of it and earlier ones. Nothing is missing before or after it. */
export function partOf(chunk: Chunk, data: Uint8Array): Chunk {
  return {
    data,
    time: chunk.time,
    from: chunk.from,
    gap: 0,
    cut: 0,
    get place() {
      return chunk.place
    },
  }
}
