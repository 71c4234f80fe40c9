// The place of bytes: the label they are known by, and what the file system or the archive says about them.
import type { Instant } from '../model/index.ts'

export interface Place {
  readonly label: string
  readonly size: number | null
  readonly modified: Instant | null
}
