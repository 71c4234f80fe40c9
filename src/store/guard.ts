// The query guard: lets a statement through only if it is one statement, reads, and reaches nothing but the store.
import type { Database, Statement } from 'better-sqlite3'
import { FaultlineError } from '../model/index.ts'
import { allRows, text } from './record.ts'
import { nearest } from './suggest.ts'

const BEGINNINGS = new Set(['select', 'with', 'values'])

/** Pragmas that only tell. With an argument some of them would set something: those stand in the second list alone. */
const PRAGMAS_OF_NAMES = new Set([
  ...['table_info', 'table_xinfo', 'table_list', 'index_list', 'index_info', 'index_xinfo', 'foreign_key_list'],
  ...['foreign_key_check', 'integrity_check', 'quick_check'],
])
const PRAGMAS_ALONE = new Set([
  ...PRAGMAS_OF_NAMES,
  ...['user_version', 'application_id', 'schema_version', 'database_list', 'collation_list', 'function_list'],
  ...['module_list', 'pragma_list', 'compile_options', 'encoding', 'page_count', 'page_size', 'freelist_count'],
])

/** Blanks and comments in front; SQLite takes a byte order mark for a blank, as `\s` does. */
const LEADING = /^(?:\s|--[^\n]*(?:\n|$)|\/\*[\s\S]*?(?:\*\/|$))*/
/**
 * Some pragmas act while they are compiled, so that they must be refused before; EXPLAIN does not keep them from it.
 */
const PRAGMA = /^pragma\s+(\w+)\s*(\(\s*(?:\w+|'\w+'|"\w+")\s*\))?\s*;?\s*$/i

/**
 * Prepares a statement on a connection that is opened read-only. That alone is not enough: on such a connection
 * `VACUUM INTO` writes a file and `ATTACH` opens one. SQLite says of the first that it returns no rows, of the second that it is
 * read-only, and of `INSERT … RETURNING` that it returns rows: both answers are needed.
 * @throws FaultlineError `bad-sql`
 */
export function prepareReading(db: Database, sql: string): Statement {
  refuseOthers(withoutLeading(sql))
  const prepared = wrap(db, () => db.prepare(sql), sql)
  if (prepared.reader && prepared.readonly) return prepared
  throw new FaultlineError('bad-sql', 'Only statements that read are allowed.', { hint: READ_HINT })
}

const READ_HINT = 'The store is opened for reading: SELECT, WITH, VALUES, EXPLAIN and some PRAGMA are allowed.'

function refuseOthers(statement: string): void {
  if (statement === '') throw new FaultlineError('bad-sql', 'There is no SQL to run.')
  if (statement.startsWith('.')) refuseCommand(statement)
  const word = firstWord(statement)
  if (word === 'pragma') refusePragma(statement)
  const begins = word === 'explain' ? firstWord(afterExplain(statement)) : word
  if (BEGINNINGS.has(begins) || word === 'pragma') return
  const named = begins === '' ? firstLine(statement) : begins.toUpperCase()
  throw new FaultlineError('bad-sql', `${named} is not allowed: only statements that read are.`, { hint: READ_HINT })
}

function firstWord(statement: string): string {
  return /^\w*/.exec(statement)?.[0].toLowerCase() ?? ''
}

function afterExplain(statement: string): string {
  const rest = withoutLeading(statement.slice('explain'.length))
  if (firstWord(rest) !== 'query') return rest
  return withoutLeading(withoutLeading(rest.slice('query'.length)).replace(/^plan\b/i, ''))
}

function withoutLeading(sql: string): string {
  return sql.replace(LEADING, '')
}

function refuseCommand(statement: string): never {
  const hint = '`faultline query --schema` shows tables, `faultline query --list` saved queries.'
  throw new FaultlineError('bad-sql', `${firstLine(statement)} is a command of the sqlite3 shell, not SQL.`, { hint })
}

function refusePragma(statement: string): void {
  const [, name = '', argument] = PRAGMA.exec(statement) ?? []
  const list = argument === undefined ? PRAGMAS_ALONE : PRAGMAS_OF_NAMES
  if (list.has(name.toLowerCase())) return
  throw new FaultlineError('bad-sql', `${firstLine(statement)} is not allowed.`, {
    hint: `Allowed are PRAGMA ${[...PRAGMAS_ALONE].join(', ')}.`,
  })
}

function firstLine(statement: string): string {
  return (statement.split('\n', 1)[0] ?? '').slice(0, 80)
}

/**
 * Runs what SQLite may refuse, and says its message with the name that was perhaps meant.
 * @param sql names the tables whose columns may be meant
 */
export function wrap<T>(db: Database, run: () => T, sql = ''): T {
  try {
    return run()
  } catch (cause) {
    if (cause instanceof FaultlineError || !(cause instanceof Error)) throw cause
    throw new FaultlineError('bad-sql', sentence(cause.message), { hint: hintFor(db, cause.message, sql), cause })
  }
}

function sentence(message: string): string {
  if (message.includes('more than one statement')) return 'Only one statement at a time is allowed.'
  return `SQLite: ${message}.`
}

const SCHEMA_HINT = '`faultline query --schema` shows tables and columns.'

function hintFor(db: Database, message: string, sql: string): string {
  const [, kind, word = ''] = /^no such (table|column): (?:\w+\.)?(\w+)/.exec(message) ?? []
  if (kind === undefined) return SCHEMA_HINT
  const near = nearest(word, kind === 'table' ? tableNames(db) : columnNames(db, sql))
  return near === null ? SCHEMA_HINT : `Did you mean ${near}?`
}

function tableNames(db: Database): string[] {
  return allRows(db, "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')").map((row) => text(row, 'name'))
}

/** Of the tables that the SQL names; of all where it names none. */
function columnNames(db: Database, sql: string): string[] {
  const named = new Set(sql.toLowerCase().match(/\w+/g))
  const columns = allRows(
    db,
    `SELECT tables.name AS owner, columns.name FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns
    WHERE tables.type IN ('table', 'view')`,
  )
  const own = columns.filter((row) => named.has(text(row, 'owner').toLowerCase()))
  return (own.length > 0 ? own : columns).map((row) => text(row, 'name'))
}
