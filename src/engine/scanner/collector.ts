// The scanner in WebAssembly for texts: all literals that occur in one, in one pass.
import type { Literal } from '../../model/index.ts'
import { fitsGrams, loadNeedles, SLACK } from './grams.ts'
import { openGrams } from './grams-module.ts'
import { toNeedles } from './needles.ts'

/** Bytes of a text that are looked through. */
const AREA = 2 ** 18
/** A sign of UTF-16 has at most so many bytes of UTF-8. */
const LARGEST_SIGN = 3

/**
 * Gives the indexes of the literals that occur in a text, in any order, valid until the next call; null for a text that is too long.
 */
export type Collect = (text: string) => Uint16Array | null

/**
 * @param literals of three bytes or more, each once
 * @returns null where WebAssembly does not run
 */
export function createCollector(literals: readonly Literal[]): Collect | null {
  const needles = toNeedles(literals)
  const grams = fitsGrams(needles) ? openGrams() : null
  if (grams === null) return null
  const found = loadNeedles(grams, needles, 2 * needles.count + AREA + 2 * SLACK)
  const { buffer } = grams.memory
  const results = new Uint16Array(buffer, found, needles.count)
  const start = found + 2 * needles.count + SLACK
  const area = new Uint8Array(buffer, start, AREA)
  const encoder = new TextEncoder()
  return (text) => {
    if (text.length * LARGEST_SIGN > AREA) return null
    const { written } = encoder.encodeInto(text, area)
    return results.subarray(0, grams.collect(start, start + written, found))
  }
}
