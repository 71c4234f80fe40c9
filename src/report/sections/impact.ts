// Impact: when it was, by two clocks, how much was counted, and the rate before, during and after.
import { formatDuration, MINUTE } from '../../model/index.ts'
import { type Block, type Inline, left, right, type Section } from '../document.ts'
import type { Frame, Stretch, Traffic } from '../frame.ts'
import { countOf, formatCount, formatShare, formatTime, timesOf } from '../wording.ts'
import { formatInZone } from '../zone.ts'

export function impact(frame: Frame): Section | null {
  const blocks = [windowFacts(frame), rateTable(frame.traffic)].filter((block) => block !== null)
  return blocks.length === 0 ? null : { kind: 'section', id: 'impact', title: ['Impact'], rank: 1, blocks }
}

/** `412 of 3,911 requests were answered 5xx (11 %)`; null where nothing was counted in the window. */
export function failedSentence(traffic: Traffic | null): string | null {
  if (traffic === null || traffic.during.total === 0) return null
  const { total, failed } = traffic.during
  const noun = traffic.counted === 'requests' ? 'requests were answered 5xx' : 'lines are errors'
  return `${formatCount(failed)} of ${formatCount(total)} ${noun} (${formatShare(failed / total)})`
}

function windowFacts({ report, window, zone, traffic, roots }: Frame): Block | null {
  if (window === null) return null
  const [first, last] = window
  const rows: [string, Inline][] = [
    ['First sign', [times(first, zone)]],
    ['Last sign', [times(last, zone)]],
    ['Length', [formatDuration(last - first)]],
  ]
  const failed = failedSentence(traffic)
  if (failed !== null) rows.push(['Affected', [failed]])
  const events = roots.reduce((sum, finding) => sum + finding.count, 0)
  if (events > 0) rows.push(['Root cause seen', [timesOf(events)]])
  const ids = report.requests.length
  if (ids > 0) rows.push(['Failed requests named', [countOf(ids, 'request id')]])
  return { kind: 'facts', rows }
}

function times(at: number, zone: string | null): string {
  const local = zone === null ? null : formatInZone(at, zone)
  return local === null ? formatTime(at) : `${formatTime(at)} (${local})`
}

function rateTable(traffic: Traffic | null): Block | null {
  if (traffic === null) return null
  const noun = traffic.counted === 'requests' ? 'Requests' : 'Lines'
  const failed = traffic.counted === 'requests' ? 'Server errors (5xx)' : 'Errors'
  const rows = [
    row('before', traffic.before),
    row('during the incident', traffic.during),
    row('after', traffic.after),
  ].filter((cells) => cells !== null)
  if (rows.length === 0) return null
  const columns = [...left('When'), ...right(noun, `${noun} a minute`, failed, 'Share')]
  return { kind: 'table', caption: `${noun} before, during and after the incident`, columns, rows }
}

function row(when: string, { total, failed, length }: Stretch): Inline[] | null {
  if (length <= 0 || total === 0) return null
  const rate = total / (length / MINUTE)
  const rounded = rate >= 10 ? Math.round(rate) : Math.round(rate * 10) / 10
  return [[when], [formatCount(total)], [formatCount(rounded)], [formatCount(failed)], [formatShare(failed / total)]]
}
