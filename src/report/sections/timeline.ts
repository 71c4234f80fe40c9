// Timeline: what was counted bucket by bucket around the incident, with the moments at which findings began.
import { DAY, type Duration, type Instant, MINUTE } from '../../model/index.ts'
import { type Block, type Inline, left, mark, type Section, severityTone } from '../document.ts'
import type { TimelineBucket, TimelineFigure } from '../figure.ts'
import type { Frame, Traffic } from '../frame.ts'
import { linker } from '../kin.ts'
import { STEPS } from '../steps.ts'
import { formatTime } from '../wording.ts'

/** Bars in the drawing. */
const BAR_LIMIT = 90
const EVENT_LIMIT = 30

export function timeline(frame: Frame): Section | null {
  const blocks: Block[] = []
  const figure = timelineFigure(frame)
  if (figure !== null) blocks.push({ kind: 'figure', ...captions(figure), figure })
  const rows = moments(frame)
  if (rows.length > 0) {
    const columns = left('Time', 'What')
    blocks.push({ kind: 'table', caption: 'When each finding was first and last seen', columns, rows })
  }
  return blocks.length === 0 ? null : { kind: 'section', id: 'timeline', title: ['Timeline'], rank: 5, blocks }
}

export function captions({ counted }: TimelineFigure): { title: string; description: string } {
  const noun = counted === 'requests' ? 'Requests and server errors' : 'Log lines and errors'
  return {
    title: `${noun} over time`,
    description: `Bars show ${noun.toLowerCase()}; the shaded band is the incident. The table below holds the same numbers.`,
  }
}

export function timelineFigure(frame: Frame): TimelineFigure | null {
  const { traffic, window } = frame
  const [oldest, newest] = [traffic?.buckets[0], traffic?.buckets.at(-1)]
  if (!traffic || !oldest || !newest || oldest === newest) return null
  const [from, to] = extent(oldest.at, newest.at, window)
  const least = Math.max(traffic.width, (to - from) / BAR_LIMIT)
  const width = STEPS.find((candidate) => candidate >= least) ?? 30 * DAY
  const marks = frame.roots
    .flatMap(({ first, cause }) => (first === null ? [] : [{ at: first, label: cause }]))
    .slice(0, 4)
  return {
    kind: 'timeline',
    counted: traffic.counted,
    width,
    buckets: regroup(traffic, [from, to], width),
    window,
    marks,
  }
}

/** The incident with as much again on both sides, at least half an hour, as far as there is data. */
function extent(oldest: Instant, newest: Instant, window: Frame['window']): [Instant, Instant] {
  if (window === null) return [oldest, newest]
  const margin = Math.max(30 * MINUTE, window[1] - window[0])
  const [from, to] = [Math.max(oldest, window[0] - margin), Math.min(newest, window[1] + margin)]
  return from < to ? [from, to] : [oldest, newest]
}

/** Empty buckets are kept: silence is part of the picture. */
function regroup(traffic: Traffic, [from, to]: readonly [Instant, Instant], width: Duration): TimelineBucket[] {
  const start = Math.floor(from / width) * width
  const count = Math.floor((to - start) / width) + 1
  const groups = Array.from({ length: count }, (_, at) => ({ at: start + at * width, total: 0, failed: 0 }))
  for (const { at, total, failed } of traffic.buckets) {
    const group = groups[Math.floor((at - start) / width)]
    if (group === undefined) continue
    group.total += total
    group.failed += failed
  }
  return groups
}

function moments({ report }: Frame): Inline[][] {
  const { findings } = report.analysis.conclusion
  const jump = linker(findings)
  const begun = findings.flatMap((finding) =>
    finding.first === null ? [] : [{ at: finding.first, finding, word: 'begins' }],
  )
  const ended = findings.flatMap((finding) =>
    finding.last === null || finding.last === finding.first ? [] : [{ at: finding.last, finding, word: 'last seen' }],
  )
  return [...begun, ...ended]
    .sort((a, b) => a.at - b.at)
    .slice(0, EVENT_LIMIT)
    .map(({ at, finding, word }) => [
      [formatTime(at)],
      [mark(severityTone(finding.severity), finding.severity), ' ', jump(finding.id, finding.cause), ` ${word}`],
    ])
}
