// How rare bytes and words are in logs of all kinds: it steers what the scanner looks for first, never what it finds.
import { BYTES, PAIRS } from './frequencies.ts'

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
  /** Expected share of places where `word` stands: per position the byte values that fit, none where all do. */
  shareOf(word: readonly (readonly number[])[]): number
}

/** Reads the tables. Words are judged as a chain of pairs, so that unseen ones are judged by their parts. */
export function readRarity(): Rarity {
  const bytes = toShares(BYTES)
  const pairs = toShares(PAIRS)
  const classes = Array.from({ length: 256 }, (_, byte) => classOf(byte))
  const ofClass = new Float64Array(CLASSES)
  bytes.forEach((share, byte) => {
    const its = classes[byte] ?? 0
    ofClass[its] = (ofClass[its] ?? 0) + share
  })
  const within = (fits: readonly number[]): number =>
    fits.reduce((sum, byte) => sum + (bytes[byte] ?? 0), 0) / (ofClass[classes[fits[0] ?? 0] ?? 0] ?? 1)
  const shareOf = (word: readonly (readonly number[])[]): number => {
    let share = 1
    let before = -1
    for (const fits of word.filter((some) => some.length > 0)) {
      const now = classes[fits[0] ?? 0] ?? 0
      const follows = before < 0 ? (ofClass[now] ?? 0) : (pairs[before * CLASSES + now] ?? 0) / (ofClass[before] ?? 1)
      share *= follows * within(fits)
      before = now
    }
    return share
  }
  return { bytes, shareOf }
}
