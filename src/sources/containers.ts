// What unpacks into something else, by its first bytes: one line for each compression.
import type { Chunks } from './chunks.ts'
import { gunzip, isGzip } from './gzip.ts'
import { isTar } from './tar.ts'

export interface Compression {
  readonly name: string
  readonly is: (head: Uint8Array) => boolean
  readonly unpack: (input: Chunks) => AsyncIterable<Uint8Array>
}

const COMPRESSIONS: readonly Compression[] = [{ name: 'gzip', is: isGzip, unpack: gunzip }]

/** Bytes that tell every container: the header of a tar is the longest. */
export const HEAD_OF_CONTAINER = 512

export function containerOf(head: Uint8Array): Compression | 'tar' | null {
  if (isTar(head)) return 'tar'
  return COMPRESSIONS.find((compression) => compression.is(head)) ?? null
}
