// What unpacks into something else, by its first bytes: one line for each compression.
import { bunzip2, isBzip2 } from './bzip2.ts'
import type { Chunks } from './chunks.ts'
import { gunzip, isGzip } from './gzip.ts'
import { isTar } from './tar.ts'
import { isXz, unxz } from './xz.ts'
import { isZip } from './zip.ts'
import { isZstd, unzstd } from './zstd.ts'

export interface Compression {
  readonly name: string
  readonly is: (head: Uint8Array) => boolean
  readonly unpack: (input: Chunks) => AsyncIterable<Uint8Array>
}

export type Container = Compression | 'tar' | 'zip'

const COMPRESSIONS: readonly Compression[] = [
  { name: 'gzip', is: isGzip, unpack: gunzip },
  { name: 'bzip2', is: isBzip2, unpack: bunzip2 },
  { name: 'xz', is: isXz, unpack: unxz },
  { name: 'zstd', is: isZstd, unpack: unzstd },
]

/** Bytes that tell every container: the header of a tar is the longest. */
export const HEAD_OF_CONTAINER = 512

export function containerOf(head: Uint8Array): Container | null {
  if (isZip(head)) return 'zip'
  if (isTar(head)) return 'tar'
  return COMPRESSIONS.find((compression) => compression.is(head)) ?? null
}
