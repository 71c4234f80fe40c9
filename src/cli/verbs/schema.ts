// `faultline schema`: the JSON Schema of what is printed as JSON.
import { Argument, type Command } from 'commander'
import { withExamples } from '../options.ts'

export function addSchema(program: Command): Command {
  const command = program
    .command('schema')
    .description('print the JSON Schema of the JSON that analyze or report prints')
    .addArgument(new Argument('<kind>', 'whose JSON').choices(['analyze', 'report']))
    .option('-o, --output <file>', 'write it to a file')
  return withExamples(command, ['faultline schema analyze', 'faultline schema report -o report.schema.json']).action(
    async (kind: 'analyze' | 'report', { output }: { output?: string }) =>
      (await import('../actions/schema.ts')).run(kind, output),
  )
}
