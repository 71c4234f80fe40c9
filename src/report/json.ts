// The full report as JSON: the summary without its running time, and all that only a report holds.
import {
  type Evidence,
  type Finding,
  formatInstant,
  type MinuteRow,
  type Renderer,
  type Report,
} from '../model/index.ts'
import { type SummaryFinding, summarise } from './summary.ts'

export const json: Renderer = {
  format: 'json',
  suffix: 'json',
  render: (report) => `${JSON.stringify(fullReport(report), null, 2)}\n`,
}

function fullReport(report: Report): Record<string, unknown> {
  const { analysis } = report
  const { run, bundle, findings, checks, ...summary } = summarise(analysis)
  const { version, grammar, exit } = run
  return {
    ...summary,
    kind: 'report',
    run: { version, grammar, exit, command: analysis.run.command },
    bundle: { ...bundle, paths: analysis.bundle.paths },
    findings: findings.map((finding, at) => ({
      ...finding,
      ...beyondSummary(finding, analysis.conclusion.findings[at]),
    })),
    links: analysis.conclusion.links.map(({ causeFinding, effectFinding, lag, basis }) => {
      return { cause: causeFinding, effect: effectFinding, lag_us: lag, basis }
    }),
    checks: checks.map((check, at) => ({ ...check, open: analysis.conclusion.checks[at]?.open ?? null })),
    requests: report.requests.map(({ requestId, time, ...rest }) => ({
      request_id: requestId,
      time: formatInstant(time),
      ...rest,
    })),
    first_stack: report.firstStack,
    connections: report.connections.map(({ first, last, ...row }) => {
      return { ...row, first: formatInstant(first), last: formatInstant(last) }
    }),
    versions: report.versions,
    minutes: analysis.minutes.map(minute),
    provenance: report.provenance,
    redaction: report.redaction ?? null,
  }
}

function beyondSummary(summary: SummaryFinding, finding: Finding | undefined): Record<string, unknown> {
  if (finding === undefined) return {}
  return {
    evidence: summary.evidence.map((quoted, at) => ({ ...quoted, ...proof(finding.evidence[at]) })),
    evidence_omitted: finding.evidenceOmitted,
    figures: finding.figures,
  }
}

function proof(evidence: Evidence | undefined) {
  if (evidence === undefined) return {}
  const { place, signal, requestId, count } = evidence
  // A redacted quotation has no digest: a checksum of the original would let short secrets be guessed.
  return { digest: place.digest === 0 ? null : place.digest, signal, request_id: requestId, count }
}

function minute({ source, time, lines, bySeverity, requests, status4xx, status5xx, p50, p99 }: MinuteRow) {
  return {
    source,
    time: formatInstant(time),
    lines,
    by_severity: bySeverity,
    requests,
    status4xx,
    status5xx,
    p50_us: p50,
    p99_us: p99,
  }
}
