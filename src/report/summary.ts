// The one JSON object that `analyze --json` prints (format 1): built from an analysis, nothing left to chance.
import {
  type Analysis,
  type Check,
  type Clock,
  type Evidence,
  type EvidenceRole,
  type Fields,
  type Finding,
  formatInstant,
  MILLISECOND,
  type Notice,
  type Place,
  type Remedy,
  type Role,
  type RuleSeverity,
  type SourceReport,
  type Unexplained,
} from '../model/index.ts'
import { type Ties, tiesOf } from './ties.ts'

export interface SummarySource {
  readonly path: string
  readonly reader: string
  readonly bytes: number
  readonly records: number
  readonly events: number
  readonly first: string | null
  readonly last: string | null
  readonly clock: { readonly zone: string | null; readonly quality: Clock['quality']; readonly offset_ms: number }
}

/** Where a quotation lies: lines for text, a packet number for captures, bytes for both. */
export interface SummaryPlace {
  readonly source: string
  readonly line: number | null
  readonly line_end: number | null
  readonly packet: number | null
  readonly offset: number
  readonly length: number
}

export interface SummaryEvidence extends SummaryPlace {
  readonly time: string | null
  readonly excerpt: string
  readonly role: EvidenceRole
}

export interface SummaryFinding {
  readonly id: string
  readonly cause: string
  readonly role: Role
  readonly confidence: number
  readonly severity: RuleSeverity
  readonly key: Fields
  readonly title: string
  readonly first: string | null
  readonly last: string | null
  readonly count: number
  readonly explained_by: readonly string[]
  readonly explains: readonly string[]
  readonly evidence: readonly SummaryEvidence[]
  readonly remedy: Remedy
}

export interface SummaryUnexplained {
  readonly template: string
  readonly count: number
  readonly first: string | null
  readonly last: string | null
  readonly example: SummaryPlace & { readonly excerpt: string }
}

export interface Summary {
  readonly format: 1
  readonly run: {
    readonly version: string
    readonly grammar: string
    readonly exit: number
    readonly duration_ms: number
  }
  readonly bundle: {
    readonly sha256: string
    readonly kinds: readonly string[]
    readonly sources: readonly SummarySource[]
  }
  readonly verdict: { readonly sentence: string; readonly root_causes: readonly string[] }
  readonly findings: readonly SummaryFinding[]
  readonly checks: readonly { readonly cause: string; readonly state: Check['state']; readonly examined: number }[]
  readonly problems: readonly Notice[]
  readonly unexplained: readonly SummaryUnexplained[]
}

/** What `analyze --json` prints. Only `run.duration_ms` may differ between equal runs. */
export function summarise(analysis: Analysis): Summary {
  const { run, conclusion } = analysis
  const ties = tiesOf(conclusion.links)
  return {
    format: 1,
    run: { version: run.version, grammar: run.grammar, exit: run.exit, duration_ms: run.durationMs },
    bundle: {
      sha256: analysis.bundle.sha256,
      kinds: analysis.bundle.kinds,
      sources: analysis.sources.map(summariseSource),
    },
    verdict: { sentence: conclusion.verdict.sentence, root_causes: conclusion.verdict.rootCauses },
    findings: conclusion.findings.map((finding) => summariseFinding(finding, ties, analysis)),
    checks: conclusion.checks.map(({ cause, state, examined }) => ({ cause, state, examined })),
    problems: analysis.problems.map(({ source, code, offset, detail }) => ({ source, code, offset, detail })),
    unexplained: conclusion.unexplained.map((message) => summariseUnexplained(message, analysis)),
  }
}

/** Path of the source with this index; an index that points nowhere shows as such instead of as nothing. */
export function pathOf(analysis: Analysis, source: number): string {
  return analysis.sources[source]?.path ?? `source ${source}`
}

export function summarisePlace(analysis: Analysis, source: number, place: Place): SummaryPlace {
  const lines =
    place.kind === 'line'
      ? { line: place.line, line_end: place.lineEnd, packet: null }
      : { line: null, line_end: null, packet: place.packet }
  return { source: pathOf(analysis, source), ...lines, offset: place.offset, length: place.length }
}

function summariseSource(source: SourceReport): SummarySource {
  const { path, reader, bytes, records, events, clock } = source
  return {
    path,
    reader,
    bytes,
    records,
    events,
    first: formatInstant(source.first),
    last: formatInstant(source.last),
    clock: { zone: clock.zone, quality: clock.quality, offset_ms: clock.offset / MILLISECOND },
  }
}

function summariseFinding(finding: Finding, ties: Ties, analysis: Analysis): SummaryFinding {
  return {
    id: finding.id,
    cause: finding.cause,
    role: finding.role,
    confidence: finding.confidence,
    severity: finding.severity,
    key: finding.key,
    title: finding.title,
    first: formatInstant(finding.first),
    last: formatInstant(finding.last),
    count: finding.count,
    explained_by: ties.causesOf(finding.id),
    explains: ties.effectsOf(finding.id),
    evidence: finding.evidence.map((evidence) => summariseEvidence(evidence, analysis)),
    remedy: finding.remedy,
  }
}

function summariseEvidence(evidence: Evidence, analysis: Analysis): SummaryEvidence {
  const { source, place, time, excerpt, role } = evidence
  return { ...summarisePlace(analysis, source, place), time: formatInstant(time), excerpt, role }
}

function summariseUnexplained(message: Unexplained, analysis: Analysis): SummaryUnexplained {
  const { template, count, first, last, example } = message
  const place = summarisePlace(analysis, example.source, example.place)
  return {
    template,
    count,
    first: formatInstant(first),
    last: formatInstant(last),
    example: { ...place, excerpt: example.excerpt },
  }
}
