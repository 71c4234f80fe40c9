// The schema: how a store is made, and how one of an earlier version is brought to this one.
import type { Database } from 'better-sqlite3'
import { BUNDLE_KINDS, BUNDLE_TABLES } from './bundle-tables.ts'
import { FINDING_TABLES } from './finding-tables.ts'
import { INDEXES } from './indexes.ts'
import { RECORD_TABLES } from './record-tables.ts'
import { FILL_SEARCH_TABLES, SEARCH_TABLES } from './search-tables.ts'
import { VIEWS } from './views.ts'

/** Bytes 68 to 71 of the file, `FLTL`: tells a store from any other SQLite file. */
export const APPLICATION_ID = 0x464c544c

/**
 * SQL that brings a store of version n to version n + 1 stands at place n - 1; what has been published never changes.
 */
const MIGRATIONS: readonly string[] = [SEARCH_TABLES + FILL_SEARCH_TABLES, BUNDLE_KINDS]

/** Version of the tables, kept in `user_version`. */
export const SCHEMA_VERSION = 1 + MIGRATIONS.length

/** Makes tables and views in an empty file; the indexes come after the rows. */
export function createSchema(db: Database): void {
  db.exec(BUNDLE_TABLES + BUNDLE_KINDS + RECORD_TABLES + FINDING_TABLES + SEARCH_TABLES)
  createViews(db)
  db.pragma(`application_id = ${APPLICATION_ID}`)
  db.pragma(`user_version = ${SCHEMA_VERSION}`)
}

export function createIndexes(db: Database): void {
  db.exec(INDEXES)
}

/** Brings a store of an earlier version to this one. */
export function migrate(db: Database): void {
  const version = Number(db.pragma('user_version', { simple: true }))
  if (version === SCHEMA_VERSION) return
  for (const step of MIGRATIONS.slice(version - 1)) db.exec(step)
  createViews(db)
  createIndexes(db)
  db.pragma(`user_version = ${SCHEMA_VERSION}`)
}

function createViews(db: Database): void {
  for (const [name, sql] of Object.entries(VIEWS)) db.exec(`DROP VIEW IF EXISTS ${name}; ${sql};`)
}
