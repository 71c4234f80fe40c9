// Search for many literals in plain JavaScript: text is looked at in words of four bytes, every other one.
import { type Allows, createAllows } from './beside.ts'
import { SIGNS } from './frequencies.ts'
import { CASE, lengthOf, type Needles, type Search } from './needles.ts'

/** Bytes of a word. */
const WORD = 4
/** A literal this long has a word in an even place and one in an odd place. */
export const LEAST = WORD + 1
/** Words further into a literal are not looked for. */
const FURTHEST = 24
const HASH_BITS = 18
/** Without the bit that tells capitals: a hash may be too wide, never too narrow. */
const BLIND = ~(CASE * 0x01010101)

const hashOf = (word: number): number => Math.imul(word & BLIND, 0x9e3779b1) >>> (32 - HASH_BITS)

/** Signs of bytes, of their classes, and of pairs of classes: the greater, the rarer. */
const [BYTES, CLASSES, PAIRS] = [0, 256, 512]
const CLASS_COUNT = 63
const FIRST_CLASS = 33

const signAt = (at: number): number => SIGNS.charCodeAt(at)
const pairSign = (one: number, other: number): number =>
  signAt(PAIRS + (signAt(CLASSES + one) - FIRST_CLASS) * CLASS_COUNT + signAt(CLASSES + other) - FIRST_CLASS)

/** How rare a word is, taken as a chain of pairs. */
function rarity(bytes: Uint8Array, at: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(at, at + WORD)
  return pairSign(a, b) + pairSign(b, c) + pairSign(c, d) - signAt(BYTES + b) - signAt(BYTES + c)
}

/** The rarest word of a literal among every other place from `first` on. */
function rarest(needles: Needles, needle: number, first: number): number {
  const start = needles.starts[needle] ?? 0
  const last = Math.min(lengthOf(needles, needle) - WORD, FURTHEST)
  let best = first
  for (let at = first + 2; at <= last; at += 2)
    if (rarity(needles.bytes, start + at) > rarity(needles.bytes, start + best)) best = at
  return best
}

interface Tables {
  /** By hash of a word: the entry to begin with. Entry 0 is none. */
  readonly heads: Uint16Array | Uint32Array
  /** Needle, place of the word in it, next entry. */
  readonly entries: Uint32Array
  readonly furthest: number
}

const ENTRY = 3

function build(needles: Needles, members: readonly number[]): Tables {
  const count = 2 * members.length + 1
  const heads = count <= 1 << 16 ? new Uint16Array(1 << HASH_BITS) : new Uint32Array(1 << HASH_BITS)
  const entries = new Uint32Array(ENTRY * count)
  let furthest = 0
  let end = ENTRY
  for (const needle of members)
    for (const first of [0, 1]) {
      const offset = rarest(needles, needle, first)
      const hash = hashOf(wordAt(needles.bytes, (needles.starts[needle] ?? 0) + offset))
      entries.set([needle, offset, heads[hash] ?? 0], end)
      heads[hash] = end / ENTRY
      end += ENTRY
      furthest = Math.max(furthest, offset)
    }
  return { heads, entries, furthest }
}

const pairAt = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8)
const wordAt = (bytes: Uint8Array, at: number): number => pairAt(bytes, at) | (pairAt(bytes, at + 2) << 16)

/** Where a needle of one of the chained entries starts whose word is at `at`; the earliest from `from` on, else `limit`. */
type Confirm = (
  bytes: Uint8Array,
  at: number,
  entry: number,
  within: { from: number; limit: number; to: number },
) => number

function confirmer({ bytes: wanted, fold, starts }: Needles, { entries }: Tables, allows: Allows): Confirm {
  return (bytes, at, first, { from, limit, to }) => {
    let best = limit
    for (let entry = first; entry !== 0; entry = entries[entry * ENTRY + 2] ?? 0) {
      const needle = entries[entry * ENTRY] ?? 0
      const start = at - (entries[entry * ENTRY + 1] ?? 0)
      let index = starts[needle] ?? 0
      const end = starts[needle + 1] ?? 0
      if (start < from || start >= best || start + end - index > to) continue
      let text = start
      for (; index < end && ((bytes[text] ?? 0) | (fold[index] ?? 0)) === wanted[index]; text++) index++
      if (index === end && allows(bytes, needle, { from: start, to: text, end: to })) best = start
    }
    return best
  }
}

/** @param members needles of `LEAST` bytes and more */
export function wordSearch(needles: Needles, members: readonly number[]): Search {
  const tables = build(needles, members)
  const { heads, furthest } = tables
  const confirm = confirmer(needles, tables, createAllows(needles))
  return (bytes, from, limit, to) => {
    let best = limit
    let stop = Math.min(limit + furthest, to - WORD + 1)
    let low = 0
    let at = from + (from & 1)
    if (at < stop) low = pairAt(bytes, at)
    for (; at < stop; at += 2) {
      const high = pairAt(bytes, at + 2)
      const entry = heads[hashOf(low | (high << 16))] ?? 0
      low = high
      if (entry === 0) continue
      const start = confirm(bytes, at, entry, { from, limit: best, to })
      if (start >= best) continue
      // One that starts earlier may show later.
      best = start
      stop = Math.min(stop, start + furthest)
    }
    return best < limit ? best : -1
  }
}
