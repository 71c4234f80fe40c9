// Thresholds: at least n events with one key value within a sliding window, ends included.
import type { Condition } from '../../model/index.ts'
import { EPISODE_GAP, type Episode, episodeOf, groupByKey, runs } from '../episode.ts'
import type { Row } from '../row.ts'
import { type Follow, keyFields, type Watch } from '../watch.ts'

export function evaluateCount(
  condition: Extract<Condition, { kind: 'count' }>,
  key: readonly string[],
  follow: Follow,
): Watch {
  const { step, within } = condition
  const isDistinct = step.distinct !== undefined
  const measured = step.distinct === undefined ? undefined : ({ kind: 'field', name: step.distinct } as const)
  const ledger = follow(step.select, keyFields(step.by, key), measured)
  return {
    evaluate(scene) {
      const groups = [...groupByKey(scene.rows(ledger)).values()]
      return groups.flatMap((rows) => episodesOf(rows, { count: step.count, within, isDistinct }))
    },
  }
}

interface Threshold {
  readonly count: number
  readonly within: number | null
  readonly isDistinct: boolean
}

/** Rows of one key in order of time; the rows of every window that reaches the threshold make up the episodes. */
export function episodesOf(rows: readonly Row[], threshold: Threshold): Episode[] {
  const key = rows[0]?.key ?? []
  if (threshold.within === null) {
    if (!reaches(rows, threshold)) return []
    return runs(rows, EPISODE_GAP).map((run) => episodeOf(key, run))
  }
  const kept = [...inFullWindows(rows, threshold.within, threshold), ...timeless(rows, threshold)]
  return runs(kept, Math.max(EPISODE_GAP, threshold.within)).map((run) => episodeOf(key, run))
}

function reaches(rows: readonly Row[], threshold: Threshold): boolean {
  const window = new Window(threshold.isDistinct)
  for (const row of rows) window.add(row)
  return window.size >= threshold.count
}

/** Logs that write no times cannot be placed in windows: their events are taken together. */
function timeless(rows: readonly Row[], threshold: Threshold): Row[] {
  const unplaced = rows.filter((row) => row.time === null)
  return unplaced.length > 0 && reaches(unplaced, threshold) ? unplaced : []
}

/** Counts what stands in a window while it slides: events, or different values. */
class Window {
  readonly #values: Map<string, number> | null
  #events = 0

  constructor(isDistinct: boolean) {
    this.#values = isDistinct ? new Map() : null
  }

  get size(): number {
    return this.#values === null ? this.#events : this.#values.size
  }

  add(row: Row): void {
    this.#events += row.count
    const value = String(row.value)
    this.#values?.set(value, (this.#values.get(value) ?? 0) + 1)
  }

  remove(row: Row): void {
    this.#events -= row.count
    const value = String(row.value)
    const left = (this.#values?.get(value) ?? 1) - 1
    if (left === 0) this.#values?.delete(value)
    else this.#values?.set(value, left)
  }
}

/** A folded row stands in a window with all it counts as long as its last time does. */
function inFullWindows(rows: readonly Row[], within: number, threshold: Threshold): Row[] {
  const window = new Window(threshold.isDistinct)
  const kept: Row[] = []
  let from = 0
  let next = 0
  for (const [to, row] of rows.entries()) {
    if (row.time === null) break
    window.add(row)
    for (
      let first = rows[from];
      first !== undefined && from < to && row.time - (first.last ?? row.time) > within;
      first = rows[from]
    ) {
      window.remove(first)
      from++
    }
    if (window.size < threshold.count) continue
    for (const one of rows.slice(Math.max(from, next), to + 1)) kept.push(one)
    next = to + 1
  }
  return kept
}
