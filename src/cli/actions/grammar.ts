// Runs the verbs of `faultline grammar`.
import { readFileSync } from 'node:fs'
import { runExamples } from '../../examples.ts'
import { formatProblem, importCre, type Problem } from '../../language/index.ts'
import { FaultlineError } from '../../model/index.ts'
import { renderTable } from '../../report/index.ts'
import { type LoadedRules, loadRules, readRules } from '../../rules.ts'
import { EXIT } from '../exit.ts'
import { type GrammarOptions, type RowFormat, ruleSelection } from '../options.ts'
import { output, print, say } from '../terminal.ts'

export interface ListOptions extends GrammarOptions {
  readonly format: RowFormat
}

export interface ImportOptions {
  readonly output?: string
}

/** Paths given are checked alone; without any the shipped patterns are. */
export async function check(paths: string[], options: GrammarOptions): Promise<void> {
  const isOwn = paths.length > 0 || options.grammar.length > 0
  const selection = { paths: [...paths, ...options.grammar], shipped: options.shipped && !isOwn }
  const loaded = await readRules(selection)
  for (const problem of loaded.problems) await print(`${told(problem, loaded)}\n`)
  const errors = loaded.problems.filter(({ severity }) => severity === 'error').length
  const { signals, causes, explains, examples } = loaded.rules
  say(
    `${signals.length} signals, ${causes.length} causes, ${explains.length} explanations, ${examples.length} examples: ${errors} errors, ${loaded.problems.length - errors} warnings`,
  )
  if (errors > 0) process.exitCode = EXIT.usage
}

function told(problem: Problem, loaded: LoadedRules): string {
  return formatProblem(problem, loaded.texts.get(problem.file) ?? '')
}

export async function list(options: ListOptions): Promise<void> {
  const { rules } = await loadRules(ruleSelection(options))
  const causes = [...rules.causes].sort((a, b) => (a.id < b.id ? -1 : 1))
  const rows = causes.map(({ id, severity, key, title, evidence }) => [
    id,
    severity,
    key.join(', '),
    evidence.length,
    title,
  ])
  await print(renderTable(['cause', 'severity', 'key', 'evidence', 'title'], rows, options.format))
}

export async function test(options: GrammarOptions): Promise<void> {
  const { rules } = await loadRules(ruleSelection(options))
  const results = await runExamples(rules)
  const failed = results.filter(({ failures, surprises }) => failures.length > 0 || surprises.length > 0)
  for (const { example, failures, surprises } of failed) {
    const { file, line } = example.position
    await print(`${file}:${line} ${example.name}`)
    for (const failure of failures) await print(`  ${failure}`)
    if (surprises.length > 0) await print(`  also found: ${surprises.join(', ')}`)
  }
  const broken = results.filter(({ failures }) => failures.length > 0).length
  say(`${results.length} examples of ${rules.causes.length} causes: ${results.length - broken} hold, ${broken} fail`)
  if (broken > 0) process.exitCode = EXIT.usage
}

export async function importRules(file: string, options: ImportOptions): Promise<void> {
  const source = readFileSync(file, 'utf8')
  const { text, problems } = await importCre(source, file)
  const errors = problems.filter(({ severity }) => severity === 'error')
  if (errors.length > 0)
    throw new FaultlineError('bad-rule', errors.map((problem) => formatProblem(problem, source)).join('\n'))
  for (const problem of problems) say(formatProblem(problem, source))
  await output(options.output, text)
}
