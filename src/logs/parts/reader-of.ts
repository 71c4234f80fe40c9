// Bytes at hand as a reader, and then those of another.
import type { ByteReader } from '../../model/index.ts'

export function readerOf(pieces: readonly Uint8Array[], then: ByteReader | null = null): ByteReader {
  let piece = 0
  let at = 0
  return {
    read(target) {
      while (piece < pieces.length && at >= (pieces[piece]?.length ?? 0)) [piece, at] = [piece + 1, 0]
      const bytes = pieces[piece]
      if (bytes === undefined) return then === null ? 0 : then.read(target)
      const part = bytes.subarray(at, at + target.length)
      target.set(part)
      at += part.length
      return part.length
    },
  }
}
