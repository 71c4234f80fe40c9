// Episodes: stretches of time in which a condition held for one key; how they join and merge.
import type { Duration, FieldValue, Figure, Instant } from '../model/index.ts'
import { MINUTE } from '../model/index.ts'
import type { Row } from './row.ts'

export type Key = readonly FieldValue[]

/** Null where the time is not known: it may be any. */
export interface Stretch {
  readonly first: Instant | null
  readonly last: Instant | null
}

export interface Episode extends Stretch {
  readonly key: Key
  readonly rows: readonly Row[]
  readonly count: number
  readonly figures: readonly Figure[]
}

/** Two episodes of one key closer than this are one. */
export const EPISODE_GAP: Duration = 10 * MINUTE

/** Unknown parts join with any value; two known parts must be equal. */
export function agrees(a: Key, b: Key): boolean {
  return a.every((part, at) => {
    const other = b[at] ?? null
    return part === null || other === null || sameValue(part, other)
  })
}

export function sameValue(a: FieldValue, b: FieldValue): boolean {
  return a !== null && b !== null && (a === b || String(a).toLowerCase() === String(b).toLowerCase())
}

/** Known parts of both. */
export function unite(a: Key, b: Key): Key {
  return a.map((part, at) => part ?? b[at] ?? null)
}

export function isWithin(gap: Duration, a: Stretch, b: Stretch): boolean {
  if (a.first === null || b.first === null || a.last === null || b.last === null) return true
  return a.first - b.last <= gap && b.first - a.last <= gap
}

/** The shortest stretch that holds both. */
export function around(a: Stretch, b: Stretch): Stretch {
  const first = a.first === null || b.first === null ? null : Math.min(a.first, b.first)
  const last = a.last === null || b.last === null ? null : Math.max(a.last, b.last)
  return { first, last }
}

/** Text of a key that equals only for equal keys. */
export function keyText(key: Key): string {
  return key.map((part) => (part === null ? '' : String(part).toLowerCase())).join('\u0001')
}

/** An episode of all these rows. */
export function episodeOf(key: Key, rows: readonly Row[], figures: readonly Figure[] = []): Episode {
  let first: Instant | null = null
  let last: Instant | null = null
  let count = 0
  for (const row of rows) {
    count += row.count
    const { time } = row
    if (time === null) continue
    const end = row.last ?? time
    if (first === null || time < first || end < first) first = Math.min(time, end)
    if (last === null || time > last || end > last) last = Math.max(time, end)
  }
  return { key, first, last, rows, count, figures }
}

/** Rows by key; rows that know nothing of the key stand by their source, for null never equals null. */
export function groupByKey(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>()
  const texts = new Map<Key, string>()
  for (const row of rows) {
    const { key } = row
    let text = texts.get(key)
    if (text === undefined) {
      text = keyText(key)
      texts.set(key, text)
    }
    if (key.includes(null)) text = `${text}\u0002${row.source}`
    const group = groups.get(text)
    if (group === undefined) groups.set(text, [row])
    else group.push(row)
  }
  return groups
}

/** Cuts rows in order of time into runs without a gap larger than `gap`. */
export function runs(rows: readonly Row[], gap: Duration): Row[][] {
  const result: Row[][] = []
  let end: Instant | null = null
  for (const row of rows) {
    const run = result.at(-1)
    if (run === undefined || (end !== null && row.time !== null && row.time - end > gap)) result.push([row])
    else run.push(row)
    if (row.last !== null && (end === null || row.last > end)) end = row.last
  }
  return result
}
