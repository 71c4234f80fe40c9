// `faultline explain CAUSE`: a root cause in words: its evidence, thresholds, remedy and examples.
import type { Command } from 'commander'
import { type GrammarOptions, withGrammar } from '../options.ts'

export function addExplain(program: Command): Command {
  const command = program
    .command('explain')
    .description('say what a root cause means, how it is recognised and what to do')
    .argument('<cause>', 'an id such as network.filtered')
  return withGrammar(command).action(async (id: string, options: GrammarOptions) =>
    (await import('../actions/explain.ts')).run(id, options),
  )
}
