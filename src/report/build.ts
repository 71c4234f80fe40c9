// The order of a report: verdict first, then section by section as support reads it.
import { type Finding, formatDuration, type Report, SECOND } from '../model/index.ts'
import { type Document, type Headline, type Section, severityTone, type Tone } from './document.ts'
import { type Frame, frameOf } from './frame.ts'
import { chain } from './sections/chain.ts'
import { checks, ofState } from './sections/checks.ts'
import { connection } from './sections/connection.ts'
import { findings } from './sections/findings.ts'
import { impact } from './sections/impact.ts'
import { provenance } from './sections/provenance.ts'
import { redactionNote } from './sections/redaction-note.ts'
import { remedies } from './sections/remedies.ts'
import { requests, stack } from './sections/requests.ts'
import { timeline } from './sections/timeline.ts'
import { unread } from './sections/unread.ts'
import { unexplained, versions } from './sections/versions.ts'
import { countOf, formatCount, formatShare, formatTime } from './wording.ts'

const SECTIONS: readonly ((frame: Frame) => Section | null)[] = [
  impact,
  chain,
  timeline,
  findings,
  connection,
  requests,
  stack,
  versions,
  remedies,
  checks,
  unread,
  unexplained,
  provenance,
  redactionNote,
]

/** The whole report as a document, not yet in any format. */
export function buildDocument(report: Report): Document {
  const frame = frameOf(report)
  return {
    ...buildHead(frame),
    sections: SECTIONS.map((section) => section(frame)).filter((section) => section !== null),
  }
}

/** What stands above the sections. */
export function buildHead(frame: Frame): Document {
  const { report } = frame
  const { verdict } = report.analysis.conclusion
  const { paths } = report.analysis.bundle
  return {
    title: 'Incident report',
    subtitle: paths.join(', '),
    tone: toneOf(frame),
    verdict: [verdict.sentence],
    headlines: headlines(frame),
    sections: [],
  }
}

function toneOf({ roots, report }: Frame): Tone {
  const [root] = roots
  if (root !== undefined) return severityTone(root.severity)
  return report.analysis.conclusion.findings.length > 0 ? 'warning' : 'good'
}

function headlines(frame: Frame): Headline[] {
  const [root] = frame.roots
  const all = [rootHeadline(root), windowHeadline(frame), failureHeadline(frame), cleanHeadline(frame)]
  return all.filter((headline) => headline !== null)
}

function rootHeadline(root: Finding | undefined): Headline | null {
  if (root === undefined) return null
  const note = `${root.severity}, confidence ${formatShare(root.confidence)}`
  return { label: 'Root cause', value: root.cause, note, tone: severityTone(root.severity) }
}

function windowHeadline({ window }: Frame): Headline | null {
  if (window === null) return null
  const value = formatDuration(window[1] - window[0])
  return {
    label: 'Incident lasted',
    value,
    note: `from ${formatTime(window[0] - (window[0] % SECOND))}`,
    tone: 'neutral',
  }
}

function failureHeadline({ traffic, window }: Frame): Headline | null {
  if (traffic === null || window === null || traffic.during.total === 0) return null
  const { before, during, counted } = traffic
  const label = counted === 'requests' ? 'Requests answered 5xx' : 'Lines with errors'
  const value = formatShare(during.failed / during.total)
  const past = before.total === 0 ? '' : `, ${formatShare(before.failed / before.total)} before`
  const note = `${formatCount(during.failed)} of ${formatCount(during.total)}${past}`
  return { label, value, note, tone: during.failed > 0 ? 'serious' : 'neutral' }
}

function cleanHeadline({ report }: Frame): Headline | null {
  const all = report.analysis.conclusion.checks
  const clean = ofState(all, 'clean').length
  if (all.length === 0) return null
  const problems = report.analysis.problems.length
  const input = problems === 0 ? 'all input was read' : `${countOf(problems, 'note')} about the input`
  return { label: 'Ruled out', value: `${clean} of ${all.length}`, note: `known causes; ${input}`, tone: 'good' }
}
