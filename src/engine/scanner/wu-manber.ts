// Wu and Manber's search for many literals: two bytes say how far the window may jump (TR-94-17, University of Arizona).
import { fitting, type Needle, standsAt } from './needle.ts'

/** Earliest start in [from, limit) of a literal that ends at or before `to`, else -1. */
export type Search = (bytes: Uint8Array, from: number, limit: number, to: number) => number

/** Two bytes, read little end first. */
const BLOCKS = 65_536
const LONGEST_JUMP = 255

interface Tables {
  /** Bytes of each literal that are looked at: the length of the shortest, within what a byte can count. */
  readonly width: number
  readonly jump: Uint8Array
  /** Per block that ends a window: 1 + index of the first literal, 0 for none. */
  readonly head: Uint32Array
  /** Entries sharing a block, chained: the literal, and the entry after it. */
  readonly entries: { readonly needle: Needle; readonly next: number }[]
}

function blocksAt(needle: Needle, at: number): readonly number[] {
  return fitting(needle, at).flatMap((low) => fitting(needle, at + 1).map((high) => low | (high << 8)))
}

function enter(tables: Tables, needle: Needle): void {
  const { width, jump, head, entries } = tables
  for (let at = 0; at < width - 1; at++)
    for (const block of blocksAt(needle, at)) jump[block] = Math.min(jump[block] ?? 0, width - 2 - at)
  for (const block of blocksAt(needle, width - 2)) head[block] = entries.push({ needle, next: head[block] ?? 0 })
}

function build(needles: readonly Needle[]): Tables {
  const width = Math.min(LONGEST_JUMP, ...needles.map((needle) => needle.bytes.length))
  const jump = new Uint8Array(BLOCKS).fill(width - 1)
  const tables: Tables = { width, jump, head: new Uint32Array(BLOCKS), entries: [] }
  for (const needle of needles) enter(tables, needle)
  return tables
}

/** Fast while the shortest of `needles` is long: keep short ones in a search of their own. */
export function wuManber(needles: readonly Needle[]): Search {
  const { width, jump, head, entries } = build(needles)
  const matches = (bytes: Uint8Array, start: number, block: number, to: number): boolean => {
    for (let entry = entries[(head[block] ?? 0) - 1]; entry !== undefined; entry = entries[entry.next - 1])
      if (start + entry.needle.bytes.length <= to && standsAt(entry.needle, bytes, start)) return true
    return false
  }
  return (bytes, from, limit, to) => {
    const end = Math.min(limit + width - 1, to)
    for (let last = from + width - 1; last < end; ) {
      const block = (bytes[last - 1] ?? 0) | ((bytes[last] ?? 0) << 8)
      const step = jump[block] ?? 0
      if (step === 0 && matches(bytes, last - width + 1, block, to)) return last - width + 1
      last += step || 1
    }
    return -1
  }
}
