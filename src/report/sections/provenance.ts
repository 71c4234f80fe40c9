// Provenance: which bundle, which program, which sources were read how, and the SQL behind each number.
import { type Analysis, type Instant, MILLISECOND, SECOND, type SourceReport } from '../../model/index.ts'
import { type Block, code, type Inline, left, right, type Section } from '../document.ts'
import type { Frame } from '../frame.ts'
import { formatBytes, formatCount, formatShare, formatSpan, shortPath } from '../wording.ts'

const SOURCE_LIMIT = 200

export function provenance({ report }: Frame): Section {
  const blocks = [runFacts(report), sourceTable(report.analysis), sqlBlock(report)].filter((block) => block !== null)
  return { kind: 'section', id: 'provenance', title: ['Provenance'], rank: 9, blocks }
}

function runFacts({ analysis }: Frame['report']): Block {
  const { run, bundle } = analysis
  const rows: [string, Inline][] = [
    ['Bundle', [code(bundle.paths.join(', '))]],
    ...(bundle.kinds.length === 0 ? [] : [['Kind', [bundle.kinds.join(', ')]] satisfies [string, Inline]]),
    ['SHA-256', [code(bundle.sha256)]],
    ['faultline', [run.version]],
    ['Rules', [run.grammar]],
    ['Command', [code(run.command)]],
  ]
  return { kind: 'facts', rows }
}

function sourceTable(analysis: Analysis): Block | null {
  const { sources } = analysis
  if (sources.length === 0) return null
  const columns = [...left('Source', 'Read as'), ...right('Size', 'Records', 'Understood'), ...left('Times', 'Clock')]
  const caption =
    sources.length > SOURCE_LIMIT ? `The first ${SOURCE_LIMIT} of ${formatCount(sources.length)} sources` : 'Sources'
  return {
    kind: 'table',
    caption,
    columns,
    rows: sources.slice(0, SOURCE_LIMIT).map((source) => sourceCells(source, analysis)),
  }
}

function sourceCells(source: SourceReport, analysis: Analysis): Inline[] {
  const { zone, quality, offset } = source.clock
  const shift = offset === 0 ? '' : `, ${offset > 0 ? '+' : ''}${offset / MILLISECOND} ms`
  return [
    [code(shortPath(analysis, source.path))],
    [source.reader],
    [formatBytes(source.bytes)],
    [formatCount(source.records)],
    [formatShare(source.coverage)],
    [source.first === null ? '–' : formatSpan(toSecond(source.first), toSecond(source.last ?? source.first))],
    [`${zone ?? 'no zone'} (${quality})${shift}`],
  ]
}

function toSecond(time: Instant): Instant {
  return time - (time % SECOND)
}

function sqlBlock({ provenance: figures }: Frame['report']): Block | null {
  if (figures.length === 0) return null
  const text = figures.map(({ figure, sql }) => `-- ${figure.replaceAll('\n', ' ')}\n${sql.trim().replace(/;?$/, ';')}`)
  return { kind: 'code', label: 'SQL for every number: faultline query', text: text.join('\n\n') }
}
