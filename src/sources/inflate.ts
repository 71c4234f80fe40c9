// Raw deflate (RFC 1951): one stream of it is inflated, and what lies behind its end is given back.
import { createInflateRaw } from 'node:zlib'
import type { Chunks } from './chunks.ts'
import { decoded } from './native.ts'

/** What the decoder holds back when it meets damage is lost, so its pieces are not larger than speed asks for. */
const PIECE = 32 * 1024

export function inflate(input: Chunks): AsyncGenerator<Uint8Array> {
  return decoded(createInflateRaw({ chunkSize: PIECE }), input)
}
