// `faultline query SQL`: questions to a store, read-only.
import { readFileSync } from 'node:fs'
import { text as readAll } from 'node:stream/consumers'
import { type Command, Option } from 'commander'
import { FaultlineError } from '../../model/index.ts'
import { renderTable, TABLE_FORMATS, type TableFormat } from '../../report/index.ts'
import { openStore } from '../../store/index.ts'
import { type CommonOptions, withCommon } from '../options.ts'
import { output } from '../terminal.ts'

interface QueryOptions extends CommonOptions {
  readonly store: string
  readonly format: TableFormat
  readonly json?: boolean
  readonly file?: string
  readonly output?: string
}

export function addQuery(program: Command): Command {
  const command = program
    .command('query')
    .description('ask the store in SQL')
    .argument('[sql]', 'one SELECT; - reads it from stdin')
    .option('--store <file>', 'the store', 'faultline.db')
    .addOption(new Option('--format <format>', 'of the rows').choices(TABLE_FORMATS).default('table'))
    .option('--json', 'short for --format json')
    .option('--file <file>', 'read the SQL from a file')
    .option('-o, --output <file>', 'write the rows to a file')
  return withCommon(command).action(run)
}

async function run(sql: string | undefined, options: QueryOptions): Promise<void> {
  const statement = await statementOf(sql, options.file)
  const store = openStore(options.store)
  try {
    const { columns, rows } = store.query(statement)
    await output(options.output, renderTable(columns, [...rows], options.json === true ? 'json' : options.format))
  } finally {
    store.close()
  }
}

async function statementOf(sql: string | undefined, file: string | undefined): Promise<string> {
  if (file !== undefined) return readFileSync(file, 'utf8')
  if (sql === '-') return readAll(process.stdin)
  if (sql === undefined) throw new FaultlineError('no-sql', 'Give one SELECT, `-` or --file.')
  return sql
}
