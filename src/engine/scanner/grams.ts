// The scanner in WebAssembly with SIMD: text lies in its memory, and JavaScript is only called for true hits.
import type { Scanner } from '../../model/index.ts'
import { besideTables, FARTHEST, hasBeside } from './beside.ts'
import { copying } from './copying.ts'
import { SIGNS, WORDS } from './frequencies.ts'
import type { GramsModule } from './grams-module.ts'
import { lineKernels } from './line-kernels.ts'
import { longestOf, type Needles } from './needles.ts'
import { TEXT_SIZE } from './plain.ts'

/** Bytes behind a text that may be loaded with its last ones; they are never part of a hit. */
export const SLACK = 64
/** Other people's bytes are copied here, piece by piece. */
const COPY_SIZE = 65_536
/** Room for 16,384 runs of lines. */
const RUNS_SIZE = 2 ** 17
/** Room for 5,461 pairs of numbers. */
const PAIRS_SIZE = 2 ** 16
/** Room for 341 requests. */
const REQUESTS_SIZE = 2 ** 12
/** Room for 157 seconds of entries. */
const ENTRIES_SIZE = 2 ** 14
/** Room for 16,384 lines that wrap others. */
const WRAPS_SIZE = 2 ** 14 * 40
/** Four classes and a share. */
const WORD_SIGNS = 5
/** What the tables' 16-bit fields can count: bytes of a literal, and two windows of each. */
const LONGEST = 0xffff
const MOST = LONGEST >> 1

/** Whether `needles` are few and short enough for the tables. */
export function fitsGrams(needles: Needles): boolean {
  return needles.count <= MOST && longestOf(needles) <= LONGEST
}

/** Writes the needles into the module's memory, has it build its tables, and says where room is left. Nothing is asked of what stands beside them. */
export function loadNeedles(grams: GramsModule, needles: Needles, room: number): number {
  const { bytes, fold, starts, count } = needles
  const at = grams.reserve(count, bytes.length, room)
  const { buffer } = grams.memory
  new Uint32Array(buffer, at, count + 1).set(starts)
  new Uint8Array(buffer, at + starts.byteLength).set(bytes)
  new Uint8Array(buffer, at + starts.byteLength + bytes.length).set(fold)
  new TextEncoder().encodeInto(SIGNS, new Uint8Array(buffer, grams.signs()))
  new TextEncoder().encodeInto(WORDS, new Uint8Array(buffer, grams.room()))
  grams.prepare(WORDS.length / WORD_SIGNS)
  return grams.room()
}

/** Writes what must stand beside the needles to `at`, and says where room is left. */
function loadBeside(grams: GramsModule, tables: Uint8Array, at: number): number {
  new Uint8Array(grams.memory.buffer).set(tables, at)
  grams.takeBesides(at)
  return at + roundUp(tables.length)
}

function roundUp(size: number): number {
  return Math.ceil(size / SLACK) * SLACK
}

/** @param needles such as fit */
export function createGramsScanner(grams: GramsModule, needles: Needles): Scanner {
  const longest = longestOf(needles)
  const margin = hasBeside(needles) ? FARTHEST : 0
  const copySize = Math.max(COPY_SIZE, roundUp(8 * longest))
  const resultsSize = RUNS_SIZE + PAIRS_SIZE + REQUESTS_SIZE + ENTRIES_SIZE + WRAPS_SIZE
  const tables = margin === 0 ? null : besideTables(needles)
  const size = tables === null ? 0 : roundUp(tables.length)
  const behind = loadNeedles(grams, needles, size + copySize + resultsSize + TEXT_SIZE + 2 * SLACK)
  const copy = tables === null ? behind : loadBeside(grams, tables, behind)
  const { buffer } = grams.memory
  const runs = copy + copySize + SLACK
  const pairs = runs + RUNS_SIZE
  const requests = pairs + PAIRS_SIZE
  const entries = requests + REQUESTS_SIZE
  const wraps = entries + ENTRIES_SIZE
  const memory = new Uint8Array(buffer, wraps + WRAPS_SIZE, TEXT_SIZE)
  const { find } = grams
  const foreign = copying({ area: new Uint8Array(buffer, copy, copySize), longest, margin, find })
  return {
    memory,
    lines: lineKernels(grams, memory, {
      runs: new Uint32Array(buffer, runs, RUNS_SIZE / 4),
      pairs: new Uint32Array(buffer, pairs, PAIRS_SIZE / 4),
      requests: new Uint32Array(buffer, requests, REQUESTS_SIZE / 4),
      entries: new Float64Array(buffer, entries, ENTRIES_SIZE / 8),
      wraps: new Uint32Array(buffer, wraps, WRAPS_SIZE / 4),
    }),
    find: (bytes, from, to) => {
      if (bytes.buffer !== buffer) return foreign(bytes, from, to)
      const end = bytes.byteOffset + to
      const found = find(bytes.byteOffset + from, end, end, bytes.byteOffset)
      return found < 0 ? -1 : found - bytes.byteOffset
    },
  }
}
