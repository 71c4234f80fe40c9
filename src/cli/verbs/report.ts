// `faultline report`: the report of a store, in a format that a ticket takes.
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { ReportOptions } from '../actions/report.ts'
import { withCommon, withExamples } from '../options.ts'

export function addReport(program: Command): Command {
  const command = program
    .command('report')
    .description('print the report of a store')
    .option('--store <file>', 'the store', 'faultline.db')
    .option('--format <format>', 'markdown, html, json, sarif, text, eml, adf or jira-wiki', 'markdown')
    .option('--bundle <sha256>', 'of several bundles this one (the beginning of its SHA-256)')
    .option('--max-bytes <n>', 'leave out whole blocks beyond this size', bytes)
    .option('-o, --output <file>', 'write it to a file')
    .option('--share', 'redact it for somebody else: secrets removed, identities renamed')
    .addOption(new Option('--profile <profile>', 'what is redacted').choices(['strict', 'internal', 'none']))
    .option('--no-redact', 'leave everything in; the file name says so')
    .option('--pseudonym-key <file>', 'key of the names (default: the file STORE.key, made when first needed)')
  const full = withCommon(command)
  return withExamples(full, [
    'faultline report --format html -o report.html',
    'faultline report --share -o for-the-ticket.md',
    'faultline report --format json --max-bytes 100000',
  ]).action(async (options: ReportOptions) => (await import('../actions/report.ts')).run(options))
}

function bytes(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1000)
    throw new InvalidArgumentError('Give a whole number of bytes, 1000 or more.')
  return value
}
