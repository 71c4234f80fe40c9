// What literals are in bytes: their UTF-8 with ASCII letters folded where case is blind, one after the other.
import { type Beside, FaultlineError, joinLiterals, type Literal } from '../../model/index.ts'

/** Shorter literals stand in nearly every line and would make scanning pointless. */
export const SHORTEST = 3

/** Bit that tells an ASCII capital from its small letter. */
export const CASE = 0x20

/** Literals as bytes: text byte `t` fits place `i` when `(t | fold[i]) === bytes[i]`. Needle `n` has [starts[n], starts[n + 1]). */
export interface Needles {
  readonly count: number
  readonly bytes: Uint8Array
  readonly fold: Uint8Array
  readonly starts: Uint32Array
  /** For each what must stand beside it; null where anything may. */
  readonly beside: readonly (readonly Beside[] | null)[]
}

/** Earliest start in [from, limit) of a literal that ends at or before `to`, else -1. */
export type Search = (bytes: Uint8Array, from: number, limit: number, to: number) => number

const isLetter = (byte: number): boolean => (byte | CASE) >= 0x61 && (byte | CASE) <= 0x7a

function refuse(text: string): never {
  throw new FaultlineError('literal-too-short', `the literal ${JSON.stringify(text)} has less than ${SHORTEST} bytes`)
}

/** Each literal once. @throws FaultlineError for a literal under three bytes */
export function toNeedles(literals: readonly Literal[]): Needles {
  const encoded = joinLiterals(literals)
  const starts = new Uint32Array(encoded.length + 1)
  const bytes = Buffer.from(encoded.map(({ text }) => text).join(''))
  const fold = new Uint8Array(bytes.length)
  let end = 0
  for (const [index, { text, anyCase }] of encoded.entries()) {
    const start = end
    end += Buffer.byteLength(text)
    if (end - start < SHORTEST) refuse(text)
    if (anyCase) foldLetters(bytes, fold, start, end)
    starts[index + 1] = end
  }
  const beside = encoded.map((literal) => literal.beside ?? null)
  return { count: encoded.length, bytes, fold, starts, beside }
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

/** Length of the longest. */
export function longestOf(needles: Needles): number {
  let longest = 0
  for (let needle = 0; needle < needles.count; needle++) longest = Math.max(longest, lengthOf(needles, needle))
  return longest
}
