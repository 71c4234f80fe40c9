// `faultline grammar`: check, list, test and explain the patterns, and import foreign rules.
import { type Command, Option } from 'commander'
import type { ImportOptions, ListOptions } from '../actions/grammar.ts'
import { type GrammarOptions, ROW_FORMATS, withExamples, withGrammar } from '../options.ts'

const actions = () => import('../actions/grammar.ts')

export function addGrammar(program: Command): Command {
  const grammar = program.command('grammar').description('check, list, test, explain and import patterns')
  addCheck(grammar)
  addList(grammar)
  addTest(grammar)
  addExplanation(grammar)
  addImport(grammar)
  for (const verb of grammar.commands) verb.exitOverride()
  return withExamples(grammar, [
    'faultline grammar check my-rules.fault',
    'faultline grammar list --format json',
    'faultline grammar test --grammar my-rules.fault --no-shipped',
  ])
}

function addCheck(grammar: Command): void {
  const command = grammar
    .command('check')
    .description('read pattern files and say what is wrong with them')
    .argument('[path...]')
  withExamples(withGrammar(command), ['faultline grammar check my-rules/']).action(
    async (paths: string[], options: GrammarOptions) => (await actions()).check(paths, options),
  )
}

function addList(grammar: Command): void {
  const format = new Option('--format <format>', 'of the rows').choices(ROW_FORMATS).default('table')
  const command = grammar.command('list').description('list the root causes').addOption(format)
  withExamples(withGrammar(command), ['faultline grammar list --format markdown']).action(
    async (options: ListOptions) => (await actions()).list(options),
  )
}

function addTest(grammar: Command): void {
  const command = grammar.command('test').description('run every example against every cause')
  withExamples(withGrammar(command), ['faultline grammar test']).action(async (options: GrammarOptions) =>
    (await actions()).test(options),
  )
}

function addExplanation(grammar: Command): void {
  const command = grammar.command('explain').description('as `faultline explain`').argument('<cause>')
  withExamples(withGrammar(command), ['faultline grammar explain disk.full']).action(
    async (id: string, options: GrammarOptions) => (await import('../actions/explain.ts')).run(id, options),
  )
}

function addImport(grammar: Command): void {
  const command = grammar
    .command('import')
    .description('translate foreign rules into pattern text')
    .argument('<file>', 'the rule file')
    .addOption(new Option('--from <kind>', 'what they are').choices(['cre', 'sigma']).makeOptionMandatory())
    .option('-o, --output <file>', 'write the pattern text to a file')
  withExamples(command, [
    'faultline grammar import --from cre rule.yaml -o rule.fault',
    'faultline grammar import --from sigma rule.yml',
  ]).action(async (file: string, options: ImportOptions) => (await actions()).importRules(file, options))
}
