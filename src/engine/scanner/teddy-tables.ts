// How Teddy's tables lie in WebAssembly memory: masks, then heads, entries and literals for telling true from false.
import { BUCKETS, type Buckets, WORD } from './buckets.ts'
import { lengthOf, longestOf, type Needles } from './needles.ts'
import type { Plan } from './windows.ts'

/** Fixed places and sizes, the same as in teddy.as.ts. */
const HEADS = 1024
const ENTRIES = 17_408
const ENTRY = 20
const CASES = 0x202020
const GOLDEN = 0x9e3779b1
const HEAD_SHIFT = 19

/** What a 16-bit field can hold. */
const LARGEST = 0xffff

/** Where the bytes of the needles begin; their folds follow. */
const literalsAt = ({ count }: Needles): number => ENTRIES + ENTRY * (count + 1)

/** Bytes the tables take. */
export function tableSize(needles: Needles): number {
  return literalsAt(needles) + 2 * needles.bytes.length
}

/** Whether counts and lengths fit the fields they have. */
export function fitsTables(needles: Needles): boolean {
  return needles.count < LARGEST && longestOf(needles) <= LARGEST
}

/** Per position of the word sixteen bytes for the low half and sixteen for the high: a bit for each bucket. */
function writeMasks(view: DataView, { low, high }: Buckets): void {
  for (let slot = 0; slot < BUCKETS * WORD; slot++) {
    const bucket = Math.floor(slot / WORD)
    for (let half = 0; half < 16; half++) {
      const place = (slot % WORD) * 32 + half
      view.setUint8(place, view.getUint8(place) | ((((low[slot] ?? 0) >> half) & 1) << bucket))
      view.setUint8(place + 16, view.getUint8(place + 16) | ((((high[slot] ?? 0) >> half) & 1) << bucket))
    }
  }
}

/** Four bytes as a number; from `end` on they read as 0xff, which with a fold of 0xff fits any. */
function word(bytes: Uint8Array, at: number, end: number): number {
  let value = 0
  for (let index = at + WORD - 1; index >= at; index--)
    value = (value << 8) | (index < end ? (bytes[index] ?? 0) : 0xff)
  return value
}

const headOf = (value: number): number => HEADS + 2 * (Math.imul((value | CASES) & 0xffffff, GOLDEN) >>> HEAD_SHIFT)

function writeEntry(view: DataView, needles: Needles, needle: number, offset: number): void {
  const entry = ENTRIES + (needle + 1) * ENTRY
  const start = needles.starts[needle] ?? 0
  const end = start + lengthOf(needles, needle)
  const value = word(needles.bytes, start + offset, end)
  const head = headOf(value)
  view.setInt32(entry, value, true)
  view.setInt32(entry + 4, word(needles.fold, start + offset, end), true)
  view.setUint32(entry + 8, literalsAt(needles) + start, true)
  view.setUint16(entry + 12, end - start, true)
  view.setUint16(entry + 14, offset, true)
  view.setUint16(entry + 16, view.getUint16(head, true), true)
  view.setUint16(head, needle + 1, true)
}

/** Writes the tables to the beginning of fresh memory. */
export function writeTables(memory: ArrayBuffer, needles: Needles, { offsets, buckets }: Plan): void {
  const view = new DataView(memory)
  const bytes = new Uint8Array(memory)
  writeMasks(view, buckets)
  for (const [needle, offset] of offsets.entries()) writeEntry(view, needles, needle, offset)
  bytes.set(needles.bytes, literalsAt(needles))
  bytes.set(needles.fold, literalsAt(needles) + needles.bytes.length)
}
