// Runs `faultline analyze`: rules, the bundle, the store, and what is printed of it.
import { availableParallelism } from 'node:os'
import { analyze } from '../../analyze.ts'
import { keepMemorySmall } from '../../memory.ts'
import { type Analysis, FaultlineError, formatInstant } from '../../model/index.ts'
import { renderTable, renderTerminal, summarise } from '../../report/index.ts'
import { loadRules } from '../../rules.ts'
import { openStore } from '../../store/index.ts'
import { type CommonOptions, type GrammarOptions, ruleSelection } from '../options.ts'
import { defaultStore } from '../store-path.ts'
import { colorOf, output, progressLine, say, standardInput, widthOf } from '../terminal.ts'
import { version } from '../version.ts'

export interface AnalyzeOptions extends CommonOptions, GrammarOptions {
  readonly store?: string
  readonly json?: boolean
  readonly format: 'text' | 'json'
  readonly output?: string
  readonly tz?: string
  readonly year?: number
  readonly since?: number
  readonly until?: number
  readonly jobs?: number
  readonly failOn: readonly string[]
  readonly allowPartial?: boolean
  readonly verbose?: boolean
}

/** One thread takes what the others read: more than four would wait for it. On two cores two gain little where a bundle is many logs. */
function usualJobs(): number {
  const cores = availableParallelism()
  return cores < 3 ? 1 : Math.min(4, cores)
}

export async function run(paths: string[], options: AnalyzeOptions): Promise<void> {
  if (paths.includes('-') && process.stdin.isTTY)
    throw new FaultlineError('no-input', 'stdin is a terminal: pipe a log or a bundle into it.')
  const rules = await loadRules(ruleSelection(options))
  keepMemorySmall()
  const store = options.store ?? defaultStore(paths)
  const progress = progressLine(options.quiet === true)
  const interrupt = new AbortController()
  process.once('SIGINT', () => interrupt.abort())
  const analysis = await analyze({
    paths,
    store,
    rules,
    version: version(),
    command: commandOf(paths, options),
    zone: options.tz ?? null,
    year: options.year ?? null,
    since: options.since ?? null,
    until: options.until ?? null,
    jobs: options.jobs ?? usualJobs(),
    failOn: options.failOn,
    allowPartial: options.allowPartial === true,
    stdin: standardInput,
    progress: progress.update,
    interrupt: interrupt.signal,
    now: () => performance.now(),
  })
  progress.clear()
  if (options.verbose === true) say(sourcesTable(analysis))
  if (options.json === true || options.format === 'json')
    await output(options.output, JSON.stringify(summarise(analysis), null, 1))
  else await output(options.output, summaryOf(store, options))
  if (options.quiet !== true && process.stderr.isTTY) say(`store: ${store}`)
  process.exitCode = analysis.run.exit
}

/** What decides what is found, as it could be typed again; names of files and options, never what they hold. */
function commandOf(paths: readonly string[], { since, until, tz, year, grammar, shipped }: AnalyzeOptions): string {
  const values = {
    since: since === undefined ? null : formatInstant(since),
    until: until === undefined ? null : formatInstant(until),
    tz: tz ?? null,
    year: year ?? null,
  }
  const options = Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [`--${name} ${value}`]))
  const patterns = grammar.map((path) => `--grammar ${path}`)
  return ['faultline', 'analyze', ...paths, ...options, ...patterns, ...(shipped ? [] : ['--no-shipped'])].join(' ')
}

/** How each source was read: for whoever wonders why a line was not looked at. */
function sourcesTable(analysis: Analysis): string {
  const rows = summarise(analysis).bundle.sources.map(
    ({ path, reader, bytes, records, events, first, last, clock }) => {
      return [path, reader, bytes, records, events, first, last, clock.zone, clock.quality]
    },
  )
  const columns = ['source', 'read as', 'bytes', 'records', 'events', 'first', 'last', 'zone', 'clock']
  return renderTable(columns, rows, 'table')
}

function summaryOf(store: string, options: AnalyzeOptions): string {
  const reader = openStore(store)
  try {
    const isFile = options.output !== undefined && options.output !== '-'
    const color = isFile ? 'never' : colorOf(options.color, process.stdout)
    return renderTerminal(reader.summary(), { width: widthOf(process.stdout), color })
  } finally {
    reader.close()
  }
}
