// `faultline explain CAUSE`: a root cause in words: its evidence, thresholds, remedy and examples.
import type { Command } from 'commander'
import { type GrammarOptions, withExamples, withGrammar } from '../options.ts'

export function addExplain(program: Command): Command {
  const command = program
    .command('explain')
    .description('say what a root cause means, how it is recognised and what to do')
    .argument('<cause>', 'an id such as network.filtered')
  const full = withGrammar(command)
  return withExamples(full, ['faultline explain network.filtered']).action(
    async (id: string, options: GrammarOptions) => (await import('../actions/explain.ts')).run(id, options),
  )
}
