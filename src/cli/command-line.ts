// The command line: its verbs, and the settings that stand behind their options.
import { Command } from 'commander'
import { applySettings, asConfigError, readSettings, withoutConfig } from './configuration.ts'
import { withExamples } from './options.ts'
import { VERBS } from './verbs/index.ts'
import { asksVersion, version } from './version.ts'

/** Runs the verb that the words name. @throws FaultlineError, CommanderError, or what the verb throws */
export async function runWords(argv: readonly string[]): Promise<void> {
  try {
    const { words, config } = withoutConfig(argv)
    const root = program()
    const line = withVerb(words, root)
    if (!isHelp(line)) applySettings(root, readSettings(config))
    if (asksVersion(line)) await (await import('./actions/about.ts')).run()
    else await root.parseAsync(line, { from: 'user' })
  } catch (error) {
    throw asConfigError(error)
  }
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
  return asksVersion(words) || words[0] === 'help' || words.some((word) => ['-h', '--help'].includes(word))
}
