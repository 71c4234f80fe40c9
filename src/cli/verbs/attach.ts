// `faultline attach STORE --to TARGET`: brings the redacted report to a ticket, as a comment with the report attached.
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { AttachOptions } from '../actions/attach.ts'
import { repeatable, withCommon, withExamples } from '../options.ts'

export function addAttach(program: Command): Command {
  const command = program
    .command('attach')
    .description('bring the redacted report to a ticket; running it again updates what it left there')
    .argument('[store]', 'the store', 'faultline.db')
    .requiredOption(
      '--to <target>',
      'jira:KEY-1, zendesk:123, github:owner/repo#7, gitlab:group/project#7, servicenow:INC0012345 or eml:FILE',
    )
    .option('--bundle <sha256>', 'of several bundles this one (the beginning of its SHA-256)')
    .addOption(new Option('--profile <profile>', 'what is redacted').choices(['strict', 'internal']).default('strict'))
    .addOption(
      repeatable('--file <format>', 'attach the report in this format (repeatable; none for the comment alone)'),
    )
    .option('--max-bytes <n>', 'leave whole blocks out of attached files beyond this size', bytes)
    .option('--public', 'let the customer see the comment, where a system tells the two apart')
    .option('--gist', 'GitHub: keep the whole report in a secret gist')
    .option('--credentials <file>', 'NAME=value lines in a file that only you can read (default: the environment)')
    .option('--pseudonym-key <file>', 'key of the names (default: the file STORE.key, made when first needed)')
    .option('--timeout <seconds>', 'for each request', seconds, 60)
    .option('--dry-run', 'send nothing: print the requests, with stars for secrets')
  return withExamples(withCommon(command), [
    'faultline attach faultline.db --to jira:SUP-417 --dry-run',
    'faultline attach faultline.db --to github:acme/register#7 --gist',
    'faultline attach faultline.db --to eml:incident.eml',
  ]).action(async (store: string, options: AttachOptions) => (await import('../actions/attach.ts')).run(store, options))
}

function bytes(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1000)
    throw new InvalidArgumentError('Give a whole number of bytes, 1000 or more.')
  return value
}

function seconds(text: string): number {
  const value = Number(text)
  if (!(value >= 0.1 && value <= 3600)) throw new InvalidArgumentError('Give seconds, 0.1 to 3600.')
  return value
}
