// Reads logs in parts side by side; what comes out is what reading them in one go gives.
import type {
  ByteReader,
  Event,
  EventSink,
  LinePlace,
  RequestCountsData,
  Scanner,
  TallyData,
} from '../../model/index.ts'
import type { Log } from '../log.ts'
import { readCandidates } from '../road/candidates.ts'
import { Cutter, type Part } from './cutter.ts'
import type { PartOutput } from './part.ts'
import type { PartReaders } from './part-readers.ts'
import { readerOf } from './reader-of.ts'

export interface PartedInput {
  readonly bytes: ByteReader
  readonly log: Log
  readonly sink: EventSink
  readonly scanner: Scanner
  readonly readers: PartReaders
}

/** @returns once the source has been read to its end: what is still to be waited for until all of it has been taken */
export async function readInParts(input: PartedInput): Promise<{ readonly rest: Promise<void> }> {
  const parted = new PartedLog(input)
  await parted.begin()
  if (parted.isShort && input.readers.busy) return { rest: parted.takeLater() }
  await parted.take()
  return { rest: Promise.resolve() }
}

interface UnderWay {
  readonly part: Part
  readonly output: Promise<PartOutput>
}

/** What is shorter is not worth the start of other threads. */
const LEAST_PARTS = 2

/** The state of one log: what was cut, which parts are under way, and where the next one to be taken begins. */
class PartedLog {
  readonly #input: PartedInput
  readonly #cutter: Cutter
  readonly #waiting: Part[] = []
  readonly #underWay: UnderWay[] = []
  #start = { offset: 0, line: 1 }

  constructor(input: PartedInput) {
    this.#input = input
    this.#cutter = new Cutter(input.bytes, input.log.known, input.readers)
  }

  async begin(): Promise<void> {
    await this.#cut(LEAST_PARTS)
  }

  get isShort(): boolean {
    return this.#cutter.ended && this.#waiting.length < LEAST_PARTS
  }

  /** Has a log of one part read elsewhere while other sources are opened. */
  async takeLater(): Promise<void> {
    this.#send()
    const outputs = await Promise.all(this.#underWay.map(({ output }) => output))
    await this.#input.readers.turn()
    for (const output of outputs) this.#take(output)
  }

  async take(): Promise<void> {
    const { readers, log } = this.#input
    await readers.turn()
    if (this.#cutter.ended || this.#waiting.length < LEAST_PARTS) return this.#oneGo()
    for (;;) {
      await this.#cut(readers.count + 1 - this.#underWay.length)
      this.#send()
      const output = await this.#underWay[0]?.output
      if (output === undefined) break
      if (!log.clock.leadsTo(output.part.clock)) return this.#oneGo()
      this.#take(output)
    }
    if (this.#cutter.stuck) await this.#oneGo()
  }

  async #cut(most: number): Promise<void> {
    while (this.#waiting.length < most) {
      const part = await this.#cutter.next()
      if (part === null) break
      this.#waiting.push(part)
    }
  }

  #send(): void {
    const { scanner: _, ...options } = this.#input.log.options
    for (const part of this.#waiting.splice(0)) {
      const output = this.#input.readers.read({ options, bytes: part.bytes, offset: part.offset })
      // Whoever waits for it hears of its failure; nobody does once the rest is read in one go.
      output.catch(() => undefined)
      this.#underWay.push({ part, output })
    }
  }

  /** Takes what the first part under way came to. */
  #take({ part, lines, events, notices }: PartOutput): void {
    const { log, sink, readers } = this.#input
    for (const event of events) sink.event(moved(event, this.#start.line - 1))
    for (const { code, offset, detail } of notices) log.notice(code, offset, detail)
    log.absorb({ ...part, tally: movedTally(part.tally, this.#start.line - 1) })
    this.#start = { offset: this.#start.offset + part.bytes, line: this.#start.line + lines }
    const done = this.#underWay.shift()
    if (done !== undefined) readers.giveBack(done.part.block)
  }

  /** Reads here and now all that was not taken. */
  async #oneGo(): Promise<void> {
    const { bytes, log, scanner, readers } = this.#input
    const parts = [...this.#underWay.map(({ part }) => part), ...this.#waiting]
    const pieces = [...parts.map((part) => part.bytes), this.#cutter.rest]
    await readCandidates(readerOf(pieces, this.#cutter.ended ? null : bytes), log, scanner, this.#start)
    await Promise.allSettled(this.#underWay.map(({ output }) => output))
    for (const { block } of parts) readers.giveBack(block)
  }
}

function moved(event: Event, lines: number): Event {
  const { place } = event
  return place.kind !== 'line' || lines === 0 ? event : { ...event, place: movedPlace(place, lines) }
}

function movedPlace(place: LinePlace, lines: number): LinePlace {
  return { ...place, line: place.line + lines, lineEnd: place.lineEnd + lines }
}

function movedTally(tally: TallyData, lines: number): TallyData {
  return { ...tally, servers: movedCounts(tally.servers, lines), applications: movedCounts(tally.applications, lines) }
}

function movedCounts(counts: RequestCountsData, lines: number): RequestCountsData {
  const witnesses = counts.witnesses.map((one) => ({ ...one, place: movedPlace(one.place, lines) }))
  return { ...counts, witnesses }
}
