// The comment for a ticket: what support needs first of a report, short enough for the smallest system.
import type { Provenance, Report } from '../model/index.ts'
import { isLoss } from '../model/index.ts'
import { writeAdf } from './adf.ts'
import { buildDocument } from './build.ts'
import { type Block, code, type Document, type Inline, paragraph, type Section } from './document.ts'
import { fit } from './fit.ts'
import { type Frame, frameOf } from './frame.ts'
import { note } from './html/note.ts'
import { writeJiraWiki } from './jira-wiki.ts'
import { andKin, standing } from './kin.ts'
import { writeMarkdown } from './markdown.ts'
import { chain } from './sections/chain.ts'
import { families, ofState } from './sections/checks.ts'
import { impact } from './sections/impact.ts'
import { ownerOf, statement } from './sections/provenance.ts'
import { remedies } from './sections/remedies.ts'
import { writeText } from './text.ts'
import { countOf, formatCount, formatLines, formatTime, shortPath } from './wording.ts'

/** How a ticket system writes its comments. */
export type CommentFlavour = 'adf' | 'jira-wiki' | 'markdown' | 'html' | 'text'

export interface CommentOptions {
  readonly flavour: CommentFlavour
  /** Bytes after conversion; whole blocks are left out beyond it. */
  readonly maxBytes: number
  /** Names of the files that go with it. */
  readonly files: readonly string[]
}

const WRITERS: Readonly<Record<CommentFlavour, (document: Document) => string>> = {
  adf: writeAdf,
  'jira-wiki': writeJiraWiki,
  markdown: writeMarkdown,
  html: note,
  text: (document) => writeText(document, { width: 100, color: 'never' }),
}

/** @throws FaultlineError `max-bytes` where not even the verdict fits */
export function renderComment(report: Report, { flavour, maxBytes, files }: CommentOptions): string {
  return fit(buildComment(report, files), maxBytes, WRITERS[flavour])
}

const CHAIN_LIMIT = 6
const UNREAD_LIMIT = 20
/** Characters of a stack; longer ones lose whole lines. */
const STACK_LIMIT = 8_000

/** Verdict, window, chain, request ids, stack, versions, steps, what was clean and unread, provenance, redaction. */
export function buildComment(report: Report, files: readonly string[]): Document {
  const frame = frameOf(report)
  const { title, subtitle, tone, verdict, headlines } = buildDocument(report)
  const all = [
    impact(frame),
    links(frame),
    requests(frame),
    stack(frame),
    versions(frame),
    remedies(frame),
    clean(frame),
    unread(frame),
    provenance(frame, files),
    sql(frame),
    redaction(frame),
  ]
  const sections = all.filter((section) => section !== null)
  return { title: `${title} (faultline)`, subtitle, tone, verdict, headlines, sections }
}

function part(id: string, rank: number, title: string, blocks: readonly Block[]): Section | null {
  return blocks.length === 0 ? null : { kind: 'section', id, title: [title], rank, blocks }
}

/** The chain as steps; the drawing stands in the attached report. */
function links(frame: Frame): Section | null {
  const steps = chain(frame)?.blocks.flatMap((block) => (block.kind === 'list' ? block.items : [])) ?? []
  if (steps.length === 0) return null
  const more = steps.length - CHAIN_LIMIT
  const rest = more > 0 ? [paragraph(`… and ${countOf(more, 'more consequence')}, in the attached report.`)] : []
  return part('chain', 1, 'Causal chain', [
    { kind: 'list', style: 'numbers', items: steps.slice(0, CHAIN_LIMIT) },
    ...rest,
  ])
}

function requests({ report, roots }: Frame): Section | null {
  const ids = report.requests.map(({ requestId, time, source, line }): Inline => {
    const path = shortPath(report.analysis, source)
    return [code(requestId), ` (${formatTime(time)}) `, code(line === null ? path : formatLines(path, line, line))]
  })
  const where = standing(roots).map((stand): Inline => {
    const { cause, key } = stand.finding
    const named = Object.entries(key).filter(([, value]) => value !== null)
    return named.length === 0
      ? []
      : [code(cause), ...named.flatMap(([name, value]) => [`, ${name} `, code(String(value))]), andKin(stand)]
  })
  const places = where.filter((one) => one.length > 0)
  const blocks: Block[] = []
  if (places.length > 0) blocks.push({ kind: 'list', style: 'bullets', items: places })
  if (ids.length > 0) blocks.push(paragraph('Failed requests, oldest first:'), bullets(ids))
  return part('requests', 3, ids.length > 0 ? 'Where, and request ids' : 'Where', blocks)
}

function bullets(items: readonly Inline[]): Block {
  return { kind: 'list', style: 'bullets', items }
}

