// `faultline explain CAUSE`: a root cause in words: its evidence, thresholds, remedy and examples.
import type { Command } from 'commander'
import { describeCause } from '../../language/index.ts'
import { FaultlineError } from '../../model/index.ts'
import { loadRules } from '../../rules.ts'
import { type GrammarOptions, ruleSelection, withGrammar } from '../options.ts'
import { print } from '../terminal.ts'

export function addExplain(program: Command): Command {
  const command = program
    .command('explain')
    .description('say what a root cause means, how it is recognised and what to do')
    .argument('<cause>', 'an id such as network.filtered')
  return withGrammar(command).action(explainCause)
}

export async function explainCause(id: string, options: GrammarOptions): Promise<void> {
  const { rules } = await loadRules(ruleSelection(options))
  const cause = rules.causes.find((one) => one.id === id)
  if (cause === undefined) {
    const near = rules.causes
      .map((one) => one.id)
      .filter((one) => one.includes(id) || one.split('.').some((part) => id.includes(part)))
    const hint =
      near.length > 0 ? `Perhaps one of: ${near.slice(0, 8).join(', ')}.` : '`faultline grammar list` names them all.'
    throw new FaultlineError('unknown-cause', `There is no cause ${id}.`, { hint })
  }
  await print(describeCause(cause, rules))
}
