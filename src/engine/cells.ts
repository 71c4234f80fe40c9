// What counted requests say together: how many, and how long they took.
import type { Duration, Instant, RequestCell } from '../model/index.ts'

export function totalOf(cells: readonly RequestCell[]): number {
  return cells.reduce((sum, { count }) => sum + count, 0)
}

/** Nearest rank: the least duration that at least this share of the timed requests does not exceed; null where none is timed. */
export function percentileOf(cells: readonly RequestCell[], share: number): Duration | null {
  const counts = new Map<Duration, number>()
  let timed = 0
  for (const { duration, count } of cells) {
    if (duration === null) continue
    counts.set(duration, (counts.get(duration) ?? 0) + count)
    timed += count
  }
  const rank = Math.ceil(share * timed)
  let seen = 0
  for (const [duration, count] of [...counts].sort(([a], [b]) => a - b)) {
    seen += count
    if (seen >= rank) return duration
  }
  return null
}

/** Cells from the first at or after `from` to before `to`; they are in order of time. */
export function cellsBetween(cells: readonly RequestCell[], from: Instant, to: Instant): readonly RequestCell[] {
  return cells.slice(firstFrom(cells, from), firstFrom(cells, to))
}

function firstFrom(cells: readonly RequestCell[], time: Instant): number {
  let [low, high] = [0, cells.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((cells[middle]?.at ?? time) < time) low = middle + 1
    else high = middle
  }
  return low
}
