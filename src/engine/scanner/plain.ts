// The scanner in plain JavaScript: works everywhere, and is what the fast one is checked against.
import type { Literal, Scanner } from '../../model/index.ts'
import { lengthOf, type Needles, type Search, toNeedles } from './needles.ts'
import { LEAST, wordSearch } from './word-search.ts'
import { wuManber } from './wu-manber.ts'

/** Room for a reader's block and the rest of a line before it. */
export const TEXT_SIZE = 4 * 2 ** 20

/** Starts looked at by one search before the other has its turn: what is scanned twice after a hit. */
const STRIDE = 2048

const nothing: Search = () => -1

function nearer(short: Search, long: Search): Search {
  return (bytes, from, limit, to) => {
    for (let start = from; start < limit; start += STRIDE) {
      const stop = Math.min(start + STRIDE, limit)
      const first = short(bytes, start, stop, to)
      const second = long(bytes, start, first < 0 ? stop : first, to)
      if (second >= 0 || first >= 0) return second >= 0 ? second : first
    }
    return -1
  }
}

function searchFor(needles: Needles): Search {
  const members = Array.from({ length: needles.count }, (_, needle) => needle)
  const short = members.filter((needle) => lengthOf(needles, needle) < LEAST)
  const long = members.filter((needle) => lengthOf(needles, needle) >= LEAST)
  if (short.length === 0) return long.length === 0 ? nothing : wordSearch(needles, long)
  return long.length === 0 ? wuManber(needles, short) : nearer(wuManber(needles, short), wordSearch(needles, long))
}

/**
 * A scanner for `literals` (UTF-8, three bytes or more) without WebAssembly.
 * @throws FaultlineError for a shorter literal
 */
export function createPlainScanner(literals: readonly Literal[]): Scanner {
  const search = searchFor(toNeedles(literals))
  return { memory: new Uint8Array(TEXT_SIZE), find: (bytes, from, to) => search(bytes, from, to, to) }
}
