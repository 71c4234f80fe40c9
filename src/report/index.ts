// The report trade: a report in every format it can be printed in, and what is taken out before it is shared.
import { FaultlineError, type Renderer } from '../model/index.ts'
import { adf } from './adf.ts'
import { eml } from './eml.ts'
import { html } from './html.ts'
import { jiraWiki } from './jira-wiki.ts'
import { json } from './json.ts'
import { markdown } from './markdown.ts'
import { sarif } from './sarif.ts'
import { text } from './text.ts'

export { type CommentFlavour, type CommentOptions, renderComment } from './comment.ts'
export {
  assertClean,
  createRedactor,
  type Profile,
  type RedactedReport,
  type RedactionOptions,
  type Redactor,
  redactReport,
  redactText,
} from './redaction/index.ts'
export { type Summary, summarise } from './summary.ts'
export { type Cell, renderRows, renderTable, TABLE_FORMATS, type TableFormat } from './table.ts'
export { renderTerminal } from './terminal.ts'
export { visible, visibleLine } from './visible.ts'

export const RENDERERS: readonly Renderer[] = [markdown, html, json, sarif, text, eml, adf, jiraWiki]

/** @throws FaultlineError `unknown-format` */
export function renderer(format: string): Renderer {
  const found = RENDERERS.find((candidate) => candidate.format === format)
  if (found !== undefined) return found
  const hint = `Choose one of: ${RENDERERS.map((candidate) => candidate.format).join(', ')}.`
  throw new FaultlineError('unknown-format', `There is no report format “${format}”.`, { hint })
}

/** The schema of what `summarise` gives; loaded when asked for, because the library takes its time to start. */
export async function loadSummarySchema() {
  const { summaryJsonSchema, summarySchema } = await import('./summary-schema.ts')
  return { summarySchema, jsonSchema: summaryJsonSchema() }
}

/** The schema of a report in JSON. */
export async function loadReportSchema() {
  const { reportJsonSchema, reportSchema } = await import('./report-schema.ts')
  return { reportSchema, jsonSchema: reportJsonSchema() }
}

/** The quotations of a JSON report, for `verify`. @throws FaultlineError `not-a-report` */
export async function loadQuotations(text: string) {
  const { readQuotations } = await import('./quotations.ts')
  return readQuotations(text)
}

/** The quotations of a JSON report with the paths its bundle had. @throws FaultlineError `not-a-report` */
export async function loadReportFile(text: string) {
  const { readReportFile } = await import('./quotations.ts')
  return readReportFile(text)
}
