// Versions of components found in the bundle, and messages that no rule explains.
import { code, left, paragraph, right, type Section } from '../document.ts'
import type { Frame } from '../frame.ts'
import { formatCount, formatPlace, formatTime, shortPath } from '../wording.ts'

const UNEXPLAINED_LIMIT = 15

export function versions({ report }: Frame): Section | null {
  if (report.versions.length === 0) return null
  const rows = report.versions.map(({ name, version, source }) => [
    [name],
    [code(version)],
    [code(shortPath(report.analysis, source))],
  ])
  const columns = left('Component', 'Version', 'Where')
  const blocks = [{ kind: 'table', caption: 'Versions found in the bundle', columns, rows }] as const
  return { kind: 'section', id: 'versions', title: ['Versions'], rank: 8, blocks }
}

export function unexplained({ report }: Frame): Section | null {
  const all = report.analysis.conclusion.unexplained
  if (all.length === 0) return null
  const rows = all
    .slice(0, UNEXPLAINED_LIMIT)
    .map(({ template, count, first, example }) => [
      [formatCount(count)],
      [formatTime(first)],
      [code(formatPlace(report.analysis, example.source, example.place))],
      [code(template)],
    ])
  const columns = [...right('Count'), ...left('First', 'Example', 'Message')]
  const caption = 'Frequent error messages that no rule explains'
  const blocks = [
    paragraph('Not causes: what the rules leave over, for whoever looks further.'),
    { kind: 'table', caption, columns, rows } as const,
  ]
  return { kind: 'section', id: 'unexplained', title: ['Unexplained messages'], rank: 8, blocks }
}
