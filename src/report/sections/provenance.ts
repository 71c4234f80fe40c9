// Provenance: which bundle, which program, which sources were read how, and the SQL behind each number.
import {
  type Analysis,
  type Finding,
  type Instant,
  MILLISECOND,
  type Provenance,
  SECOND,
  type SourceReport,
} from '../../model/index.ts'
import { type Block, code, type Inline, left, right, type Section } from '../document.ts'
import type { Frame } from '../frame.ts'
import { sharesOf } from '../kin.ts'
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

function sqlBlock({ provenance, analysis }: Frame['report']): Block | null {
  const { findings } = analysis.conclusion
  const told = provenance.filter(isTold(findings))
  if (told.length === 0) return null
  return { kind: 'code', label: 'SQL for every number: faultline query', text: told.map(statement).join('\n\n') }
}

/** Whether a figure is of the bundle or of a finding told in full. Findings of one title state theirs in their order. */
function isTold(findings: readonly Finding[]): (figure: Provenance) => boolean {
  const owner = ownerOf(findings)
  const full = Map.groupBy(sharesOf(findings).full, ({ title }) => title)
  const stated = new Map<string, number>()
  return (one) => {
    const finding = owner(one)
    if (finding === null) return true
    const before = stated.get(one.figure) ?? 0
    stated.set(one.figure, before + 1)
    return before < (full.get(finding.title)?.length ?? 0)
  }
}

/** The first of the findings with the title that a figure begins with; null where it is the bundle's. */
export function ownerOf(findings: readonly Finding[]): (figure: Provenance) => Finding | null {
  const byTitle = new Map(findings.toReversed().map((finding) => [finding.title, finding]))
  return ({ figure }) => byTitle.get(figure.slice(0, Math.max(0, figure.lastIndexOf(': ')))) ?? null
}

/** With what it gives before it. */
export function statement({ figure, sql }: Provenance): string {
  return `-- ${figure.replaceAll('\n', ' ')}\n${sql.trim().replace(/;?$/, ';')}`
}