function stack({ report }: Frame): Section | null {
  const { firstStack } = report
  if (firstStack === null) return null
  const place = formatLines(shortPath(report.analysis, firstStack.source), firstStack.line, firstStack.lineEnd)
  return part('stack', 2, 'First error, complete', [
    paragraph('As it stands in ', code(place), ':'),
    { kind: 'code', label: place, text: wholeLines(firstStack.text) },
  ])
}

function wholeLines(text: string): string {
  if (text.length <= STACK_LIMIT) return text
  const end = text.lastIndexOf('\n', STACK_LIMIT)
  const kept = end < 0 ? '' : text.slice(0, end)
  const left = text.slice(kept.length).split('\n').length - (end < 0 ? 0 : 1)
  return `${kept}\n… and ${countOf(left, 'more line')}, in the attached report`.trimStart()
}

function versions({ report }: Frame): Section | null {
  const items = report.versions.map(({ name, version, source }): Inline => {
    return [`${name} `, code(version), ' in ', code(shortPath(report.analysis, source))]
  })
  return part('versions', 5, 'Versions', items.length === 0 ? [] : [bullets(items)])
}

/** One line: which causes were looked for and not found. */
function clean({ report }: Frame): Section | null {
  const { checks } = report.analysis.conclusion
  const [found, open, without] = [ofState(checks, 'clean'), ofState(checks, 'open'), ofState(checks, 'no-data')]
  const names = [...families(found)].map(([family, members]) => {
    return `${family} (${members.map(({ cause }) => cause.slice(family.length + 1)).join(', ')})`
  })
  const blocks: Block[] = []
  if (found.length > 0)
    blocks.push(paragraph(`${countOf(found.length, 'cause')} looked for and not found: ${names.join('; ')}.`))
  if (open.length > 0)
    blocks.push(
      paragraph(
        'Open, because not observable in this bundle: ',
        open.map(({ cause, open: why }) => `${cause}${why === null ? '' : ` (${why})`}`).join('; '),
        '.',
      ),
    )
  if (without.length > 0) blocks.push(paragraph(`No data to look at for ${countOf(without.length, 'cause')}.`))
  return part('clean', 4, 'Looked at and found clean', blocks)
}

function unread({ report }: Frame): Section | null {
  const lost = report.analysis.problems.filter(isLoss)
  if (lost.length === 0) return part('unread', 1, 'Could not be read', [paragraph('All input was read.')])
  const items = lost
    .slice(0, UNREAD_LIMIT)
    .map(({ source, detail }): Inline => [code(shortPath(report.analysis, source)), `: ${detail}`])
  const more = lost.length - items.length
  const rest = more > 0 ? [paragraph(`… and ${formatCount(more)} more.`)] : []
  return part('unread', 1, 'Could not be read', [bullets(items), ...rest])
}

function provenance({ report }: Frame, files: readonly string[]): Section | null {
  const { run, bundle } = report.analysis
  const rows: [string, Inline][] = [
    ['Bundle', [code(bundle.paths.join(', '))]],
    ['SHA-256', [code(bundle.sha256)]],
    ['Made by', [`faultline ${run.version}, rules ${run.grammar}`]],
  ]
  if (files.length > 0) rows.push(['Full report', [code(files.join(', '))]])
  return part('provenance', 1, 'Provenance', [{ kind: 'facts', rows }])
}

/** Of the numbers that stand in the comment; those of single consequences are in the attached report. */
function sql({ report, roots }: Frame): Section | null {
  const owner = ownerOf(report.analysis.conclusion.findings)
  const told = new Set(standing(roots).map(({ finding }) => finding))
  const isSaid = (one: Provenance) => {
    const finding = owner(one)
    return finding === null || (told.has(finding) && /: (?:events|confidence)$/.test(one.figure))
  }
  const lines = report.provenance.filter(isSaid).map(statement)
  const blocks: Block[] = lines.length === 0 ? [] : [{ kind: 'code', label: 'SQL', text: lines.join('\n') }]
  return part('sql', 9, 'SQL for the numbers: faultline query', blocks)
}

function redaction({ report }: Frame): Section | null {
  const { redaction: said } = report
  if (said === undefined || said.profile === 'none')
    return part('redaction', 0, 'Redaction', [
      { kind: 'callout', tone: 'warning', text: ['Not redacted: this comment quotes the bundle as it is.'] },
    ])
  const counts = Object.entries(said.counts)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, count]) => `${name} ${formatCount(count)}`)
  const taken = counts.length === 0 ? 'nothing had to be taken out' : `taken out: ${counts.join(', ')}`
  return part('redaction', 0, 'Redaction', [
    paragraph(`Profile ${said.profile}; ${taken}. The key and the mapping stay where the bundle is.`),
  ])
}
