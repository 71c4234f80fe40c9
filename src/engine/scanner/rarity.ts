// How rare bytes and words are in logs of all kinds: it steers what the scanner looks for first, never what it finds.
import { BYTES, PAIRS } from './frequencies.ts'
import { CASE, type Needles } from './needles.ts'

/** One sign of a table stands for a power of two: `!` for certain, each next sign a quarter rarer. */
const FIRST_SIGN = 33
const STEPS = 4

/** Folded bytes that differ in commonness; digits are one class, and so are controls and bytes beyond ASCII. */
const SIGNS = '0abcdefghijklmnopqrstuvwxyz !"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~\n'
const CONTROLS = SIGNS.length
const BEYOND = SIGNS.length + 1
export const CLASSES = SIGNS.length + 2

/** Which class of bytes `byte` belongs to. */
export function classOf(byte: number): number {
  const sign = String.fromCharCode(byte).toLowerCase()
  if (byte >= 0x80) return BEYOND
  const at = SIGNS.indexOf(sign >= '0' && sign <= '9' ? '0' : sign)
  return at < 0 ? CONTROLS : at
}

/** A share as one sign. */
export function toSign(share: number): string {
  return String.fromCharCode(FIRST_SIGN + Math.min(93, Math.round(-Math.log2(Math.max(share, 1e-9)) * STEPS)))
}

function toShares(signs: string): Float64Array {
  return Float64Array.from(signs, (sign) => 2 ** ((FIRST_SIGN - sign.charCodeAt(0)) / STEPS))
}

export interface Rarity {
  /** Share of each byte value among all bytes. */
  readonly bytes: Float64Array
  /** Expected share of places in a text where the part [from, to) of the needles stands. */
  shareOf(from: number, to: number): number
}

interface Shares {
  readonly bytes: Float64Array
  readonly pairs: Float64Array
  readonly ofClass: Float64Array
  readonly classes: Uint8Array
}

function readShares(): Shares {
  const bytes = toShares(BYTES)
  const classes = new Uint8Array(256)
  const ofClass = new Float64Array(CLASSES)
  for (let byte = 0; byte < 256; byte++) {
    const its = classOf(byte)
    classes[byte] = its
    ofClass[its] = (ofClass[its] ?? 0) + (bytes[byte] ?? 0)
  }
  return { bytes, classes, ofClass, pairs: toShares(PAIRS) }
}

/** Words are judged as a chain of pairs, so that those the tables were not made from are judged by their parts. */
export function readRarity(needles: Needles): Rarity {
  const { bytes, classes, ofClass, pairs } = readShares()
  const alone = new Float64Array(needles.bytes.length)
  const follows = new Float64Array(needles.bytes.length)
  let before = 0
  for (const [at, byte] of needles.bytes.entries()) {
    const its = classes[byte] ?? 0
    const share = (bytes[byte] ?? 0) + (needles.fold[at] === 0 ? 0 : (bytes[byte & ~CASE] ?? 0))
    const pair = (pairs[before * CLASSES + its] ?? 0) / (ofClass[before] ?? 1)
    alone[at] = share
    follows[at] = (pair * share) / (ofClass[its] ?? 1)
    before = its
  }
  const shareOf = (from: number, to: number): number => {
    let share = alone[from] ?? 0
    for (let at = from + 1; at < to; at++) share *= follows[at] ?? 0
    return share
  }
  return { bytes, shareOf }
}
