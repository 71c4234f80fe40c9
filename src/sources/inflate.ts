// Raw deflate (RFC 1951): one stream of it is inflated, and what lies behind its end is given back.
import { createInflateRaw, type InflateRaw } from 'node:zlib'
import type { Chunks } from './chunks.ts'
import { Damage } from './damage.ts'

/** What the decoder holds back when it meets damage is lost, so the pieces are not larger than speed asks for. */
const PIECE = 32 * 1024

export async function* inflate(input: Chunks): AsyncGenerator<Uint8Array> {
  const stream = createInflateRaw({ chunkSize: PIECE })
  const fed = feed(stream, input)
  try {
    for await (const piece of stream) yield piece
  } catch (cause) {
    if (cause instanceof Damage) throw cause
    throw new Damage('compression-damaged', whatHappened(cause), cause)
  } finally {
    stream.destroy()
    await fed
  }
}

function whatHappened(cause: unknown): string {
  const cut = cause instanceof Error && 'code' in cause && cause.code === 'Z_BUF_ERROR'
  return cut
    ? 'the compressed data is cut: what came before is kept'
    : 'the compressed data is damaged: the rest is lost'
}

/** One write at a time: what of it zlib did not take lies behind the end of its stream. */
async function feed(stream: InflateRaw, input: Chunks): Promise<void> {
  try {
    for (let fed = 0; !stream.destroyed; ) {
      const piece = await input.next()
      if (piece === null) return void stream.end()
      fed += piece.length
      await new Promise((taken) => {
        stream.once('close', taken)
        stream.write(piece, () => {
          stream.off('close', taken)
          taken(null)
        })
      })
      const rest = fed - stream.bytesWritten
      if (rest > 0) return input.unread(piece.subarray(piece.length - rest))
    }
  } catch (error) {
    stream.destroy(error instanceof Error ? error : new Error(String(error)))
  }
}
