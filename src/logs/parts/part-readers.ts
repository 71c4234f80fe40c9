// What a log in parts asks of those who read parts elsewhere.
import type { PartInput, PartOutput } from './part.ts'

export interface PartReaders {
  /** How many read at a time. */
  readonly count: number
  /** Other threads are at work already: a log of one part is theirs as well. */
  readonly busy: boolean
  /** Memory that threads share, for one part; to be given back. Waits until some is free. */
  lend(): Promise<Buffer>
  giveBack(block: Buffer): void
  read(input: PartInput): Promise<PartOutput>
  /** Comes when all sources before have been taken: what this one tells comes behind. */
  turn(): Promise<void>
}
