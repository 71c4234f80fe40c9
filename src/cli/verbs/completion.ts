// `faultline completion SHELL`: a script that completes verbs and options.
import { Argument, type Command } from 'commander'
import { withExamples } from '../options.ts'

const SHELLS = ['bash', 'zsh', 'fish'] as const
type Shell = (typeof SHELLS)[number]

export function addCompletion(program: Command): Command {
  const command = program
    .command('completion')
    .description('print a completion script for a shell')
    .addArgument(new Argument('<shell>', 'the shell').choices(SHELLS))
  return withExamples(command, [
    'source <(faultline completion bash)',
    'faultline completion zsh > "$fpath[1]/_faultline"',
    'faultline completion fish > ~/.config/fish/completions/faultline.fish',
  ]).action(async (shell: Shell) => (await import('../actions/completion.ts')).run(shell, program))
}
