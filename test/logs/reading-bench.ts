// Reads texts as a source would give them, and keeps what came out.

import { type ReadLogOptions, readLog } from '../../src/logs/index.ts'
import type {
  ByteReader,
  EntryRange,
  Event,
  Fact,
  LineShape,
  LogEvent,
  Notice,
  PairShape,
  RequestShape,
  Scanner,
  SourceSummary,
  WrapRange,
} from '../../src/model/index.ts'
import { isLogEvent, WRAP_ROW, WRAPPED } from '../../src/model/index.ts'

export interface Outcome {
  readonly events: readonly Event[]
  readonly records: readonly LogEvent[]
  readonly facts: readonly Fact[]
  readonly notices: readonly Notice[]
  readonly summary: SourceSummary
}

/** Gives bytes in pieces of the sizes given, in turn; all at once without. */
export function bytesOf(content: Uint8Array, pieces: readonly number[] = []): ByteReader {
  let at = 0
  let turn = 0
  return {
    read(target) {
      const most = pieces.length === 0 ? target.length : Math.max(1, pieces[turn++ % pieces.length] ?? 1)
      const part = content.subarray(at, at + Math.min(most, target.length))
      target.set(part)
      at += part.length
      return part.length
    },
  }
}

export type Overrides = Partial<Omit<ReadLogOptions, 'head'>> & { readonly pieces?: readonly number[] }

export async function readText(text: string | Uint8Array, overrides: Overrides = {}): Promise<Outcome> {
  const content = typeof text === 'string' ? Buffer.from(text) : text
  const { pieces = [], ...options } = overrides
  const events: Event[] = []
  const notices: Notice[] = []
  const sink = {
    event: (event: Event) => void events.push(event),
    notice: (notice: Notice) => void notices.push(notice),
  }
  const head = content.subarray(0, 1 << 16)
  const defaults = { source: 0, path: 'a.log', modified: null, scanner: null, zone: null, year: null }
  const summary = await readLog(bytesOf(content, pieces), { ...defaults, ...options, head }, sink)
  const records = events.filter(isLogEvent)
  const facts = events.filter((event): event is Fact => !isLogEvent(event))
  return { events, records, facts, notices, summary }
}

/** Finds the first of some words, as a prefilter over rules would. */
export function wordScanner(words: readonly string[]): Scanner {
  return {
    memory: new Uint8Array(0),
    find(bytes, from, to) {
      const part = Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from)
      const places = words.map((word) => part.indexOf(word, 0, 'latin1')).filter((place) => place >= 0)
      return places.length === 0 ? -1 : from + Math.min(...places)
    },
  }
}

const MEMORY = new Uint8Array(4 << 20)

/** The same with memory of its own and passes over many lines, written as plainly as can be. */
export function lineScanner(words: readonly string[]): Scanner {
  const lineRuns = (from: number, to: number, { mask }: LineShape): Uint32Array => {
    const runs: number[] = []
    let first = -1
    let at = from
    while (at < to) {
      const found = MEMORY.indexOf(10, at)
      const end = found < 0 || found > to ? to : found
      const isWhole = at + mask.length <= end
      const start = at
      const isSame =
        isWhole &&
        first >= 0 &&
        mask.every((bits, place) => bits === 0 || MEMORY[start + place] === MEMORY[first + place])
      if (isSame) runs[runs.length - 1] = (runs.at(-1) ?? 0) + 1
      else {
        runs.push(at, 1)
        first = isWhole ? at : -1
      }
      at = end + 1
    }
    return Uint32Array.from([...runs, Math.min(at, to)])
  }
  const countLines = (from: number, to: number) => MEMORY.subarray(from, to).filter((byte) => byte === 10).length
  /** None has such surroundings: all signs are left to who asks. */
  const pairs = (from: number, to: number, { sign }: PairShape): Uint32Array => {
    const found = Buffer.from(MEMORY.buffer, 0, to).indexOf(sign, from)
    return Uint32Array.of(found < 0 ? to : found)
  }
  /** None can be read: the first line that may tell of one is left to who asks. */
  const requests = (from: number, to: number, { sign }: RequestShape): Uint32Array => {
    const found = sign.length === 0 ? from : Buffer.from(MEMORY.buffer, 0, to).indexOf(sign, from)
    if (found <= from) return Uint32Array.of(found < 0 ? to : from)
    return Uint32Array.of(Math.max(from, MEMORY.lastIndexOf(10, found - 1) + 1))
  }
  /** None can be counted: all are read one by one. */
  const entries = ({ from }: EntryRange): Float64Array => Float64Array.of(from, 0)
  /** None tells its parts: all are left to who asks. */
  const wraps = ({ from, to, most }: WrapRange): Uint32Array => {
    const rows: number[] = []
    for (let at = from; at < to && rows.length < most * WRAP_ROW.length; ) {
      const found = MEMORY.indexOf(10, at)
      const stop = found < 0 || found > to ? to : found
      rows.push(at, stop > at && MEMORY[stop - 1] === 13 ? stop - 1 : stop, 0, 0, 0, 0, WRAPPED.left, 0, 0, 0)
      at = stop + 1
    }
    return Uint32Array.from(rows)
  }
  return { ...wordScanner(words), memory: MEMORY, lines: { lineRuns, countLines, pairs, requests, entries, wraps } }
}
