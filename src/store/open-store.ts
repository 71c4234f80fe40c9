// Reads a store: queries through the guard, the report, the schema.
import type Database from 'better-sqlite3'
import type { Report } from '../model/index.ts'
import { upgradeStore } from './build-store.ts'
import { prepareReading, wrap } from './guard.ts'
import { allRows, type Cell, oneOf, text } from './record.ts'
import { readReport, readSummary } from './report/index.ts'
import { SCHEMA_VERSION } from './schema/index.ts'
import { searchFor } from './search.ts'
import { openFile, storePath } from './store-file.ts'

export interface QueryResult {
  readonly columns: readonly string[]
  /** Rows as they are computed; to be read once, before the store is closed. */
  readonly rows: Iterable<readonly Cell[]>
}

/** A table or view as it was declared, comments included. */
export interface SchemaEntry {
  readonly kind: 'table' | 'view'
  readonly name: string
  readonly sql: string
}

export interface StoreReader {
  /**
   * Runs one statement that reads. Integers beyond 2^53 come as text, blobs as `x'…'`.
   * @throws FaultlineError `bad-sql`, here or while rows are read
   */
  query(sql: string, parameters?: Readonly<Record<string, Cell>>): QueryResult
  /**
   * The report of one bundle.
   * @param sha256 of the bundle, or its beginning; without it the last one analysed
   * @throws FaultlineError `no-such-bundle`, `bad-store`
   */
  report(sha256?: string): Report
  /**
   * The report of the last bundle without what only its full text shows: requests, connections, versions.
   * @throws FaultlineError `no-such-bundle`, `bad-store`
   */
  summary(): Report
  /** Finds a text in evidence and events: columns time, path, line, packet, text. */
  search(term: string): QueryResult
  /** Tables, then views, in the order they were made. */
  schema(): readonly SchemaEntry[]
  close(): void
}

/**
 * Opens a store for reading. One of an earlier version is brought to this version first.
 * @throws FaultlineError `no-such-store`, `not-a-store`, `store-too-new`
 */
export function openStore(file: string): StoreReader {
  const path = storePath(file)
  const db = openCurrent(path)
  for (const pragma of ['trusted_schema = OFF', 'query_only = ON', 'cell_size_check = ON']) db.pragma(pragma)
  return {
    query: (sql, parameters = {}) => query(db, sql, parameters),
    report: (sha256) => readReport(db, sha256 ?? null),
    summary: () => readSummary(db),
    search: (term) => {
      const { sql, parameters } = searchFor(term)
      return query(db, sql, parameters)
    },
    schema: () => schema(db),
    close: () => db.close(),
  }
}

function openCurrent(path: string): Database.Database {
  const db = openFile(path)
  if (Number(db.pragma('user_version', { simple: true })) === SCHEMA_VERSION) return db
  db.close()
  upgradeStore(path)
  return openFile(path)
}

function query(db: Database.Database, sql: string, parameters: Readonly<Record<string, Cell>>): QueryResult {
  const statement = prepareReading(db, sql).raw().safeIntegers()
  const columns = statement.columns().map(({ name }) => name)
  return { columns, rows: cells(db, () => statement.iterate(parameters)) }
}

function* cells(db: Database.Database, start: () => IterableIterator<unknown>): Generator<readonly Cell[]> {
  const rows = wrap(db, start)
  try {
    for (;;) {
      const { done, value } = wrap(db, () => rows.next())
      if (done === true) return
      yield Array.isArray(value) ? value.map(cell) : []
    }
  } finally {
    rows.return?.()
  }
}

function cell(value: unknown): Cell {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
  if (Buffer.isBuffer(value)) return `x'${value.toString('hex')}'`
  if (typeof value === 'string' || typeof value === 'number') return value
  return null
}

function schema(db: Database.Database): SchemaEntry[] {
  const sql = `SELECT type, name, sql FROM sqlite_schema WHERE type IN ('table', 'view')
    AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
    AND name NOT LIKE '%\\_fts\\_%' ESCAPE '\\' ORDER BY type, rowid`
  return allRows(db, sql).map((row) => ({
    kind: oneOf(row, 'type', ['table', 'view']),
    name: text(row, 'name'),
    sql: text(row, 'sql'),
  }))
}
