// A part of a log: whole records of it, read by themselves, and what they came to as data that can be sent.
import { type ByteReader, type Event, type EventSink, isMistake, type Notice, type Scanner } from '../../model/index.ts'
import { Log, type LogPart } from '../log.ts'
import type { ReadLogOptions } from '../options.ts'
import { type Recognised, recognise } from '../recognise.ts'
import { roadOf } from '../road/road-of.ts'
import type { PartPlace } from './cuts.ts'
import { RangeReader } from './range-reader.ts'
import { readerOf } from './reader-of.ts'
import { type ReadAt, RecordPlaces } from './record-places.ts'

/** Lines that begin and end with records. */
export interface PartInput {
  readonly options: Omit<ReadLogOptions, 'scanner'>
  readonly place: PartPlace
}

export interface PartOutput {
  readonly part: LogPart
  /** Of the first byte, in the source. */
  readonly offset: number
  /** Of all bytes, where they were read from a file. */
  readonly crc: number
  /** Line feeds passed: the lines of `events` are numbered from 1. */
  readonly lines: number
  readonly events: readonly Event[]
  readonly notices: readonly Notice[]
}

/** A part may tell of one event in so many bytes, and of some in any case: more are sooner read than sent. */
const BYTES_AN_EVENT = 4096
const FEW = 500

class Crowded extends Error {}

interface Bytes {
  readonly reader: ByteReader & { readonly crc?: number }
  readonly offset: number
  readonly length: number
}

/** Reads parts, whatever sources they come from. */
export class PartReader {
  readonly #scanner: Scanner
  readonly #readAt: ReadAt
  /** What the head of the last source told: its next part needs it again. */
  #source: number | null = null
  #known: Recognised | null = null

  constructor(scanner: Scanner, readAt: ReadAt) {
    this.#scanner = scanner
    this.#readAt = readAt
  }

  /** @returns null where the part cannot be told from the others, or not be read, or tells too much: whoever takes it reads it, and tells why */
  async read(input: PartInput): Promise<PartOutput | null> {
    try {
      return await this.#read(input)
    } catch (error) {
      if (error instanceof Crowded || isMistake(error)) return null
      throw error
    }
  }

  async #read({ options, place }: PartInput): Promise<PartOutput | null> {
    const known = this.#recognised(options)
    const bytes = this.#bytesAt(place, known)
    if (bytes === null) return null
    const { reader, offset, length } = bytes
    const events: Event[] = []
    const notices: Notice[] = []
    const most = Math.max(FEW, length / BYTES_AN_EVENT)
    const event = (one: Event) => {
      if (events.push(one) > most) throw new Crowded()
    }
    const sink: EventSink = { event, notice: (notice) => notices.push(notice) }
    const log = new Log({ ...options, scanner: this.#scanner }, sink, known)
    const next = await roadOf(log).read(reader, { offset, line: 1 })
    if (log.bytes < length) return null
    return { part: log.part(), offset, crc: reader.crc ?? 0, lines: next - 1, events, notices }
  }

  /** Two members of an archive may have one name. */
  #recognised({ source, head }: PartInput['options']): Recognised {
    if (this.#known === null || this.#source !== source) [this.#source, this.#known] = [source, recognise(head)]
    return this.#known
  }

  #bytesAt(place: PartPlace, known: Recognised): Bytes | null {
    if (place.kind === 'block') {
      const { pieces, offset } = place
      return { reader: readerOf(pieces), offset, length: pieces.reduce((sum, { length }) => sum + length, 0) }
    }
    const places = new RecordPlaces(known, this.#readAt)
    const { descriptor } = place
    const from = places.before(descriptor, place.from)
    const to = places.before(descriptor, place.to)
    if (from === null || to === null || to <= from) return null
    return { reader: new RangeReader({ descriptor, from, to }, this.#readAt), offset: from, length: to - from }
  }
}
