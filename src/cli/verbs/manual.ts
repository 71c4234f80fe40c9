// `faultline manual`: the manual page, for `man`.
import type { Command } from 'commander'
import { withExamples } from '../options.ts'

export function addManual(program: Command): Command {
  const command = program
    .command('manual')
    .description('print the manual page, for man')
    .option('-o, --output <file>', 'write it to a file')
  return withExamples(command, [
    'faultline manual | man -l -',
    'faultline manual -o ~/.local/share/man/man1/faultline.1',
  ]).action(async ({ output }: { output?: string }) => (await import('../actions/manual.ts')).run(program, output))
}
