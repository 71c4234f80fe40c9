// Passes over lines in the module's memory, in positions of the text.
import { FaultlineError, type LineKernels, type PairShape } from '../../model/index.ts'
import { entryCounter } from './entry-counter.ts'
import type { GramsModule } from './grams-module.ts'
import { requestReader } from './request-reader.ts'
import { wrapReader } from './wrap-reader.ts'

/** Bytes of a line that can tell runs apart. */
const LONGEST_SHAPE = 64

/** Bytes around a pair of numbers, each part. */
const LONGEST_PART = 64

/** Where runs and pairs are written to, in the same memory as the text. */
export interface Results {
  readonly runs: Uint32Array
  readonly pairs: Uint32Array
  readonly requests: Uint32Array
  readonly entries: Float64Array
  readonly wraps: Uint32Array
}

export function lineKernels(grams: GramsModule, text: Uint8Array, results: Results): LineKernels {
  const { runs, pairs, requests, entries, wraps } = results
  const base = text.byteOffset
  const parts = new Uint8Array(grams.memory.buffer, grams.around(), 3 * LONGEST_PART)
  let known: PairShape | null = null
  const mask = new Uint8Array(grams.memory.buffer, grams.shape(), LONGEST_SHAPE)
  return {
    countLines: (from, to) => grams.countLines(base + from, base + to),
    lineRuns: (from, to, shape) => {
      const { length } = shape.mask
      if (length > LONGEST_SHAPE)
        throw new FaultlineError('shape-too-long', `a shape has ${length} bytes, not up to ${LONGEST_SHAPE}`)
      mask.fill(0).set(shape.mask)
      const outEnd = runs.byteOffset + runs.byteLength
      const count = grams.lineRuns(base + from, base + to, runs.byteOffset, outEnd, length, shape.after ?? -1)
      for (let at = 0; at < count; at += 2) runs[at] = (runs[at] ?? 0) - base
      return runs.subarray(0, count)
    },
    pairs: (from, to, shape) => {
      if (shape !== known) writeParts(parts, shape)
      known = shape
      const { sign, before, inside, between } = shape
      const outEnd = pairs.byteOffset + pairs.byteLength
      const [start, end] = [base + from, base + to]
      const lengths = [sign.length, inside, before.length, between.length] as const
      const count = grams.pairs(start, end, pairs.byteOffset, outEnd, ...lengths)
      for (let at = 0; at < count; at += 3) pairs[at] = (pairs[at] ?? 0) - base
      return pairs.subarray(0, count)
    },
    requests: requestReader(grams, requests, base),
    entries: entryCounter(grams, entries, base),
    wraps: wrapReader(grams, wraps, base),
  }
}

function writeParts(parts: Uint8Array, { sign, before, between }: PairShape): void {
  for (const [at, part] of [sign, before, between].entries()) {
    if (part.length > LONGEST_PART)
      throw new FaultlineError('shape-too-long', `a part has ${part.length} bytes, not up to ${LONGEST_PART}`)
    parts.set(part, at * LONGEST_PART)
  }
}
