// Sets: each step at least so often within a window, in any order; one event may serve several steps.
import type { Condition } from '../../model/index.ts'
import { agrees, EPISODE_GAP, type Episode, episodeOf, type Key, keyText, runs, unite } from '../episode.ts'
import { between, compareRows, type Row } from '../row.ts'
import { type Follow, keyFields, type Watch } from '../watch.ts'

interface Part {
  readonly count: number
  readonly rows: readonly Row[]
}

export function evaluateAll(
  condition: Extract<Condition, { kind: 'all' }>,
  key: readonly string[],
  follow: Follow,
): Watch {
  const steps = condition.steps.map((step) => ({
    count: step.count,
    ledger: follow(step.select, keyFields(step.by, key)),
  }))
  return {
    evaluate(scene) {
      const parts = steps
        .map((step) => ({ count: step.count, rows: scene.rows(step.ledger) }))
        .sort((a, b) => a.rows.length - b.rows.length)
      return merge(windowStarts(parts).flatMap((from) => fullWindow(parts, from, condition.within)))
    },
  }
}

/** A window that holds all steps can be slid until it starts at one of their events. */
function windowStarts(parts: readonly Part[]): number[] {
  if (parts.some((part) => part.rows.length === 0)) return []
  return [...new Set(parts.flatMap((part) => part.rows.flatMap((row) => (row.time === null ? [] : [row.time]))))]
}

function fullWindow(parts: readonly Part[], from: number, within: number): Episode[] {
  const windows = parts.map((part) => ({ count: part.count, rows: between(part.rows, from, from + within) }))
  const seeds = new Map((windows[0]?.rows ?? []).map((row) => [keyText(row.key), row.key]))
  return [...seeds.values()].flatMap((seed) => {
    const rows = gather(windows, seed)
    return rows === null ? [] : [episodeOf(rows.key, rows.rows)]
  })
}

/** Rows of every step that agree with the seed; null where a step has too few. */
export function gather(parts: readonly Part[], seed: Key): { key: Key; rows: Row[] } | null {
  let key = seed
  const rows = new Set<Row>()
  for (const part of parts) {
    let count = 0
    for (const row of part.rows) {
      if (!agrees(key, row.key)) continue
      key = unite(key, row.key)
      rows.add(row)
      count += row.count
    }
    if (count < part.count) return null
  }
  return { key, rows: [...rows].sort(compareRows) }
}

/** Matches of one key that overlap or lie close are one episode. */
export function merge(matches: readonly Episode[]): Episode[] {
  const byKey = new Map<string, { key: Key; rows: Set<Row> }>()
  for (const match of matches) {
    const text = keyText(match.key)
    const known = byKey.get(text) ?? { key: match.key, rows: new Set<Row>() }
    for (const row of match.rows) known.rows.add(row)
    byKey.set(text, known)
  }
  return [...byKey.values()].flatMap(({ key, rows }) =>
    runs([...rows].sort(compareRows), EPISODE_GAP).map((run) => episodeOf(key, run)),
  )
}
