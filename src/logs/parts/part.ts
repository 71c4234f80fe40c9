// A part of a log: whole records of it, read by themselves, and what they came to as data that can be sent.
import type { Event, EventSink, Notice, Scanner } from '../../model/index.ts'
import { Log, type LogPart } from '../log.ts'
import type { ReadLogOptions } from '../options.ts'
import { type Recognised, recognise } from '../recognise.ts'
import { readCandidates } from '../road/candidates.ts'
import { readerOf } from './reader-of.ts'

/** Lines that begin and end with records. */
export interface PartInput {
  readonly options: Omit<ReadLogOptions, 'scanner'>
  readonly bytes: Uint8Array
  /** Of the first byte, in the source. */
  readonly offset: number
}

export interface PartOutput {
  readonly part: LogPart
  /** Line feeds passed: the lines of `events` are numbered from 1. */
  readonly lines: number
  readonly events: readonly Event[]
  readonly notices: readonly Notice[]
}

/** Reads parts, whatever sources they come from. */
export class PartReader {
  readonly #scanner: Scanner
  /** What the head of the last source told: its next part needs it again. */
  #path: string | null = null
  #known: Recognised | null = null

  constructor(scanner: Scanner) {
    this.#scanner = scanner
  }

  async read({ options, bytes, offset }: PartInput): Promise<PartOutput> {
    const events: Event[] = []
    const notices: Notice[] = []
    const sink: EventSink = { event: (event) => events.push(event), notice: (notice) => notices.push(notice) }
    const log = new Log({ ...options, scanner: this.#scanner }, sink, this.#recognised(options))
    const next = await readCandidates(readerOf([bytes]), log, this.#scanner, { offset, line: 1 })
    return { part: log.part(), lines: next - 1, events, notices }
  }

  #recognised({ path, head }: PartInput['options']): Recognised {
    if (this.#known === null || this.#path !== path) [this.#path, this.#known] = [path, recognise(head)]
    return this.#known
  }
}
