// What the JSON of `analyze --json` looks like, as a schema that checks it and as the JSON Schema that is published.
import { z } from 'zod'
import type { Summary } from './summary.ts'

export const time = z.iso.datetime().nullable()
export const natural = z.int().min(0)
const place = {
  source: z.string(),
  line: z.int().min(1).nullable().describe('First line, from 1; null in captures.'),
  line_end: z.int().min(1).nullable(),
  packet: z.int().min(1).nullable().describe('Number of the packet, from 1; null in logs.'),
  offset: natural.describe('Byte offset in the source, decompressed.'),
  length: natural,
}

const source = z.strictObject({
  path: z.string(),
  reader: z.string(),
  bytes: natural,
  records: natural,
  events: natural,
  first: time,
  last: time,
  clock: z.strictObject({
    zone: z.string().nullable(),
    quality: z.enum(['exact', 'zone-assumed', 'year-inferred', 'date-inferred', 'none']),
    offset_ms: z.number().describe('Added to every time of the source so that it agrees with the bundle.'),
  }),
})

export const evidence = z.strictObject({
  ...place,
  time,
  excerpt: z.string(),
  role: z.enum(['trigger', 'context', 'counter']),
})

export const finding = z.strictObject({
  id: z.string(),
  cause: z.string(),
  role: z.enum(['root', 'symptom', 'suspect']),
  confidence: z.number().min(0).max(1),
  severity: z.enum(['critical', 'high', 'medium', 'low', 'info']),
  key: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  title: z.string(),
  first: time,
  last: time,
  count: natural,
  explained_by: z.array(z.string()),
  explains: z.array(z.string()),
  evidence: z.array(evidence),
  remedy: z.strictObject({ now: z.string(), next: z.string(), lasting: z.string() }),
})

export const summarySchema = z.strictObject({
  format: z.literal(1),
  run: z.strictObject({
    version: z.string(),
    grammar: z.string(),
    exit: natural,
    duration_ms: z.number().min(0).describe('The only value that may differ between equal runs.'),
  }),
  bundle: z.strictObject({
    sha256: z.string(),
    kinds: z.array(z.string()).describe('What collected it, where its files tell: `sosreport`, `troubleshoot`, …'),
    sources: z.array(source),
  }),
  verdict: z.strictObject({ sentence: z.string(), root_causes: z.array(z.string()) }),
  findings: z.array(finding).describe('The most likely root first.'),
  checks: z.array(
    z.strictObject({ cause: z.string(), state: z.enum(['clean', 'found', 'no-data', 'open']), examined: natural }),
  ),
  problems: z.array(
    z.strictObject({
      source: z.string(),
      code: z
        .string()
        .regex(/^[a-z]+(-[a-z]+)*$/)
        .describe('Why it could not be read: `capture-cut`, `encrypted`, …'),
      offset: natural.nullable(),
      detail: z.string(),
    }),
  ),
  unexplained: z.array(
    z.strictObject({
      template: z.string(),
      count: natural,
      first: time,
      last: time,
      example: z.strictObject({ ...place, excerpt: z.string() }),
    }),
  ),
}) satisfies z.ZodType<Omit<Summary, 'problems'>>

/** JSON Schema (draft 2020-12) of the summary. */
export function summaryJsonSchema(): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(summarySchema)
  return { $schema, title: 'faultline analyze --json, format 1', ...rest }
}
