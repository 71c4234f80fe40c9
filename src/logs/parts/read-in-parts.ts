// Reads a large log in parts side by side; what comes out is what reading it in one go gives.
import type { ByteReader, Event, EventSink, Scanner } from '../../model/index.ts'
import type { Log } from '../log.ts'
import { readCandidates } from '../road/candidates.ts'
import { Cutter, type Part } from './cutter.ts'
import type { PartInput, PartOutput } from './part.ts'
import { readerOf } from './reader-of.ts'

/** Whoever reads parts elsewhere. */
export interface PartReaders {
  /** How many read at a time. */
  readonly count: number
  /** Size of a part at the most. */
  readonly bytes: number
  read(input: PartInput): Promise<PartOutput>
}

interface UnderWay {
  readonly part: Part
  readonly output: Promise<PartOutput>
}

/** What is shorter is not worth other threads. */
const LEAST_PARTS = 2

export interface PartedInput {
  readonly bytes: ByteReader
  readonly log: Log
  readonly sink: EventSink
  readonly scanner: Scanner
  readonly readers: PartReaders
}

export async function readInParts({ bytes, log, sink, scanner, readers }: PartedInput): Promise<void> {
  const cutter = new Cutter(bytes, log.known, readers.bytes)
  const underWay: UnderWay[] = []
  let start = { offset: 0, line: 1 }
  const oneGo = async (parts: readonly Part[]): Promise<void> => {
    const pieces = [...parts.map((part) => part.bytes), cutter.rest]
    await readCandidates(readerOf(pieces, cutter.ended ? null : bytes), log, scanner, start)
  }
  const first = await cut(cutter, LEAST_PARTS)
  if (first.length < LEAST_PARTS || cutter.ended) return oneGo(first)
  const { scanner: _, ...options } = log.options
  const send = (part: Part): void => {
    const output = readers.read({ options, ...part })
    // Whoever waits for it hears of its failure; nobody does once the rest is read in one go.
    output.catch(() => undefined)
    underWay.push({ part, output })
  }
  for (const part of first) send(part)
  for (;;) {
    for (const part of await cut(cutter, readers.count + 1 - underWay.length)) send(part)
    const [next] = underWay
    if (next === undefined) break
    const output = await next.output
    if (!log.clock.leadsTo(output.part.clock)) return oneGo(underWay.map(({ part }) => part))
    underWay.shift()
    take(output, { log, sink, lines: start.line - 1 })
    start = { offset: start.offset + next.part.bytes.length, line: start.line + output.lines }
    cutter.free(next.part)
  }
  if (cutter.stuck) await oneGo([])
}

async function cut(cutter: Cutter, most: number): Promise<Part[]> {
  const parts: Part[] = []
  while (parts.length < most) {
    const part = await cutter.next()
    if (part === null) break
    parts.push(part)
  }
  return parts
}

interface Taker {
  readonly log: Log
  readonly sink: EventSink
  /** Lines of the parts before. */
  readonly lines: number
}

function take({ part, events, notices }: PartOutput, { log, sink, lines }: Taker): void {
  for (const event of events) sink.event(moved(event, lines))
  for (const { code, offset, detail } of notices) log.notice(code, offset, detail)
  log.absorb(part)
}

function moved(event: Event, lines: number): Event {
  const { place } = event
  if (place.kind !== 'line' || lines === 0) return event
  return { ...event, place: { ...place, line: place.line + lines, lineEnd: place.lineEnd + lines } }
}
