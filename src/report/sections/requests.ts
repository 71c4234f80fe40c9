// Request ids and the complete first error stack: what support asks for first.
import { formatInstant, type Instant } from '../../model/index.ts'
import { code, left, paragraph, type Section } from '../document.ts'
import { mainLine, shortLine } from '../excerpt.ts'
import type { Frame } from '../frame.ts'
import { formatClock, formatLines, formatTime, shortPath } from '../wording.ts'

export function requests({ report }: Frame): Section | null {
  if (report.requests.length === 0) return null
  const place = (source: string, line: number | null) => {
    const path = shortPath(report.analysis, source)
    return line === null ? path : formatLines(path, line, line)
  }
  const day = onlyDay(report.requests.map(({ time }) => time))
  const rows = report.requests.map(({ requestId, time, source, line, excerpt }) => [
    [code(requestId)],
    [day === null ? formatTime(time) : formatClock(time)],
    [code(place(source, line))],
    [code(shortLine(mainLine(excerpt), RECORD_LIMIT))],
  ])
  const columns = left('Request id', 'Time', 'Where', 'Record')
  const caption = `Failed requests, oldest first${day === null ? '' : `; times of ${day}, UTC`}`
  const blocks = [{ kind: 'table', caption, columns, rows }] as const
  return { kind: 'section', id: 'requests', title: ['Request ids'], rank: 4, blocks }
}

const RECORD_LIMIT = 120

/** `2025-03-01` where all times are of one day. */
function onlyDay(times: readonly (Instant | null)[]): string | null {
  const [day, ...others] = [...new Set(times.map((time) => formatInstant(time)?.slice(0, 10) ?? null))]
  return others.length === 0 ? (day ?? null) : null
}

export function stack({ report }: Frame): Section | null {
  const { firstStack } = report
  if (firstStack === null) return null
  const place = formatLines(shortPath(report.analysis, firstStack.source), firstStack.line, firstStack.lineEnd)
  return {
    kind: 'section',
    id: 'stack',
    title: ['First error, complete'],
    rank: 3,
    blocks: [paragraph('As it stands in ', code(place), ':'), { kind: 'code', label: place, text: firstStack.text }],
  }
}
