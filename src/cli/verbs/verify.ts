// `faultline verify`: re-reads the bundle and confirms every quotation of a store or a report.
import type { Command } from 'commander'
import type { VerifyOptions } from '../actions/verify.ts'
import { withCommon, withExamples } from '../options.ts'

export function addVerify(program: Command): Command {
  const command = program
    .command('verify')
    .description('re-read the bundle and confirm every quotation of a store or a report')
    .argument(
      '[path...]',
      'a store or a report in JSON, then where the bundle lies now (default: where it was analysed)',
    )
    .option('--store <file>', 'the store, where none is named first', 'faultline.db')
    .option('--bundle <sha256>', 'of several bundles this one (the beginning of its SHA-256)')
  const full = withCommon(command)
  return withExamples(full, [
    'faultline verify',
    'faultline verify faultline.db bundle.tar.gz',
    'faultline verify report.json bundle.tar.gz',
  ]).action(async (paths: string[], options: VerifyOptions) =>
    (await import('../actions/verify.ts')).run(paths, options),
  )
}
