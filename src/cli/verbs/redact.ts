// `faultline redact BUNDLE -o FILE`: a copy of the bundle that may leave the machine.
import { type Command, Option } from 'commander'
import type { RedactOptions } from '../actions/redact.ts'
import { withCommon, withExamples } from '../options.ts'

export function addRedact(program: Command): Command {
  const command = program
    .command('redact')
    .description('write a redacted copy of a bundle: logs without secrets, captures without payload')
    .argument('<path...>', 'files, folders, globs, archives')
    .requiredOption('-o, --output <file>', 'the archive to write (.tar.gz)')
    .addOption(new Option('--profile <profile>', 'what is redacted').choices(['strict', 'internal']).default('strict'))
    .option('--store <file>', 'the store whose key gives the names (default: faultline.db beside the bundle)')
    .option('--pseudonym-key <file>', 'key of the names (default: the file STORE.key, made when first needed)')
  const full = withCommon(command)
  return withExamples(full, [
    'faultline redact bundle.tar.gz -o for-the-vendor.tar.gz',
    'faultline redact logs/ capture.pcap -o copy.tar.gz --profile internal',
  ]).action(async (paths: string[], options: RedactOptions) =>
    (await import('../actions/redact.ts')).run(paths, options),
  )
}
