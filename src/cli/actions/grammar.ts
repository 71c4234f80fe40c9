// Runs the verbs of `faultline grammar`.
import { type ExampleResult, runExamples } from '../../examples.ts'
import { formatProblem, importCre, importSigma, type Problem } from '../../language/index.ts'
import { FaultlineError } from '../../model/index.ts'
import { renderTable } from '../../report/index.ts'
import { type LoadedRules, loadRules, readRules } from '../../rules.ts'
import { EXIT } from '../exit.ts'
import { type GrammarOptions, type RowFormat, ruleSelection } from '../options.ts'
import { readText } from '../read-text.ts'
import { output, print, say } from '../terminal.ts'

export interface ListOptions extends GrammarOptions {
  readonly format: RowFormat
}

export interface ImportOptions {
  readonly from: keyof typeof IMPORTERS
  readonly output?: string
}

const IMPORTERS = { cre: importCre, sigma: importSigma } as const

/** Paths given are checked beside the shipped patterns, as they would be used; without any those are checked. */
export async function check(paths: string[], options: GrammarOptions): Promise<void> {
  const loaded = await readRules({ paths: [...paths, ...options.grammar], shipped: options.shipped })
  const isAsked = (file: string) => loaded.named.size === 0 || loaded.named.has(file)
  const problems = loaded.problems.filter(({ file }) => isAsked(file))
  for (const problem of problems) await print(`${told(problem, loaded)}\n`)
  const errors = problems.filter(({ severity }) => severity === 'error').length
  const { causes, explains, examples } = loaded.rules
  const [own, links, shown] = [causes, explains, examples].map(
    (rules) => rules.filter(({ position }) => isAsked(position.file)).length,
  )
  const read = [counted(own, 'cause'), counted(links, 'explanation'), counted(shown, 'example')].join(', ')
  say(`${read}: ${counted(errors, 'error')}, ${counted(problems.length - errors, 'warning')}`)
  if (errors > 0) process.exitCode = EXIT.usage
}

function counted(count = 0, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}

function told(problem: Problem, loaded: LoadedRules): string {
  return formatProblem(problem, loaded.textOf(problem.file))
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
  const confused = confusions(failed)
  if (confused.length > 0) await print(renderTable(['examples of', 'show also', 'times'], confused, 'table'))
  const holding = results.length - failed.length
  say(`${results.length} examples of ${rules.causes.length} causes: ${holding} hold, ${failed.length} fail`)
  if (failed.length > 0) process.exitCode = EXIT.usage
}

/** Of each cause what fires in its examples although none of them expects it, the most frequent first. */
function confusions(results: readonly ExampleResult[]): [string, string, number][] {
  const pairs = results.flatMap(({ example, surprises }) => {
    const shown = example.expect.find(({ kind }) => kind !== 'nothing-else')?.cause ?? 'nothing'
    return surprises.map((surprise) => [shown, surprise] as const)
  })
  const counted = Map.groupBy(pairs, (pair) => pair.join(' '))
  const rows = [...counted.values()].map((same): [string, string, number] => [...(same[0] ?? ['', '']), same.length])
  return rows.sort((a, b) => b[2] - a[2] || (a[0] + a[1] < b[0] + b[1] ? -1 : 1))
}

export async function importRules(file: string, options: ImportOptions): Promise<void> {
  const source = readText(file)
  const { text, problems } = await IMPORTERS[options.from](source, file)
  const errors = problems.filter(({ severity }) => severity === 'error')
  if (errors.length > 0)
    throw new FaultlineError('bad-rule', errors.map((problem) => formatProblem(problem, source)).join('\n'))
  for (const problem of problems) say(formatProblem(problem, source))
  await output(options.output, text)
}
