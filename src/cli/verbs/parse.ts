// `faultline parse PATH…`: records as they are read, one JSON object a line; what was read how, on stderr.
import type { Command } from 'commander'
import type { ParseOptions } from '../actions/parse.ts'
import { withCommon, withExamples, year, zone } from '../options.ts'

export function addParse(program: Command): Command {
  const command = program
    .command('parse')
    .description('print the records of logs as they are read, one JSON object a line')
    .argument('<path...>', 'files, folders, globs, archives; - for stdin')
    .option('--json', 'JSON lines (there is no other format)')
    .option('--tz <zone>', 'zone of times that state none', zone)
    .option('--year <year>', 'year of times that state none', year)
  const full = withCommon(command)
  return withExamples(full, ['faultline parse access.log | head -1', 'faultline parse logs/ --tz +02:00']).action(
    async (paths: string[], options: ParseOptions) => (await import('../actions/parse.ts')).run(paths, options),
  )
}
