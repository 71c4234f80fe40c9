// What literals are in bytes: their UTF-8 with ASCII letters folded where case is blind, one after the other.
import { FaultlineError, type Literal } from '../../model/index.ts'

/** Shorter literals stand in nearly every line and would make scanning pointless. */
export const SHORTEST = 3

/** Bit that tells an ASCII capital from its small letter. */
export const CASE = 0x20

/** Fold of a blank that stands for any run of them. */
export const GAP = 0xff

/** Bytes of the longest run of blanks that is a gap: matches stay bounded. */
export const LONGEST_GAP = 255

/**
 * Literals as bytes: text byte `t` fits place `i` when `(t | fold[i]) === bytes[i]`, a run of blanks where `fold[i]` is GAP.
 * Needle `n` has [starts[n], starts[n + 1]), of which the first `solids[n]` have no gap.
 */
export interface Needles {
  readonly count: number
  readonly bytes: Uint8Array
  readonly fold: Uint8Array
  readonly starts: Uint32Array
  readonly solids: Uint32Array
}

const isLetter = (byte: number): boolean => (byte | CASE) >= 0x61 && (byte | CASE) <= 0x7a

/**
 * What is looked for of a text with gaps: from its first word of three bytes on, up to a word with a backslash, as in some texts
 * that is the beginning of an escaped tab; such a word is looked for alone or not at all.
 */
function joinWords(text: string): string {
  const words = text.trim().split(/[ \t]+/)
  const first = words.findIndex((word) => Buffer.byteLength(word) >= SHORTEST)
  const end = words.findIndex((word, at) => at >= first && word.includes('\\'))
  if (first < 0) return ''
  return words.slice(first, end < 0 ? words.length : Math.max(end, first + 1)).join(' ')
}

/** Each once; of those with gaps what is looked for. */
function distinct(literals: readonly Literal[]): readonly Required<Literal>[] {
  const byKey = new Map<string, Required<Literal>>()
  for (const { text, anyCase, anyBlanks = false } of literals) {
    const wanted = anyBlanks ? joinWords(text) : text
    if (Buffer.byteLength(wanted) < SHORTEST) refuse(text)
    const hasGaps = anyBlanks && wanted.includes(' ')
    byKey.set(`${anyCase}${hasGaps}${wanted}`, { text: wanted, anyCase, anyBlanks: hasGaps })
  }
  return [...byKey.values()]
}

function refuse(text: string): never {
  throw new FaultlineError(
    'literal-too-short',
    `the literal ${JSON.stringify(text)} has no ${SHORTEST} bytes to look for`,
  )
}

/** @throws FaultlineError for a literal without three bytes in a row to look for */
export function toNeedles(literals: readonly Literal[]): Needles {
  const wanted = distinct(literals)
  const starts = new Uint32Array(wanted.length + 1)
  const solids = new Uint32Array(wanted.length)
  const bytes = Buffer.from(wanted.map(({ text }) => text).join(''))
  const fold = new Uint8Array(bytes.length)
  let end = 0
  for (const [index, { text, anyCase, anyBlanks }] of wanted.entries()) {
    const start = end
    end += Buffer.byteLength(text)
    if (anyCase) foldLetters(bytes, fold, start, end)
    if (anyBlanks) markGaps(bytes, fold, start, end)
    const gap = fold.subarray(start, end).indexOf(GAP)
    solids[index] = gap < 0 ? end - start : gap
    starts[index + 1] = end
  }
  return { count: wanted.length, bytes, fold, starts, solids }
}

function markGaps(bytes: Uint8Array, fold: Uint8Array, start: number, end: number): void {
  for (let at = start; at < end; at++) if (bytes[at] === 0x20) fold[at] = GAP
}

function foldLetters(bytes: Uint8Array, fold: Uint8Array, start: number, end: number): void {
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0
    if (!isLetter(byte)) continue
    fold[at] = CASE
    bytes[at] = byte | CASE
  }
}

export function lengthOf({ starts }: Needles, needle: number): number {
  return (starts[needle + 1] ?? 0) - (starts[needle] ?? 0)
}

/** The most bytes of text a needle can take. */
export function longestOf(needles: Needles): number {
  let longest = 0
  for (let needle = 0; needle < needles.count; needle++) {
    const length = lengthOf(needles, needle)
    const start = needles.starts[needle] ?? 0
    const gaps = needles.fold.subarray(start, start + length).reduce((count, fold) => count + (fold === GAP ? 1 : 0), 0)
    longest = Math.max(longest, length + gaps * LONGEST_GAP)
  }
  return longest
}
