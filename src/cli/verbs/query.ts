// `faultline query SQL`: questions to a store, read-only.
import { type Command, Option } from 'commander'
import type { QueryOptions } from '../actions/query.ts'
import { ROW_FORMATS, withCommon, withExamples } from '../options.ts'

export function addQuery(program: Command): Command {
  const command = program
    .command('query')
    .description('ask the store in SQL, or by the name of a saved query')
    .argument('[sql]', 'one SELECT, or a saved query; - reads SQL from stdin')
    .argument('[values...]', 'what the saved query asks for')
    .option('--store <file>', 'the store', 'faultline.db')
    .addOption(new Option('--format <format>', 'of the rows').choices(ROW_FORMATS).default('table'))
    .option('--json', 'short for --format json')
    .option('--file <file>', 'read the SQL from a file')
    .option('--list', 'list the saved queries')
    .option('--schema', 'print tables and views with their comments')
    .option('--search <text>', 'find a text in evidence and events')
    .option('-o, --output <file>', 'write the rows to a file')
  const full = withCommon(command)
  return withExamples(full, [
    'faultline query --list',
    'faultline query requests 0b05b5d9-3795-446d-a5be-b2443943fed9',
    'faultline query "select cause, role, confidence, title from v_findings" --format csv',
  ]).action(async (sql: string | undefined, values: string[], options: QueryOptions) =>
    (await import('../actions/query.ts')).run(sql, values, options),
  )
}
