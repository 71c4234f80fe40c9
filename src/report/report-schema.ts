// What `report --format json` looks like, as a schema that checks it and as the JSON Schema that is published.
import { z } from 'zod'
import { evidence, finding, natural, summarySchema, time } from './summary-schema.ts'

const quotation = evidence.extend({
  digest: natural.nullable().describe('CRC-32 of the quoted bytes; null where the quotation was redacted.'),
  signal: z.string(),
  request_id: z.string().nullable(),
  count: natural.describe('Events that this one stands for.'),
})

const figure = z.strictObject({
  name: z.string(),
  value: z.number(),
  unit: z
    .enum(['count', 'share', 'duration', 'per-second', 'bytes', 'ratio'])
    .describe('Durations are microseconds, shares 0 to 1.'),
})

const connection = z.strictObject({
  source: z.string(),
  uid: z.string(),
  community_id: z.string().describe('Empty where it was redacted.'),
  proto: z.enum(['tcp', 'udp', 'icmp', 'sctp']),
  service: z.string().nullable(),
  id_orig_h: z.string(),
  id_orig_p: natural,
  id_resp_h: z.string(),
  id_resp_p: natural,
  first: time,
  last: time,
  conn_state: z.string().describe('As Zeek says it: S0, SF, REJ, RSTO, …'),
  history: z.string(),
  orig_pkts: natural,
  resp_pkts: natural,
  orig_bytes: natural,
  resp_bytes: natural,
  missed_bytes: natural,
  handshake_rtt_us: natural.nullable(),
  connect_time_us: natural.nullable(),
  retransmissions: natural,
  fast_retransmissions: natural,
  spurious_retransmissions: natural,
  out_of_order: natural,
  duplicate_acks: natural,
  lost_segments: natural,
  acked_unseen: natural,
  zero_windows: natural,
  zero_window_probes: natural,
  window_fulls: natural,
  keep_alives: natural,
  port_reused: natural,
  zero_window_time_us: natural,
})

const { run, bundle, checks } = summarySchema.shape

export const reportSchema = summarySchema.extend({
  kind: z.literal('report'),
  run: run.omit({ duration_ms: true }).extend({ command: z.string() }),
  bundle: bundle.extend({ paths: z.array(z.string()).describe('As they were given, sorted.') }),
  findings: z.array(
    finding.extend({
      evidence: z.array(quotation),
      evidence_omitted: natural.describe('Pieces of evidence beyond those that were kept.'),
      figures: z.array(figure),
    }),
  ),
  checks: z.array(checks.element.extend({ open: z.string().nullable().describe('Why it stays open.') })),
  links: z.array(
    z.strictObject({ cause: z.string(), effect: z.string(), lag_us: z.int().nullable(), basis: z.string() }),
  ),
  requests: z.array(
    z.strictObject({
      request_id: z.string(),
      time,
      source: z.string(),
      line: z.int().min(1).nullable(),
      excerpt: z.string(),
    }),
  ),
  first_stack: z
    .strictObject({ source: z.string(), line: z.int().min(1), line_end: z.int().min(1), text: z.string() })
    .nullable()
    .describe('The complete text of the first error of the root cause.'),
  connections: z.array(connection),
  versions: z.array(z.strictObject({ name: z.string(), version: z.string(), source: z.string() })),
  minutes: z.array(
    z.strictObject({
      source: z.string(),
      time,
      lines: natural,
      by_severity: z.record(z.string(), natural),
      requests: natural,
      status_4xx: natural,
      status_5xx: natural,
      p50_us: z.number().nullable(),
      p99_us: z.number().nullable(),
    }),
  ),
  provenance: z.array(z.strictObject({ figure: z.string(), sql: z.string() })),
  redaction: z
    .strictObject({ profile: z.enum(['strict', 'internal', 'none']), counts: z.record(z.string(), natural) })
    .nullable(),
})

/** JSON Schema (draft 2020-12) of the report. */
export function reportJsonSchema(): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(reportSchema)
  return { $schema, title: 'faultline report --format json, format 1', ...rest }
}
