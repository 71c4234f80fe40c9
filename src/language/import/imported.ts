// Rules of another kind as pattern text: translated, then read back, so that what comes out is known to be understood.
import { createComplaints } from '../meaning/complaints.ts'
import { readRules } from '../meaning/read.ts'
import type { Problem } from '../problem.ts'
import { Refusal } from './yaml-nodes.ts'

export interface Imported {
  /** Empty where the rules were refused. */
  readonly text: string
  readonly problems: readonly Problem[]
}

/** @param translate gives pattern text, or throws a `Refusal` for what cannot be honoured: a problem with its place */
export async function imported(
  yamlText: string,
  file: string,
  translate: (yamlText: string) => string,
): Promise<Imported> {
  const complaints = createComplaints(file, yamlText)
  try {
    const text = translate(yamlText)
    const { readSyntax } = await import('../syntax/read.ts')
    const { problems } = readRules([{ file, text, ...readSyntax(text) }])
    const errors = problems.filter(({ severity }) => severity === 'error')
    for (const { code, sentence, suggestion } of errors) {
      complaints.error({ code, at: { offset: 0, length: 1 }, sentence, suggestion })
    }
    return { text: errors.length === 0 ? text : '', problems: complaints.problems }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    complaints.error({ code: 'foreign-rule', at: error.at, sentence: error.message })
    return { text: '', problems: complaints.problems }
  }
}
