// What a literal is in bytes: its UTF-8 with ASCII letters folded where case is blind, and which bytes fold.
import { FaultlineError, type Literal } from '../../model/index.ts'

/** Shorter literals stand in nearly every line and would make scanning pointless. */
export const SHORTEST = 3

/** Bit that tells an ASCII capital from its small letter. */
const CASE = 0x20

/** A literal as bytes: text byte `t` fits position `i` when `(t | fold[i]) === bytes[i]`. */
export interface Needle {
  readonly bytes: Uint8Array
  readonly fold: Uint8Array
}

const isLetter = (byte: number): boolean => (byte | CASE) >= 0x61 && (byte | CASE) <= 0x7a

function toNeedle({ text, anyCase }: Literal): Needle {
  const raw = new TextEncoder().encode(text)
  if (raw.length < SHORTEST)
    throw new FaultlineError('literal-too-short', `the literal ${JSON.stringify(text)} has less than ${SHORTEST} bytes`)
  const fold = raw.map((byte) => (anyCase && isLetter(byte) ? CASE : 0))
  return { bytes: raw.map((byte, at) => byte | (fold[at] ?? 0)), fold }
}

/** Each literal once. @throws FaultlineError for a literal under three bytes */
export function toNeedles(literals: readonly Literal[]): readonly Needle[] {
  const byKey = new Map<string, Needle>()
  for (const literal of literals) byKey.set(`${literal.anyCase ? 'i' : 's'}${literal.text}`, toNeedle(literal))
  return [...byKey.values()]
}

/** The byte values that fit position `at`: one, or a letter in both cases. */
export function fitting(needle: Needle, at: number): readonly number[] {
  const byte = needle.bytes[at] ?? 0
  return needle.fold[at] === CASE ? [byte, byte & ~CASE] : [byte]
}

/** Whether `needle` stands in `bytes` at `start`; the caller has checked that it fits in. */
export function standsAt(needle: Needle, bytes: Uint8Array, start: number): boolean {
  const { bytes: wanted, fold } = needle
  for (let at = 0; at < wanted.length; at++)
    if (((bytes[start + at] ?? 0) | (fold[at] ?? 0)) !== wanted[at]) return false
  return true
}
