// The pattern language: text to rules and problems, rules to text and words.
import type { RuleSet } from '../model/index.ts'
import type { Imported } from './import/imported.ts'
import { readRules } from './meaning/read.ts'
import type { Problem } from './problem.ts'

export { describeCause } from './describe.ts'
export type { Imported } from './import/imported.ts'
export { literalsOf } from './literals.ts'
export { printRules } from './print/rules.ts'
export { printTest } from './print/tests.ts'
export { formatProblem, type Problem, type ProblemCode } from './problem.ts'

/** A pattern file: its name for problems, and its text. */
export interface PatternFile {
  readonly file: string
  readonly text: string
}

/**
 * Reads pattern files together, so that each may name what another declares. Never throws on text. With an error among
 * the problems the rules are not fit for use. The parser is loaded on the first call.
 * @param formats names of the formats logs are read in, so that a signal confined to another one is refused
 */
export async function parseRules(
  files: readonly PatternFile[],
  { formats = null }: { readonly formats?: readonly string[] | null } = {},
): Promise<{ readonly rules: RuleSet; readonly problems: readonly Problem[] }> {
  const { readSyntax } = await import('./syntax/read.ts')
  return readRules(
    files.map(({ file, text }) => ({ file, text, ...readSyntax(text) })),
    formats,
  )
}

/**
 * Common Reliability Enumerations (CRE) as pattern text, one cause `cre.<id>` for each rule. A rule that cannot be
 * honoured is a problem with its place in the YAML, and the text is empty. The YAML reader is loaded on the first call.
 */
export async function importCre(yamlText: string, file: string): Promise<Imported> {
  const cre = await import('./import/cre.ts')
  return cre.importCre(yamlText, file)
}

/** Sigma rules and correlations in the same way, one cause `sigma.<name>` for each that is reported. */
export async function importSigma(yamlText: string, file: string): Promise<Imported> {
  const sigma = await import('./import/sigma.ts')
  return sigma.importSigma(yamlText, file)
}
