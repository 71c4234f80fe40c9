// Counts entries of named fields by second and level, in the module's memory, in positions of the text.
import { type EntryShape, FaultlineError, type LineKernels } from '../../model/index.ts'
import type { GramsModule } from './grams-module.ts'

/** Bytes of a name. */
const LONGEST = 64

/**
 * @param results where seconds are written to
 * @param base where the text begins in the memory
 */
export function entryCounter(grams: GramsModule, results: Float64Array, base: number): LineKernels['entries'] {
  const names = new Uint8Array(grams.memory.buffer, grams.names(), 2 * LONGEST)
  const outEnd = results.byteOffset + results.byteLength
  let known: EntryShape | null = null
  return ({ from, to, until }, shape) => {
    const { time, level } = shape
    if (shape !== known)
      for (const [index, name] of [time, level].entries()) {
        if (name.length > LONGEST)
          throw new FaultlineError('shape-too-long', `a name has ${name.length} bytes, not up to ${LONGEST}`)
        names.set(name, index * LONGEST)
      }
    known = shape
    const bounds = [base + from, base + to, base + until] as const
    const count = grams.entries(...bounds, results.byteOffset, outEnd, time.length, level.length)
    results[count - 2] = (results[count - 2] ?? 0) - base
    return results.subarray(0, count)
  }
}
