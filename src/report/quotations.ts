// The quotations of a report that was written as JSON, read back so that they can be compared with the bundle.
import { z } from 'zod'
import { FaultlineError } from '../model/index.ts'

const quotation = z.object({
  source: z.string(),
  line: z.int().nullable(),
  packet: z.int().nullable(),
  offset: z.int().min(0),
  length: z.int().min(0),
  excerpt: z.string(),
  digest: z.int().nullable(),
})

const reportFile = z.object({
  format: z.literal(1),
  kind: z.literal('report'),
  bundle: z.object({ paths: z.array(z.string()).default([]) }).default({ paths: [] }),
  findings: z.array(z.object({ id: z.string(), evidence: z.array(quotation) })),
})

/** A piece of evidence as a JSON report has it; the digest is null where the quotation was redacted. */
export interface Quoted extends z.infer<typeof quotation> {
  readonly finding: string
}

/** @throws FaultlineError `not-a-report` */
export function readQuotations(text: string): Quoted[] {
  return readReportFile(text).quotations
}

/** The quotations, and where the bundle lay when it was analysed. @throws FaultlineError `not-a-report` */
export function readReportFile(text: string): { readonly paths: readonly string[]; readonly quotations: Quoted[] } {
  try {
    const { bundle, findings } = reportFile.parse(JSON.parse(text))
    const quotations = findings.flatMap(({ id, evidence }) => evidence.map((quoted) => ({ finding: id, ...quoted })))
    return { paths: bundle.paths, quotations }
  } catch (cause) {
    const hint = 'Give a file that `faultline report --format json` wrote.'
    throw new FaultlineError('not-a-report', 'This is no report in JSON of format 1.', { cause, hint })
  }
}
