// Wu and Manber's search for many literals: two bytes say how far the window may jump (TR-94-17, University of Arizona).
import { type Allows, createAllows } from './beside.ts'
import { CASE, lengthOf, type Needles, type Search } from './needles.ts'

/** Two bytes, read little end first. */
const BLOCKS = 65_536
const LONGEST_JUMP = 255

interface Tables {
  /** Bytes of each literal that are looked at: the length of the shortest, within what a byte can count. */
  readonly width: number
  /** Per block in the window's last two bytes: how far to go on; 0 where a literal may stand. */
  readonly jump: Uint8Array
  /** Per block that ends a window: the entry to begin with. Entry 0 is none. */
  readonly head: Uint32Array
  /** Needles that share a block, chained. */
  readonly entries: { needle: number; next: number }[]
}

/** The byte values that fit: one, or a letter in both cases. */
function fitting({ bytes, fold }: Needles, at: number): readonly number[] {
  const byte = bytes[at] ?? 0
  return fold[at] === CASE ? [byte, byte & ~CASE] : [byte]
}

function enter(tables: Tables, needles: Needles, needle: number): void {
  const { width, jump, head, entries } = tables
  const start = needles.starts[needle] ?? 0
  for (let at = 0; at < width - 1; at++)
    for (const low of fitting(needles, start + at))
      for (const high of fitting(needles, start + at + 1)) {
        const block = low | (high << 8)
        const left = width - 2 - at
        jump[block] = Math.min(jump[block] ?? 0, left)
        if (left === 0) head[block] = entries.push({ needle, next: head[block] ?? 0 }) - 1
      }
}

function build(needles: Needles, members: readonly number[]): Tables {
  const width = members.reduce((least, needle) => Math.min(least, lengthOf(needles, needle)), LONGEST_JUMP)
  const jump = new Uint8Array(BLOCKS).fill(width - 1)
  const tables = { width, jump, head: new Uint32Array(BLOCKS), entries: [{ needle: 0, next: 0 }] }
  for (const needle of members) enter(tables, needles, needle)
  return tables
}

/** Whether one of the chained needles stands at `start` and ends at or before `to`. */
type Confirm = (bytes: Uint8Array, start: number, entry: number, to: number) => boolean

function confirmer({ bytes: wanted, fold, starts }: Needles, { entries }: Tables, allows: Allows): Confirm {
  const needleOf = Uint32Array.from(entries, (entry) => entry.needle)
  const nextOf = Uint32Array.from(entries, (entry) => entry.next)
  return (bytes, start, first, to) => {
    for (let entry = first; entry !== 0; entry = nextOf[entry] ?? 0) {
      const needle = needleOf[entry] ?? 0
      const end = starts[needle + 1] ?? 0
      let at = starts[needle] ?? 0
      if (start + end - at > to) continue
      let text = start
      for (; at < end && ((bytes[text] ?? 0) | (fold[at] ?? 0)) === wanted[at]; text++) at++
      if (at === end && allows(bytes, needle, { from: start, to: text, end: to })) return true
    }
    return false
  }
}

/** Fast while the `members` of `needles` are few: each of them cuts jumps, and the shortest bounds them all. */
export function wuManber(needles: Needles, members: readonly number[]): Search {
  const tables = build(needles, members)
  const { width, jump, head } = tables
  const confirm = confirmer(needles, tables, createAllows(needles))
  return (bytes, from, limit, to) => {
    const end = Math.min(limit + width - 1, to)
    for (let last = from + width - 1; last < end; ) {
      const block = (bytes[last - 1] ?? 0) | ((bytes[last] ?? 0) << 8)
      const step = jump[block] ?? 0
      if (step === 0 && confirm(bytes, last - width + 1, head[block] ?? 0, to)) return last - width + 1
      last += step === 0 ? 1 : step
    }
    return -1
  }
}
