// Findings: each with why it is held, its figures, its quotations and what speaks against it.
import type { Analysis, Evidence, Figure, Finding, FindingLink } from '../../model/index.ts'
import {
  type Block,
  code,
  type Inline,
  mark,
  paragraph,
  type Quotation,
  type Section,
  severityTone,
} from '../document.ts'
import { legible } from '../excerpt.ts'
import type { Frame } from '../frame.ts'
import { linker, listId, sharesOf } from '../kin.ts'
import {
  countOf,
  formatClock,
  formatCount,
  formatFigure,
  formatShare,
  formatSpan,
  placeOf,
  shortPath,
  timesOf,
} from '../wording.ts'

/** Lines of a list of findings, and causes named in a sentence. */
const LIST_LIMIT = 200
const NAMED_LIMIT = 10

export function findings({ report }: Frame): Section | null {
  const { analysis } = report
  const all = analysis.conclusion.findings
  if (all.length === 0) return null
  const reasons = reasonsOf(analysis)
  const { full, listed } = sharesOf(all)
  const jump = linker(all)
  const told = full.map((finding, at) =>
    findingSection({ finding, at, analysis, reasons: reasons.get(finding.id) ?? [], jump }),
  )
  const blocks = [...told, ...listed.map((kind) => listSection(kind, analysis))]
  return { kind: 'section', id: 'findings', title: ['Findings'], rank: 3, blocks }
}

function listSection(kind: readonly [Finding, ...Finding[]], analysis: Analysis): Section {
  const columns = [
    { name: 'Where', align: 'left' },
    { name: 'Seen', align: 'left' },
    { name: 'Times', align: 'right' },
  ] as const
  const rows = kind
    .slice(0, LIST_LIMIT)
    .map((finding) => [
      whereOf(finding, analysis) ?? [finding.title],
      [formatSpan(finding.first, finding.last)],
      [formatCount(finding.count)],
    ])
  const omitted = kind.length - rows.length
  const caption = `${formatCount(kind.length)} more findings of this cause`
  return {
    kind: 'section',
    id: listId(kind[0]),
    title: [mark(roleTone(kind[0]), roleWord(kind[0])), ' ', code(kind[0].cause), `: ${caption}`],
    rank: 6,
    blocks: [
      { kind: 'table', caption, columns, rows },
      ...(omitted === 0 ? [] : [paragraph(`… and ${formatCount(omitted)} more, in the store.`)]),
    ],
  }
}

interface Found {
  readonly finding: Finding
  /** Its place in the order of likelihood. */
  readonly at: number
  readonly analysis: Analysis
  readonly reasons: readonly Reason[]
  readonly jump: ReturnType<typeof linker>
}

function findingSection({ finding, at, analysis, reasons, jump }: Found): Section {
  const blocks: (Block | null)[] = [
    { kind: 'facts', rows: factRows(finding, analysis) },
    evidenceBlock(finding, analysis, 'What shows it'),
    counterBlock(finding, analysis),
    ...explanations(reasons, jump),
  ]
  return {
    kind: 'section',
    id: `finding-${finding.id}`,
    title: [mark(roleTone(finding), roleWord(finding)), ' ', finding.title],
    rank: at < 3 ? 4 : 6,
    blocks: blocks.filter((block) => block !== null),
  }
}

interface Reason extends FindingLink {
  /** The cause of the finding that explains. */
  readonly cause: string
}

/** Links by the finding that they explain. */
function reasonsOf({ conclusion }: Analysis): ReadonlyMap<string, readonly Reason[]> {
  const causes = new Map(conclusion.findings.map(({ id, cause }) => [id, cause]))
  const reasons = conclusion.links.map((one) => ({ ...one, cause: causes.get(one.causeFinding) ?? one.causeFinding }))
  return Map.groupBy(reasons, ({ effectFinding }) => effectFinding)
}

