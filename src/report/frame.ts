// What every section asks of a report: its window, zone, roots and the traffic before, during and after.
import type { Duration, Finding, Instant, Report } from '../model/index.ts'
import { MINUTE, SECOND } from '../model/index.ts'
import { bundleZone } from './zone.ts'

/** All and failed of what was counted in a stretch of time. */
export interface Stretch {
  readonly total: number
  readonly failed: number
  readonly length: Duration
}

export interface Bucket {
  readonly at: Instant
  readonly total: number
  readonly failed: number
}

export interface Traffic {
  /** Requests and 5xx where any source counts requests, else lines and errors. */
  readonly counted: 'requests' | 'lines'
  /** Of all sources added, in order of time. */
  readonly buckets: readonly Bucket[]
  /** Width of the coarsest source's buckets. */
  readonly width: Duration
  readonly before: Stretch
  readonly during: Stretch
  readonly after: Stretch
}

export interface Frame {
  readonly report: Report
  readonly roots: readonly Finding[]
  readonly window: readonly [Instant, Instant] | null
  /** The bundle's zone where it is not UTC. */
  readonly zone: string | null
  readonly traffic: Traffic | null
}

export function frameOf(report: Report): Frame {
  const { findings } = report.analysis.conclusion
  const roots = findings.filter((finding) => finding.role === 'root')
  const window = windowOf(findings)
  return { report, roots, window, zone: bundleZone(report.analysis), traffic: trafficOf(report, window) }
}

/** From the first time to the last of all findings that are held to be true; of suspects where there is nothing else. */
function windowOf(findings: readonly Finding[]): readonly [Instant, Instant] | null {
  const held = findings.filter((finding) => finding.role !== 'suspect')
  const times = (held.length > 0 ? held : findings).flatMap(({ first, last }) => [first, last])
  const known = times.filter((time) => time !== null)
  return known.length === 0 ? null : [known.reduce((a, b) => Math.min(a, b)), known.reduce((a, b) => Math.max(a, b))]
}

function trafficOf(report: Report, window: Frame['window']): Traffic | null {
  const { minutes } = report.analysis
  if (minutes.length === 0) return null
  const counted = minutes.some((row) => row.requests > 0) ? 'requests' : 'lines'
  const sums = new Map<Instant, Bucket>()
  for (const row of minutes) {
    const errors = (row.bySeverity.error ?? 0) + (row.bySeverity.fatal ?? 0)
    const [total, failed] = counted === 'requests' ? [row.requests, row.status5xx] : [row.lines, errors]
    const sum = sums.get(row.time) ?? { at: row.time, total: 0, failed: 0 }
    sums.set(row.time, { at: row.time, total: sum.total + total, failed: sum.failed + failed })
  }
  const buckets = [...sums.values()].sort((a, b) => a.at - b.at)
  const width = bucketWidth(report)
  return { counted, buckets, width, ...stretches(buckets, width, window) }
}

/** Rows do not say how wide they are: the smallest step between two of a source does; the coarsest source rules. */
function bucketWidth(report: Report): Duration {
  const last = new Map<number, Instant>()
  const steps = new Map<number, Duration>()
  const rows = [...report.analysis.minutes].sort((a, b) => a.time - b.time)
  for (const { source, time } of rows) {
    const previous = last.get(source)
    if (previous !== undefined && time > previous) {
      steps.set(source, Math.min(steps.get(source) ?? Number.POSITIVE_INFINITY, time - previous))
    }
    last.set(source, time)
  }
  const widest = [...steps.values()].reduce((a, b) => Math.max(a, b), 0)
  return widest === 0 ? MINUTE : Math.max(SECOND, Math.min(widest, 60 * MINUTE))
}

function stretches(buckets: readonly Bucket[], width: Duration, window: Frame['window']) {
  const [first, last] = window ?? [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  const before = buckets.filter(({ at }) => at + width <= first)
  const after = buckets.filter(({ at }) => at > last)
  const during = buckets.filter(({ at }) => at + width > first && at <= last)
  return { before: stretch(before, width), during: stretch(during, width), after: stretch(after, width) }
}

function stretch(buckets: readonly Bucket[], width: Duration): Stretch {
  const [start, end] = [buckets[0]?.at ?? 0, buckets.at(-1)?.at ?? -width]
  return {
    total: buckets.reduce((sum, bucket) => sum + bucket.total, 0),
    failed: buckets.reduce((sum, bucket) => sum + bucket.failed, 0),
    length: end - start + width,
  }
}
