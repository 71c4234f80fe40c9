// Whole lines of a buffer, and where they stand in their source.
import { type Line, makeLine } from '../line.ts'

/** Lines `from` to `to` of a buffer, whole ones. */
export interface Stretch {
  readonly bytes: Buffer
  readonly from: number
  readonly to: number
  /** Number of the first line, and offset in the source of the buffer's first byte. */
  readonly number: number
  readonly base: number
}

/** A stretch of one line as that line. */
export function lineOf({ bytes, from, to, number, base }: Stretch, newline: 10 | 13): Line {
  return makeLine({ number, offset: base + from, raw: bytes.toString('latin1', from, to), newline, cut: null })
}
