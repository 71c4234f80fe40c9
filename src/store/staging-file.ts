// A file of SQLite's that nobody else can find: without a name it is gone when the process ends, however it ends.
import { closeSync, openSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { PAGE_SIZE } from './pages/page-file.ts'
import { firstRow, number } from './record.ts'

export interface StagingFile {
  /** Sees what was written beside it with its next statement. */
  readonly db: Database.Database
  /** Of the same file, to write pages. */
  readonly descriptor: number
  /** How many it has. */
  readonly pages: number
  /** Number of the page that a table starts with. */
  rootOf(table: string): number
  close(): void
}

/** Systems that let go the name of an open file. */
const FORGETS_NAMES = process.platform !== 'win32'

/** @param folder a new one, which goes with the file @param schema statements that make its tables */
export function openStagingFile(folder: string, schema: readonly string[]): StagingFile {
  const path = join(folder, 'staging.db')
  const descriptor = openSync(path, 'wx+', 0o600)
  const db = new Database(path)
  db.pragma(`page_size = ${PAGE_SIZE}`)
  db.pragma('journal_mode = MEMORY')
  db.pragma('synchronous = OFF')
  // Rows are read once: pages need not be kept.
  db.pragma('cache_size = -2000')
  db.exec(`BEGIN; ${schema.join(';')}; COMMIT`)
  if (FORGETS_NAMES) rmSync(folder, { recursive: true })
  return {
    db,
    descriptor,
    pages: Number(db.pragma('page_count', { simple: true })),
    rootOf: (table) =>
      number(firstRow(db, 'SELECT rootpage FROM sqlite_schema WHERE name = ?', table) ?? {}, 'rootpage'),
    close: () => {
      db.close()
      closeSync(descriptor)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
