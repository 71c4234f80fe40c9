// Request ids and the complete first error stack: what support asks for first.
import { code, left, paragraph, type Section } from '../document.ts'
import type { Frame } from '../frame.ts'
import { formatLines, formatTime, shortPath } from '../wording.ts'

export function requests({ report }: Frame): Section | null {
  if (report.requests.length === 0) return null
  const place = (source: string, line: number | null) => {
    const path = shortPath(report.analysis, source)
    return line === null ? path : formatLines(path, line, line)
  }
  const rows = report.requests.map(({ requestId, time, source, line, excerpt }) => [
    [code(requestId)],
    [formatTime(time)],
    [code(place(source, line))],
    [code(excerpt.length > 160 ? `${excerpt.slice(0, 160)}…` : excerpt)],
  ])
  const columns = left('Request id', 'Time', 'Where', 'Record')
  const caption = 'Failed requests, oldest first'
  const blocks = [{ kind: 'table', caption, columns, rows }] as const
  return { kind: 'section', id: 'requests', title: ['Request ids'], rank: 4, blocks }
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