/** One sentence for each reason: `Explained by a, b (within 1 min).` */
function explanations(reasons: readonly Reason[], jump: Found['jump']): Block[] {
  return [...Map.groupBy(reasons, ({ basis: reason }) => reason)].map(([reason, same]) => {
    const named = same.slice(0, NAMED_LIMIT)
    const causes = named.flatMap(({ causeFinding, cause }, at) => [at === 0 ? '' : ', ', jump(causeFinding, cause)])
    const others = same.length - named.length
    const more = others === 0 ? '' : ` and ${formatCount(others)} more`
    return paragraph('Explained by ', ...causes.filter((span) => span !== ''), `${more} (${reason}).`)
  })
}

export function roleWord({ role }: Finding): string {
  return role === 'root' ? 'root cause' : role
}

function roleTone(finding: Finding) {
  return finding.role === 'root' ? severityTone(finding.severity) : 'neutral'
}

function factRows(finding: Finding, analysis: Analysis): [string, Inline][] {
  const { cause, severity, confidence, first, last, count, figures } = finding
  const rows: [string, Inline][] = [
    ['Cause', [code(cause), ' ', mark(severityTone(severity), severity)]],
    ['Confidence', [formatShare(confidence) + basis(finding)]],
    ['Seen', [`${formatSpan(first, last)}, ${timesOf(count)}`]],
  ]
  const where = whereOf(finding, analysis)
  if (where !== null) rows.push(['Where', where])
  rows.push(...figureRows(figures))
  const open = analysis.conclusion.checks.find((check) => check.cause === cause)?.open ?? null
  if (open !== null) rows.push(['Open question', [open]])
  return rows
}

function whereOf(finding: Finding, analysis: Analysis): Inline | null {
  const key = Object.entries(finding.key).filter(([, value]) => value !== null)
  if (key.length === 0) return null
  return key.flatMap(([name, value], at) => [at ? ', ' : '', `${name} `, code(shownKey(name, value, analysis))])
}

/** A source is written as it is everywhere. */
function shownKey(name: string, value: unknown, analysis: Analysis): string {
  return name === 'source' ? shortPath(analysis, String(value)) : String(value)
}

/** A number and what it was before stand together: `60 %, before 0 %`. */
function figureRows(figures: readonly Figure[]): [string, Inline][] {
  const names = new Set(figures.map(({ name }) => name))
  return figures
    .filter(({ name }) => nowOf(name) === name || !names.has(nowOf(name)))
    .map((figure) => {
      const past = figures.find(({ name }) => name !== figure.name && nowOf(name) === figure.name)
      const name = figure.name.replaceAll('_', ' ')
      const value = formatFigure(figure) + (past === undefined ? '' : `, before ${formatFigure(past)}`)
      return [name.charAt(0).toUpperCase() + name.slice(1), [value]]
    })
}

/** `p99 of requests` for `p99 of requests before`. */
function nowOf(name: string): string {
  return name.replace(/ before\b/, '')
}

function basis({ evidence }: Finding): string {
  const sources = new Set(evidence.filter(({ role }) => role !== 'counter').map(({ source }) => source)).size
  return sources === 0 ? '' : `, from ${countOf(sources, 'source')}`
}

function evidenceBlock(finding: Finding, analysis: Analysis, label: string): Block | null {
  const items = finding.evidence
    .filter(({ role }) => role !== 'counter')
    .map((evidence) => quotation(evidence, analysis))
  if (items.length === 0 && finding.evidenceOmitted === 0) return null
  return {
    kind: 'evidence',
    label,
    items,
    omitted: finding.evidenceOmitted,
    fold: finding.role === 'root' ? 'open' : 'closed',
  }
}

function counterBlock(finding: Finding, analysis: Analysis): Block | null {
  const items = finding.evidence
    .filter(({ role }) => role === 'counter')
    .map((evidence) => quotation(evidence, analysis))
  return items.length === 0
    ? null
    : { kind: 'evidence', label: 'What speaks against it', items, omitted: 0, fold: 'closed' }
}

export function quotation(evidence: Evidence, analysis: Analysis): Quotation {
  const { excerpt, count, signal, role } = evidence
  const time = evidence.time === null ? null : formatClock(evidence.time)
  return {
    place: placeOf(analysis, evidence),
    time,
    excerpt: legible(excerpt),
    role: role === 'context' ? `${signal}, context` : signal,
    count,
  }
}
