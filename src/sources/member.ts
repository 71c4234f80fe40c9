// A member of an archive, as tar and zip both give it.
import type { Instant } from '../model/index.ts'
import type { Bytes } from './chunks.ts'

export interface Member {
  /** As written in the archive: may be absolute, may climb, is never opened. */
  readonly name: string
  readonly size: number | null
  /** Bytes it takes in the archive where it is compressed for itself; null where the archive is compressed as a whole. */
  readonly packed: number | null
  readonly modified: Instant | null
  readonly kind: 'file' | 'directory' | 'special' | 'encrypted' | 'unknown-method'
  /** To be read before the next member is asked for; what is left unread is skipped. */
  readonly bytes: Bytes
}
