// What the threads that read logs share: which of them reads a part, and the way to the bytes of an open file.
import { readSync } from 'node:fs'
import type { PartInput, PartOutput } from './logs/index.ts'
import type { Literal } from './model/index.ts'

export interface WorkerStart {
  readonly literals: readonly Literal[]
  readonly claims: Int32Array
}

export interface SharedPart {
  /** From 1. */
  readonly ticket: number
  readonly input: PartInput
}

export interface SharedOutput {
  readonly ticket: number
  readonly output: PartOutput | null
}

/** More than are ever under way. */
const CLAIMS = 1024

/** By ticket, those of parts that nobody has begun to read. */
export function sharedClaims(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(CLAIMS * Int32Array.BYTES_PER_ELEMENT))
}

export function offer(claims: Int32Array, ticket: number): void {
  Atomics.store(claims, ticket % CLAIMS, ticket)
}

/** Whether the part is the caller's to read: it is given to one only. */
export function claim(claims: Int32Array, ticket: number): boolean {
  return Atomics.compareExchange(claims, ticket % CLAIMS, ticket, 0) === ticket
}

/** What cannot be read is read once more by whoever opened the file, and told then. */
export function readFileAt(descriptor: number, target: Uint8Array, position: number): number {
  try {
    return readSync(descriptor, target, 0, target.length, position)
  } catch {
    return 0
  }
}
