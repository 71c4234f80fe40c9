// `faultline analyze PATH…`: the main job, its summary on the terminal or as JSON.

import { statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Command, Option } from 'commander'
import { analyze } from '../../analyze.ts'
import { FaultlineError } from '../../model/index.ts'
import { renderTerminal, summarise } from '../../report/index.ts'
import { loadRules } from '../../rules.ts'
import { openStore } from '../../store/index.ts'
import { EXIT } from '../exit.ts'
import {
  type CommonOptions,
  collect,
  type GrammarOptions,
  instant,
  ruleSelection,
  withCommon,
  withGrammar,
  year,
  zone,
} from '../options.ts'
import { colorOf, output, progressLine, say, widthOf } from '../terminal.ts'
import { version } from '../version.ts'

interface AnalyzeOptions extends CommonOptions, GrammarOptions {
  readonly store?: string
  readonly json?: boolean
  readonly format: 'text' | 'json'
  readonly output?: string
  readonly tz?: string
  readonly year?: number
  readonly since?: number
  readonly until?: number
  readonly failOn: readonly string[]
  readonly allowPartial?: boolean
}

export function addAnalyze(program: Command): Command {
  const command = program
    .command('analyze')
    .description('read a bundle, find root causes, keep everything in a store (the default verb)')
    .argument('<path...>', 'files, folders, globs, archives; - for stdin')
    .option('--store <file>', 'SQLite store to write (default: faultline.db beside the bundle)')
    .addOption(new Option('--format <format>', 'of the summary').choices(['text', 'json']).default('text'))
    .option('--json', 'short for --format json')
    .option('-o, --output <file>', 'write the summary to a file')
    .option('--since <time>', 'leave out events before', instant)
    .option('--until <time>', 'leave out events after', instant)
    .option('--tz <zone>', 'zone of times that state none', zone)
    .option('--year <year>', 'year of times that state none', year)
    .option('--fail-on <what>', 'exit with 3 on a finding of this severity or cause (repeatable)', collect, [])
    .option('--allow-partial', 'exit with 0 although part of the input could not be read')
  return withCommon(withGrammar(command)).action(run)
}

async function run(paths: string[], options: AnalyzeOptions): Promise<void> {
  if (paths.includes('-') && process.stdin.isTTY)
    throw new FaultlineError('no-input', 'stdin is a terminal: pipe a log or a bundle into it.')
  const rules = await loadRules(ruleSelection(options))
  const store = options.store ?? defaultStore(paths)
  const progress = progressLine(options.quiet === true)
  const interrupt = new AbortController()
  process.once('SIGINT', () => interrupt.abort())
  const analysis = await analyze({
    paths,
    store,
    rules,
    version: version(),
    command: ['faultline', 'analyze', ...paths].join(' '),
    zone: options.tz ?? null,
    year: options.year ?? null,
    since: options.since ?? null,
    until: options.until ?? null,
    failOn: options.failOn,
    allowPartial: options.allowPartial === true,
    stdin: process.stdin,
    progress: progress.update,
    interrupt: interrupt.signal,
    now: () => performance.now(),
  })
  progress.clear()
  if (options.json === true || options.format === 'json')
    await output(options.output, JSON.stringify(summarise(analysis), null, 1))
  else await output(options.output, summaryOf(store, options))
  if (options.quiet !== true && process.stderr.isTTY) say(`store: ${store}`)
  process.exitCode = analysis.run.exit === 0 ? EXIT.fine : analysis.run.exit
}

function summaryOf(store: string, options: AnalyzeOptions): string {
  const reader = openStore(store)
  try {
    const isFile = options.output !== undefined && options.output !== '-'
    const color = isFile ? 'never' : colorOf(options.color, process.stdout)
    return renderTerminal(reader.report(), { width: widthOf(process.stdout), color })
  } finally {
    reader.close()
  }
}

/** Beside the bundle where it is one file or folder, else in the working folder. */
function defaultStore(paths: readonly string[]): string {
  const [path] = paths
  if (paths.length !== 1 || path === undefined || path === '-') return 'faultline.db'
  const found = statSync(path, { throwIfNoEntry: false })
  return found === undefined ? 'faultline.db' : join(dirname(path), 'faultline.db')
}
