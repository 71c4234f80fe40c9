// The full report as JSON: the summary without its running time, and all that only a report holds.
import {
  type ConnectionRow,
  type Evidence,
  type Finding,
  formatInstant,
  type MinuteRow,
  type Renderer,
  type Report,
  type StackTrace,
} from '../model/index.ts'
import { pathOf, type SummaryFinding, summarise } from './summary.ts'

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
    first_stack: stack(report.firstStack),
    connections: report.connections.map(({ source, ...row }) => {
      return { source: pathOf(analysis, source), ...connection(row) }
    }),
    versions: report.versions,
    minutes: analysis.minutes.map((row) => minute(row, pathOf(analysis, row.source))),
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

function stack(trace: StackTrace | null) {
  if (trace === null) return null
  const { source, line, lineEnd, text } = trace
  return { source, line, line_end: lineEnd, text }
}

/** Named as the columns of the store are (Zeek's names), but for durations: whole microseconds. */
function connection(row: ConnectionRow) {
  return {
    uid: row.uid,
    community_id: row.communityId,
    proto: row.proto,
    service: row.service,
    id_orig_h: row.origHost,
    id_orig_p: row.origPort,
    id_resp_h: row.respHost,
    id_resp_p: row.respPort,
    first: formatInstant(row.first),
    last: formatInstant(row.last),
    conn_state: row.connState,
    history: row.history,
    orig_pkts: row.origPackets,
    resp_pkts: row.respPackets,
    orig_bytes: row.origBytes,
    resp_bytes: row.respBytes,
    missed_bytes: row.missedBytes,
    handshake_rtt_us: row.handshakeRtt,
    connect_time_us: row.connectTime,
    ...oddities(row),
  }
}

function oddities(row: ConnectionRow) {
  return {
    retransmissions: row.retransmissions,
    fast_retransmissions: row.fastRetransmissions,
    spurious_retransmissions: row.spuriousRetransmissions,
    out_of_order: row.outOfOrder,
    duplicate_acks: row.duplicateAcks,
    lost_segments: row.lostSegments,
    acked_unseen: row.ackedUnseen,
    zero_windows: row.zeroWindows,
    zero_window_probes: row.zeroWindowProbes,
    window_fulls: row.windowFulls,
    keep_alives: row.keepAlives,
    port_reused: row.portReused,
    zero_window_time_us: row.zeroWindowTime,
  }
}

function minute({ time, lines, bySeverity, requests, status4xx, status5xx, p50, p99 }: MinuteRow, source: string) {
  return {
    source,
    time: formatInstant(time),
    lines,
    by_severity: bySeverity,
    requests,
    status_4xx: status4xx,
    status_5xx: status5xx,
    p50_us: p50,
    p99_us: p99,
  }
}
