// Redaction: what is taken out of a report or a text before it leaves the machine, and the check that it was.
import { createRedactor, type RedactionOptions } from './redactor.ts'

export { assertClean } from './assert-clean.ts'
export { type RedactedReport, redactReport } from './redact-report.ts'
export { createRedactor, type Profile, type RedactionOptions, type Redactor } from './redactor.ts'

/** A text without secrets and, in the strict profile, with stable names for identities. */
export async function redactText(
  text: string,
  options: RedactionOptions,
): Promise<{ readonly text: string; readonly counts: Readonly<Record<string, number>> }> {
  const redactor = createRedactor(options)
  await redactor.learn(text)
  return { text: redactor.redact(text), counts: redactor.counts() }
}
