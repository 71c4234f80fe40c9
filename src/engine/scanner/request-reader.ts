// Reads the requests that lines tell of, in the module's memory, in positions of the text.
import { FaultlineError, type LineKernels, type RequestShape, type RequestStep } from '../../model/index.ts'
import type { GramsModule } from './grams-module.ts'

/** Bytes of each part of a shape. */
const LONGEST = 64
/** Statuses of three digits. */
const STATUSES = 1000

/** The numbers of the steps in grams/requests.as.ts. */
const STEPS: Readonly<Record<RequestStep, number>> = {
  same: 1,
  printable: 2,
  message: 3,
  word: 4,
  client: 5,
  time: 6,
  server: 7,
  times: 8,
  status: 9,
  size: 10,
  state: 11,
  braces: 12,
  method: 13,
  quoted: 14,
  seconds: 15,
}

/**
 * @param results where requests are written to
 * @param base where the text begins in the memory
 */
export function requestReader(grams: GramsModule, results: Uint32Array, base: number): LineKernels['requests'] {
  const parts = new Uint8Array(grams.memory.buffer, grams.reading(), 4 * LONGEST)
  const left = new Uint8Array(grams.memory.buffer, grams.left(), STATUSES)
  const outEnd = results.byteOffset + results.byteLength
  let known: RequestShape | null = null
  let isLeft: RequestShape['isLeft'] | null = null
  return (from, to, shape, same) => {
    if (shape !== known) {
      write(
        parts,
        0,
        Uint8Array.from(shape.steps, (step) => STEPS[step]),
      )
      write(parts, 2, shape.sign)
      write(parts, 3, shape.key)
    }
    if (shape.isLeft !== isLeft)
      for (let status = 0; status < STATUSES; status++) left[status] = shape.isLeft(status) ? 1 : 0
    known = shape
    isLeft = shape.isLeft
    write(parts, 1, same)
    const { sign, key } = shape
    const lengths = [sign.length, same.length, key.length] as const
    const count = grams.requests(base + from, base + to, results.byteOffset, outEnd, ...lengths)
    for (let at = 0; at < count; at += 3) results[at] = (results[at] ?? 0) - base
    return results.subarray(0, count)
  }
}

/** Behind the part stands a zero where it is shorter than it may be. */
function write(parts: Uint8Array, index: number, part: Uint8Array): void {
  if (part.length >= LONGEST)
    throw new FaultlineError('shape-too-long', `a part has ${part.length} bytes, not less than ${LONGEST}`)
  parts.set(part, index * LONGEST)
  parts[index * LONGEST + part.length] = 0
}
