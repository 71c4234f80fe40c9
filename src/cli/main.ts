// The command line: its verbs, and how their ends become exit codes.
import { Command } from 'commander'
import { FaultlineError } from '../model/index.ts'
import { applySettings, asConfigError, readSettings, withoutConfig } from './configuration.ts'
import { EXIT, tell } from './exit.ts'
import { withExamples } from './options.ts'
import { VERBS } from './verbs/index.ts'
import { version } from './version.ts'

/** Runs one command line and sets the exit code; never throws. */
export async function main(argv: readonly string[]): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', leave)
  try {
    const { words, config } = withoutConfig(argv)
    const root = program()
    const line = withVerb(words, root)
    if (!isHelp(line)) applySettings(root, readSettings(config))
    if (isVersion(line)) await (await import('./actions/about.ts')).run()
    else await root.parseAsync(line, { from: 'user' })
  } catch (error) {
    process.exitCode = tell(asConfigError(error))
  }
}

/** Whoever reads may leave early; a full disk is told. */
function leave(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(EXIT.fine)
  process.exit(tell(new FaultlineError('not-writable', `Cannot write the output: ${error.message}`, { cause: error })))
}

function program(): Command {
  const root = new Command('faultline')
    .description('Finds what broke first in a support bundle, and proves it: logs, journals and packet captures.')
    .version(version(), '-V, --version', 'show the versions of faultline, Node.js, SQLite and the rules')
    .option('--config <file>', 'settings in JSON; - for stdin (default: faultline.config.json here, then your own)')
    .exitOverride()
    .showHelpAfterError('(faultline --help shows the verbs)')
  for (const add of VERBS) add(root).exitOverride()
  return withExamples(root, [
    'faultline bundle.tar.gz                  what broke first, and the store beside the bundle',
    'faultline report --share -o report.md    for the ticket, without secrets',
    'faultline query --list                   ask further',
  ])
}

/** A path without a verb is analysed. */
function withVerb(argv: readonly string[], root: Command): readonly string[] {
  const [first] = argv
  const known = root.commands.flatMap((command) => [command.name(), ...command.aliases()])
  if (first === undefined) return ['--help']
  const isVerb = first === 'help' || known.includes(first) || ['-h', '--help', '-V', '--version'].includes(first)
  return isVerb ? argv : ['analyze', ...argv]
}

/** Help and version are given whatever the settings are. */
function isHelp(words: readonly string[]): boolean {
  return isVersion(words) || words[0] === 'help' || words.some((word) => ['-h', '--help'].includes(word))
}

function isVersion([first]: readonly string[]): boolean {
  return first === '-V' || first === '--version'
}
