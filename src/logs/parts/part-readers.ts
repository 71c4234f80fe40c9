// What a log in parts asks of those who read parts elsewhere.
import type { PartInput, PartOutput } from './part.ts'
import type { ReadAt } from './record-places.ts'

/** Bytes of a source, and of what of it is read by one thread at a time. */
export interface PartSizes {
  /** A source that is smaller is not worth the start of threads. */
  readonly least: number
  readonly largest: number
  /** Towards the end of a source, so that no thread is left with the last of it. */
  readonly smallest: number
}

export interface PartReaders {
  readonly sizes: PartSizes
  /** Other threads are at work already: a log of few parts is theirs as well. */
  readonly busy: boolean
  /** Comes when all sources before have been taken: what this one tells comes behind. */
  readonly before: Promise<void>
  /** Reads here what is still to be read of those, and waits for it. */
  turn(): Promise<void>
  readonly readAt: ReadAt
  /** Memory is free for another part. */
  hasRoom(): boolean
  /** Memory that threads share, for one part; to be given back. Waits until some is free. */
  lend(): Promise<Buffer>
  giveBack(block: Buffer): void
  /** Puts a part behind all that are still to be read. */
  read(input: PartInput): AskedPart
  /** Hears what threads have told meanwhile. */
  listen(): Promise<void>
  /** Reads here the first part that nobody has begun; waits for one that is read elsewhere where there is none. */
  help(): Promise<void>
}

export interface AskedPart {
  readonly output: Promise<PartOutput | null>
  /** Takes the part back, which then is the caller's to read; false where its reading has begun. */
  claim(): boolean
}
