// Runs `faultline schema`.
import { loadReportSchema, loadSummarySchema } from '../../report/index.ts'
import { output } from '../terminal.ts'

export async function run(kind: 'analyze' | 'report', path: string | undefined): Promise<void> {
  const { jsonSchema } = kind === 'report' ? await loadReportSchema() : await loadSummarySchema()
  await output(path, `${JSON.stringify(jsonSchema, null, 2)}\n`)
}
