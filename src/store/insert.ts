// Writes a few rows at once, and finds the next free id of a table.
import type { Database } from 'better-sqlite3'
import { BulkInsert } from './bulk-insert.ts'
import { type Cell, firstRow, number } from './record.ts'

/** Where the rows of a bundle begin: `source_id` of a source is `firstSource` plus its position. */
export interface BundleIds {
  readonly bundle: number
  readonly firstSource: number
}

export interface NewRows {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}

export function insert(db: Database, table: string, { columns, rows }: NewRows): void {
  const bulk = new BulkInsert(db, table, columns)
  for (const row of rows) bulk.add(row)
  bulk.flush()
}

export function nextId(db: Database, table: string): number {
  const row = firstRow(db, `SELECT coalesce(max(id), 0) + 1 AS id FROM ${table}`)
  return row === null ? 1 : number(row, 'id')
}
