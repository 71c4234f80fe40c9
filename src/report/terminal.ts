// What `analyze` prints when it is done: verdict, chain, the best evidence, what is clean, what could not be read.
import type { Report } from '../model/index.ts'
import { buildHead } from './build.ts'
import { type Block, code, type Document, paragraph, type Section } from './document.ts'
import { legible, shortLine } from './excerpt.ts'
import { type Frame, frameOf } from './frame.ts'
import { andKin, standing } from './kin.ts'
import { chain } from './sections/chain.ts'
import { families, ofState } from './sections/checks.ts'
import { quotation, roleWord } from './sections/findings.ts'
import { remedies } from './sections/remedies.ts'
import { captions, timelineFigure } from './sections/timeline.ts'
import { unread } from './sections/unread.ts'
import { sparkline } from './sparkline.ts'
import { type Sheet, writeText } from './text.ts'
import { countOf, formatBytes, formatCount, formatShare } from './wording.ts'

/** Quotations shown for a finding; the report has more, the store all. */
const EVIDENCE_LIMITS = { root: 3, symptom: 1, suspect: 1 } as const
const FINDING_LIMIT = 6
const LINE_LIMIT = 4
const CHARACTER_LIMIT = 240
/** Buckets below which bars say nothing. */
const PULSE_LEAST = 8
const PULSE_WIDTH = 76

/** A summary of the report for a person at a terminal. */
export function renderTerminal(report: Report, options: Sheet): string {
  const frame = frameOf(report)
  const parts = [pulse(frame), chain(frame), evidence(frame), whatNow(frame), clean(frame), unread(frame)]
  const sections = parts.filter((part) => part !== null)
  return writeText({ ...head(frame), sections }, options)
}

function head(frame: Frame): Document {
  const { report } = frame
  const { run, sources } = report.analysis
  const bytes = sources.reduce((sum, source) => sum + source.bytes, 0)
  const records = sources.reduce((sum, source) => sum + source.records, 0)
  const read = `${countOf(sources.length, 'source')}, ${formatBytes(bytes)}, ${countOf(records, 'record')}`
  return { ...buildHead(frame), title: `faultline ${run.version}`, subtitle: `rules ${run.grammar}; ${read}` }
}

function evidence({ report }: Frame): Section | null {
  const { findings } = report.analysis.conclusion
  if (findings.length === 0) return null
  const shown = standing(findings).slice(0, FINDING_LIMIT)
  const blocks = shown.map((stand): Section => {
    const { finding } = stand
    const items = finding.evidence
      .slice(0, EVIDENCE_LIMITS[finding.role])
      .map((one) => ({ ...quotation(one, report.analysis), excerpt: shorten(one.excerpt) }))
    const omitted = finding.evidenceOmitted + finding.evidence.length - items.length
    const title = [code(finding.cause), ` (${roleWord(finding)}, ${formatShare(finding.confidence)})${andKin(stand)}`]
    return {
      kind: 'section',
      id: finding.id,
      title,
      rank: 1,
      blocks: [{ kind: 'evidence', label: '', items, omitted, fold: 'open' }],
    }
  })
  const more = findings.length - shown.reduce((sum, { kin }) => sum + 1 + kin.length, 0)
  const rest: Block[] = more > 0 ? [paragraph(`… and ${countOf(more, 'finding')} more, in the report`)] : []
  return { kind: 'section', id: 'evidence', title: ['Evidence'], rank: 1, blocks: [...blocks, ...rest] }
}

function shorten(excerpt: string): string {
  const lines = legible(excerpt, LINE_LIMIT).split('\n')
  return lines.map((line) => shortLine(line, CHARACTER_LIMIT)).join('\n')
}

/** The traffic at a glance. */
function pulse(frame: Frame): Section | null {
  const figure = timelineFigure(frame)
  if (figure === null || figure.buckets.length < PULSE_LEAST) return null
  const { title } = captions(figure)
  const text = sparkline(figure, PULSE_WIDTH)
  return { kind: 'section', id: 'pulse', title: [title], rank: 1, blocks: [{ kind: 'code', label: title, text }] }
}

/** The first horizon only: the others are in the report. */
function whatNow(frame: Frame): Section | null {
  const all = remedies(frame)
  const now = all?.blocks.find((block) => block.kind === 'section' && block.id === 'do-now')
  return now?.kind === 'section' ? { ...now, title: ['What to do now'] } : null
}

function clean({ report }: Frame): Section | null {
  const { checks } = report.analysis.conclusion
  if (checks.length === 0) return null
  const found = ofState(checks, 'clean')
  const names = [...families(found)].map(([family, members]) => `${family} ${formatCount(members.length)}`)
  const [open, without] = [ofState(checks, 'open'), ofState(checks, 'no-data')]
  const blocks = [
    paragraph(
      `${countOf(found.length, 'cause')} looked for and not found${names.length > 0 ? `: ${names.join(', ')}` : ''}.`,
    ),
    ...open.map(({ cause, open: why }) =>
      paragraph('Open: ', code(cause), `: ${why ?? 'not observable in this bundle'}`),
    ),
    ...(without.length > 0 ? [paragraph(`No data to look at for ${countOf(without.length, 'cause')}.`)] : []),
  ]
  return { kind: 'section', id: 'clean', title: ['Looked at and clean'], rank: 1, blocks }
}
