// Thresholds: at least n events with one key value within a sliding window, ends included.
import type { Condition } from '../../model/index.ts'
import { EPISODE_GAP, type Episode, episodeOf, groupByKey, runs } from '../episode.ts'
import type { Row } from '../ledger.ts'
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
  const kept = inFullWindows(rows, threshold.within, threshold)
  return runs(kept, Math.max(EPISODE_GAP, threshold.within)).map((run) => episodeOf(key, run))
}

function reaches(rows: readonly Row[], threshold: Threshold): boolean {
  const size = threshold.isDistinct
    ? new Set(rows.map((row) => String(row.value))).size
    : rows.reduce((sum, row) => sum + row.count, 0)
  return size >= threshold.count
}

/** A folded row stands in a window with all it counts where its first time does: its bucket is a second wide. */
function inFullWindows(rows: readonly Row[], within: number, threshold: Threshold): Row[] {
  const kept = new Set<Row>()
  let from = 0
  for (let to = 0; to < rows.length; to++) {
    const end = rows[to]?.time ?? null
    if (end === null) break
    while (from < to && end - (rows[from]?.last ?? end) > within) from++
    const window = rows.slice(from, to + 1)
    if (reaches(window, threshold)) for (const row of window) kept.add(row)
  }
  return rows.filter((row) => kept.has(row))
}
