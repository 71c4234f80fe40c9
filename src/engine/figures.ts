// Numbers that tell: what requests did before and during a finding, and how large a pool would have had to be.
import { type Figure, type Finding, type Instant, MINUTE, type RequestCell, SECOND } from '../model/index.ts'
import { cellsBetween, percentileOf, totalOf } from './cells.ts'
import type { Row } from './row.ts'
import type { SourceView } from './watch.ts'

const BEFORE = 30 * MINUTE
/** A finding of a moment is looked at for so long. */
const SHORTEST = 10 * SECOND
const LEAST_REQUESTS = 20
export const WANTED = "pool size by Little's law"
export const FOUND = 'pool size found'

/** Adds to a root what the counts of all requests say of its time. */
export function withFigures(finding: Finding, rows: readonly Row[], sources: readonly SourceView[]): Finding {
  const { first, last } = finding
  if (finding.role !== 'root' || first === null) return finding
  const to = Math.max(last ?? first, first + SHORTEST)
  const during = busiest(sources.map((source) => requestsOf(source, first, to)))
  const before = requestsOf(during.source, first - BEFORE, first - 1)
  const told = [...change(before.cells, during.cells), ...poolFigures(rows, during.cells, (to - first) / SECOND)]
  const hasShare = finding.figures.some(({ unit }) => unit === 'share')
  return { ...finding, figures: [...finding.figures, ...told.filter(({ unit }) => unit !== 'share' || !hasShare)] }
}

interface Requests {
  readonly source: SourceView | undefined
  readonly cells: readonly RequestCell[]
}

function requestsOf(source: SourceView | undefined, from: Instant, to: Instant): Requests {
  const shift = source?.shift ?? 0
  const cells = cellsBetween(source?.tally.requests() ?? [], from - shift - SECOND + 1, to - shift + 1)
  return { source, cells }
}

/** The source that counts most; a log before a capture, which may see one request on two hops. */
function busiest(all: readonly Requests[]): Requests {
  const weight = ({ source, cells }: Requests) => totalOf(cells) * (source?.isCapture === true ? 0.5 : 1)
  const none: Requests = { source: undefined, cells: [] }
  return all.reduce((best, one) => (weight(one) > weight(best) ? one : best), none)
}

function change(before: readonly RequestCell[], during: readonly RequestCell[]): Figure[] {
  if (totalOf(during) < LEAST_REQUESTS || failing(during) === 0) return []
  const figures = [...spoken('', during)]
  return totalOf(before) < LEAST_REQUESTS ? figures : [...figures, ...spoken(' before', before)]
}

function spoken(when: string, cells: readonly RequestCell[]): Figure[] {
  const p99 = percentileOf(cells, 0.99)
  const share: Figure = { name: `failing requests${when}`, value: failing(cells) / totalOf(cells), unit: 'share' }
  if (p99 === null) return [share]
  return [share, { name: `p99 of requests${when} (service level 500 ms)`, value: p99, unit: 'duration' }]
}

/** Little's law: what is in use is what comes in per second, times how long it is held. */
function poolFigures(rows: readonly Row[], cells: readonly RequestCell[], seconds: number): Figure[] {
  const pooled = rows.filter(({ signal }) => signal.includes('pool'))
  if (pooled.length === 0 || totalOf(cells) < LEAST_REQUESTS) return []
  const held = percentileOf(cells, 0.5)
  if (held === null) return []
  const rate = totalOf(cells) / seconds
  const wanted = Math.ceil((rate * held) / SECOND)
  const sizes = pooled.flatMap(({ captures: { size } }) => (typeof size === 'number' && size > 0 ? [size] : []))
  const found: Figure[] = sizes.length === 0 ? [] : [{ name: FOUND, value: Math.max(...sizes), unit: 'count' }]
  return [
    { name: 'requests per second', value: Math.round(rate * 10) / 10, unit: 'per-second' },
    { name: 'p50 of requests', value: held, unit: 'duration' },
    { name: WANTED, value: wanted, unit: 'count' },
    ...found,
  ]
}

function failing(cells: readonly RequestCell[]): number {
  return totalOf(cells.filter(({ status }) => status >= 500))
}
