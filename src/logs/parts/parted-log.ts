// One log in parts: what was cut, which parts are under way, and where the next one to be taken begins.
import type { EventSink } from '../../model/index.ts'
import type { Log } from '../log.ts'
import type { LogRoad } from '../road/road-of.ts'
import { BEGINNING } from '../road/start.ts'
import type { Cuts, Part } from './cuts.ts'
import { moved, movedTally } from './moved.ts'
import type { PartInput, PartOutput } from './part.ts'
import type { AskedPart, PartReaders } from './part-readers.ts'
import { readerOf } from './reader-of.ts'

export interface PartedInput {
  readonly log: Log
  readonly sink: EventSink
  readonly road: LogRoad
  readonly readers: PartReaders
}

interface UnderWay {
  readonly part: Part
  readonly asked: AskedPart
  /** What reading it elsewhere came to; undefined before that. */
  output: PartOutput | null | undefined
}

export class PartedLog {
  readonly #input: PartedInput
  readonly #options: PartInput['options']
  readonly #cuts: Cuts
  readonly #waiting: Part[] = []
  readonly #underWay: UnderWay[] = []
  #start = BEGINNING

  constructor(input: PartedInput, cuts: Cuts) {
    this.#input = input
    this.#cuts = cuts
    const { scanner: _, ...options } = input.log.options
    // Sent with every part: memory that threads share is not copied.
    const head = new Uint8Array(new SharedArrayBuffer(options.head.length))
    head.set(options.head)
    this.#options = { ...options, head }
  }

  /** Cuts the first parts, so many at the most. @returns how many there are */
  async begin(most: number): Promise<number> {
    while (this.#waiting.length < most && (await this.#cut()));
    return this.#waiting.length
  }

  /** Has all of it, which was cut, read elsewhere in one go while other sources are opened. */
  async takeLater(): Promise<void> {
    this.#waiting.push(joined(this.#waiting.splice(0)))
    this.#send()
    const output = await this.#underWay[0]?.asked.output
    await this.#input.readers.before
    this.#takeIfFits(output ?? null)
    await this.#oneGo()
  }

  async take(): Promise<void> {
    await this.#input.readers.turn()
    do {
      while (this.#cuts.hasRoom() && (await this.#cut()));
      this.#send()
    } while (await this.#next())
    await this.#oneGo()
  }

  /** Reads all of it here. */
  async takeHere(): Promise<void> {
    await this.#input.readers.turn()
    await this.#oneGo()
  }

  /** Whether there was another part. */
  async #cut(): Promise<boolean> {
    const part = await this.#cuts.next()
    if (part !== null) this.#waiting.push(part)
    return part !== null
  }

  #send(): void {
    for (const part of this.#waiting.splice(0)) {
      const asked = this.#input.readers.read({ options: this.#options, place: part.place })
      const underWay: UnderWay = { part, asked, output: undefined }
      asked.output.then(
        (output) => {
          underWay.output = output
        },
        // Whoever waits for it hears of its failure; nobody does once the rest is read in one go.
        () => undefined,
      )
      this.#underWay.push(underWay)
    }
  }

  /** Reads the first part under way, takes it, or does what brings that nearer; false where none is left, or none that fits. */
  async #next(): Promise<boolean> {
    const [first] = this.#underWay
    if (first === undefined) return false
    const { readers } = this.#input
    // What threads have told is heard before more is read here: they wait until it is taken.
    if (first.output === undefined) await readers.listen()
    if (first.output !== undefined) return this.#takeIfFits(first.output)
    if (first.asked.claim()) return this.#readHere(first.part)
    await Promise.race([first.asked.output, readers.help()])
    return true
  }

  #takeIfFits(output: PartOutput | null): boolean {
    if (output?.offset !== this.#start.offset || !this.#input.log.clock.leadsTo(output.part.clock)) return false
    this.#take(output)
    return true
  }

  /** Takes what the first part under way came to. */
  #take({ part, crc, lines, events, notices }: PartOutput): void {
    const { log, sink } = this.#input
    for (const event of events) sink.event(moved(event, this.#start.line - 1))
    for (const { code, offset, detail } of notices) log.notice(code, offset, detail)
    log.absorb({ ...part, tally: movedTally(part.tally, this.#start.line - 1) })
    this.#underWay[0]?.part.pass(part.bytes, crc)
    this.#goOn(part.bytes, this.#start.line + lines)
  }

  /** Reads the first part under way; false where its end cannot be told. */
  async #readHere(part: Part): Promise<boolean> {
    const { log, road } = this.#input
    const bytes = part.open()
    if (bytes === null) return false
    const before = log.bytes
    const line = await road.read(bytes, this.#start)
    this.#goOn(log.bytes - before, line)
    return true
  }

  /** Goes on behind the first part under way. */
  #goOn(bytes: number, line: number): void {
    this.#start = { offset: this.#start.offset + bytes, line }
    this.#underWay.shift()?.part.free()
  }

  /** Reads here and now all that was not taken. */
  async #oneGo(): Promise<void> {
    const { road } = this.#input
    const begun = this.#underWay.filter(({ asked }) => !asked.claim())
    const parts = [...this.#underWay.map(({ part }) => part), ...this.#waiting]
    const bytes = this.#cuts.rest(parts)
    if (bytes !== null) await road.read(bytes, this.#start)
    await Promise.allSettled(begun.map(({ asked }) => asked.output))
    for (const part of parts) part.free()
  }
}

/** All parts of a source as one. */
function joined(parts: readonly Part[]): Part {
  const pieces = parts.flatMap(({ place }) => (place.kind === 'block' ? place.pieces : []))
  return {
    place: { kind: 'block', pieces, offset: 0 },
    open: () => readerOf(pieces),
    pass: () => undefined,
    free: () => {
      for (const part of parts) part.free()
    },
  }
}
