// `faultline parse PATH…`: records as they are read, one JSON object a line; what was read how, on stderr.
import type { Command } from 'commander'
import { parseRecords } from '../../parse.ts'
import { EXIT } from '../exit.ts'
import { type CommonOptions, withCommon, year, zone } from '../options.ts'
import { say } from '../terminal.ts'

interface ParseOptions extends CommonOptions {
  readonly tz?: string
  readonly year?: number
}

const WRITTEN_AT_ONCE = 1 << 16

export function addParse(program: Command): Command {
  const command = program
    .command('parse')
    .description('print the records of logs as they are read, one JSON object a line')
    .argument('<path...>', 'files, folders, globs, archives; - for stdin')
    .option('--json', 'JSON lines (there is no other format)')
    .option('--tz <zone>', 'zone of times that state none', zone)
    .option('--year <year>', 'year of times that state none', year)
  return withCommon(command).action(run)
}

async function run(paths: string[], options: ParseOptions): Promise<void> {
  let pending = ''
  const flush = () => {
    process.stdout.write(pending)
    pending = ''
  }
  const started = performance.now()
  const result = await parseRecords({
    paths,
    zone: options.tz ?? null,
    year: options.year ?? null,
    stdin: process.stdin,
    write: (line) => {
      pending += `${line}\n`
      if (pending.length > WRITTEN_AT_ONCE) flush()
    },
    drained: () =>
      process.stdout.writableNeedDrain ? new Promise((done) => process.stdout.once('drain', done)) : undefined,
  })
  flush()
  for (const problem of result.problems) if (options.quiet !== true) say(`${problem.source}: ${problem.detail}`)
  const seconds = (performance.now() - started) / 1000
  say(`${result.summary}; ${(result.bytes / 1e6 / Math.max(seconds, 0.001)).toFixed(1)} MB/s`)
  process.exitCode = result.isPartial ? EXIT.partial : EXIT.fine
}
