// How Teddy's tables lie in WebAssembly memory: masks, then heads, entries and literals for telling true from false.
import { type Bucket, WORD } from './buckets.ts'
import type { Plan, Window } from './windows.ts'

/** Fixed places and sizes, the same as in teddy.as.ts. */
const HEADS = 1024
const ENTRIES = 17_408
const ENTRY = 20
const CASES = 0x202020
const GOLDEN = 0x9e3779b1
const HEAD_SHIFT = 19

/** What a 16-bit field can hold. */
const LARGEST = 0xffff

/** Bytes the tables of `windows` take. */
export function tableSize(windows: readonly Window[]): number {
  const literals = windows.reduce((sum, { needle }) => sum + 2 * needle.bytes.length, 0)
  return ENTRIES + ENTRY * (windows.length + 1) + literals
}

/** Whether counts and lengths fit the fields they have. */
export function isWritable(windows: readonly Window[]): boolean {
  return windows.length < LARGEST && windows.every(({ needle }) => needle.bytes.length <= LARGEST)
}

/** Per position of the word sixteen bytes for the low half and sixteen for the high: a bit for each bucket. */
function writeMasks(view: DataView, buckets: readonly Bucket[]): void {
  for (const [index, { positions }] of buckets.entries())
    for (const [at, { low, high }] of positions.entries())
      for (let half = 0; half < 16; half++) {
        const place = at * 32 + half
        view.setUint8(place, view.getUint8(place) | (((low >> half) & 1) << index))
        view.setUint8(place + 16, view.getUint8(place + 16) | (((high >> half) & 1) << index))
      }
}

/** Four bytes as a number; bytes past the end read as 0xff, which with a fold of 0xff fits any. */
function word(bytes: Uint8Array, at: number): number {
  let value = 0
  for (let index = WORD - 1; index >= 0; index--) value = (value << 8) | (bytes[at + index] ?? 0xff)
  return value
}

const headOf = (value: number): number => HEADS + 2 * (Math.imul((value | CASES) & 0xffffff, GOLDEN) >>> HEAD_SHIFT)

function writeEntry(view: DataView, index: number, { needle, offset }: Window, literal: number): void {
  const entry = ENTRIES + index * ENTRY
  const value = word(needle.bytes, offset)
  const head = headOf(value)
  view.setInt32(entry, value, true)
  view.setInt32(entry + 4, word(needle.fold, offset), true)
  view.setUint32(entry + 8, literal, true)
  view.setUint16(entry + 12, needle.bytes.length, true)
  view.setUint16(entry + 14, offset, true)
  view.setUint16(entry + 16, view.getUint16(head, true), true)
  view.setUint16(head, index, true)
}

/** Writes the tables of `plan` to the beginning of fresh memory. */
export function writeTables(memory: ArrayBuffer, { windows, buckets }: Plan): void {
  const view = new DataView(memory)
  const bytes = new Uint8Array(memory)
  writeMasks(view, buckets)
  let literal = ENTRIES + ENTRY * (windows.length + 1)
  for (const [index, window] of windows.entries()) {
    writeEntry(view, index + 1, window, literal)
    bytes.set(window.needle.bytes, literal)
    bytes.set(window.needle.fold, literal + window.needle.bytes.length)
    literal += 2 * window.needle.bytes.length
  }
}
