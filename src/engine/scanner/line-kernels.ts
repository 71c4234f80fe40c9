// Passes over lines in the module's memory, in positions of the text.
import { FaultlineError, type LineKernels } from '../../model/index.ts'
import type { GramsModule } from './grams-module.ts'

/** Bytes of a line that can tell runs apart. */
const LONGEST_SHAPE = 64

/** @param runs where the runs are written to, in the same memory as `text` */
export function lineKernels(grams: GramsModule, text: Uint8Array, runs: Uint32Array): LineKernels {
  const base = text.byteOffset
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
  }
}
