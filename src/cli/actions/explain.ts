// Runs `faultline explain`.
import { describeCause } from '../../language/index.ts'
import { FaultlineError } from '../../model/index.ts'
import { loadRules } from '../../rules.ts'
import { type GrammarOptions, ruleSelection } from '../options.ts'
import { print } from '../terminal.ts'

export async function run(id: string, options: GrammarOptions): Promise<void> {
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
