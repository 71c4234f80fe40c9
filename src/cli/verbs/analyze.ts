// `faultline analyze PATH…`: the main job, its summary on the terminal or as JSON.
import { type Command, Option } from 'commander'
import type { AnalyzeOptions } from '../actions/analyze.ts'
import { instant, jobs, repeatable, withCommon, withExamples, withGrammar, year, zone } from '../options.ts'

export function addAnalyze(program: Command): Command {
  const command = program
    .command('analyze')
    .description('read a bundle, find root causes, keep everything in a store (the default verb)')
    .argument('<path...>', 'files, folders, globs, archives; - for stdin')
    .option('--store <file>', 'SQLite store to write (default: faultline.db beside the bundle)')
    .addOption(new Option('--format <format>', 'of the summary').choices(['text', 'json']).default('text'))
    .option('--json', 'short for --format json')
    .option('-o, --output <file>', 'write the summary to a file')
    .option('--since <time>', 'leave out events before; -2h is two hours before now', instant)
    .option('--until <time>', 'leave out events after; likewise', instant)
    .option('--tz <zone>', 'zone of times that state none', zone)
    .option('--year <year>', 'year of times that state none', year)
    .option(
      '--jobs <number>',
      'threads that read large logs (default: one per core, at most four; one on two cores)',
      jobs,
    )
    .addOption(repeatable('--fail-on <what>', 'exit with 3 on a finding of this severity or cause (repeatable)'))
    .option('--allow-partial', 'exit with 0 although part of the input could not be read')
    .option('-v, --verbose', 'also say how each source was read, on stderr')
  const full = withCommon(withGrammar(command))
  return withExamples(full, [
    'faultline bundle.tar.gz',
    'faultline analyze logs/ capture.pcap --tz Europe/Berlin --since 2025-03-01T10:00:00Z',
    'kubectl logs deploy/api | faultline analyze - --json',
  ]).action(async (paths: string[], options: AnalyzeOptions) =>
    (await import('../actions/analyze.ts')).run(paths, options),
  )
}
