// Runs `faultline query`: SQL, saved queries, the schema, a search.
import { existsSync } from 'node:fs'
import { text as readAll } from 'node:stream/consumers'
import { FaultlineError } from '../../model/index.ts'
import { renderRows } from '../../report/index.ts'
import { openStore, type QueryResult, SAVED_QUERIES, type SavedQuery, type StoreReader } from '../../store/index.ts'
import type { CommonOptions, RowFormat } from '../options.ts'
import { readText } from '../read-text.ts'
import { output, outputPieces } from '../terminal.ts'

export interface QueryOptions extends CommonOptions {
  readonly store: string
  readonly format: RowFormat
  readonly json?: boolean
  readonly file?: string
  readonly list?: boolean
  readonly schema?: boolean
  readonly search?: string
  readonly output?: string
}

export async function run(sql: string | undefined, values: readonly string[], options: QueryOptions): Promise<void> {
  if (options.list === true) return printRows(savedQueries(), options)
  const asked = options.schema === true || options.search !== undefined ? '' : await statementOf(sql, options.file)
  const store = openStore(options.store)
  try {
    if (options.schema === true) await output(options.output, schemaText(store))
    else if (options.search !== undefined) await printRows(store.search(options.search), options)
    else await printRows(ask(store, asked, values), options)
  } finally {
    store.close()
  }
}

function printRows({ columns, rows }: QueryResult, options: QueryOptions): Promise<void> {
  return outputPieces(options.output, renderRows(columns, rows, options.json === true ? 'json' : options.format))
}

function savedQueries(): QueryResult {
  const rows = SAVED_QUERIES.map(({ name, parameters, description }) => [
    [name, ...parameters.map((one) => one.toUpperCase())].join(' '),
    description,
  ])
  return { columns: ['query', 'what it tells'], rows }
}

function schemaText(store: StoreReader): string {
  return store
    .schema()
    .map(({ sql }) => `${sql};`)
    .join('\n\n')
}

/** A word alone is a saved query, everything else is SQL. */
function ask(store: StoreReader, asked: string, values: readonly string[]): QueryResult {
  if (!/^[a-z][a-z-]*$/.test(asked)) return store.query(asked)
  const saved = SAVED_QUERIES.find(({ name }) => name === asked)
  if (saved === undefined)
    throw new FaultlineError('unknown-query', `There is no saved query ${asked}.`, {
      hint: '`faultline query --list` names them.',
    })
  return store.query(saved.sql, parametersOf(saved, values))
}

function parametersOf({ name, parameters }: SavedQuery, values: readonly string[]): Record<string, string> {
  if (values.length !== parameters.length) {
    const wanted = parameters.map((one) => one.toUpperCase()).join(' ')
    throw new FaultlineError(
      'wrong-values',
      `The query ${name} takes ${parameters.length === 0 ? 'no value' : wanted}.`,
    )
  }
  return Object.fromEntries(parameters.map((one, at) => [one, values[at] ?? '']))
}

async function statementOf(sql: string | undefined, file: string | undefined): Promise<string> {
  if (file !== undefined) return readText(file)
  if (sql === '-') return readAll(process.stdin)
  if (sql === undefined)
    throw new FaultlineError('no-sql', 'Give one SELECT, the name of a saved query, `-` or --file.', {
      hint: '`faultline query --list` names the saved queries.',
    })
  if (!/\s/.test(sql) && existsSync(sql))
    throw new FaultlineError('no-sql', `${sql} is a file, not SQL.`, {
      hint: 'A store is named with --store, a file of SQL with --file.',
    })
  return sql
}
