// Minutes: lines, severities, requests and latencies of a source per bucket of time, for charts and queries.
import {
  type Duration,
  MINUTE,
  type MinuteRow,
  type RequestCell,
  SECOND,
  type Severity,
  type Tally,
} from '../model/index.ts'
import { percentileOf, totalOf } from './cells.ts'

interface Minute {
  lines: number
  bySeverity: Partial<Record<Severity, number>>
  requests: RequestCell[]
}

export interface Bucket {
  readonly source: number
  /** Added to the tally's times. */
  readonly shift: Duration
  readonly width: Duration
}

/** Widths that divide a minute, and how many buckets of one are enough to draw a bundle with. */
const WIDTHS: readonly Duration[] = [SECOND, 2 * SECOND, 5 * SECOND, 10 * SECOND, 30 * SECOND]
const ENOUGH = 120

/** A minute; less for a bundle so short that minutes would hide what happened. */
export function bucketWidth(span: Duration): Duration {
  return WIDTHS.find((width) => span / width <= ENOUGH) ?? MINUTE
}

/** Rows in order of time; a bucket is as wide as asked, or as the tally grew. */
export function minutesOf(tally: Tally, bucket: Bucket): MinuteRow[] {
  const { source, shift, width } = bucket
  const minutes = new Map<number, Minute>()
  const at = (time: number) => {
    const start = Math.floor((time + shift) / width) * width
    const known = minutes.get(start) ?? { lines: 0, bySeverity: {}, requests: [] }
    minutes.set(start, known)
    return known
  }
  for (const cell of tally.lines()) {
    const minute = at(cell.at)
    minute.lines += cell.count
    if (cell.severity !== null) minute.bySeverity[cell.severity] = (minute.bySeverity[cell.severity] ?? 0) + cell.count
  }
  for (const cell of tally.requests()) at(cell.at).requests.push(cell)
  return [...minutes].sort(([a], [b]) => a - b).map(([time, minute]) => rowOf(source, time, minute))
}

function rowOf(source: number, time: number, minute: Minute): MinuteRow {
  const { lines, bySeverity, requests } = minute
  const counted = (from: number, to: number) => totalOf(requests.filter(({ status }) => status >= from && status < to))
  return {
    source,
    time,
    lines,
    bySeverity,
    requests: totalOf(requests),
    status4xx: counted(400, 500),
    status5xx: counted(500, 600),
    p50: percentileOf(requests, 0.5),
    p99: percentileOf(requests, 0.99),
  }
}
