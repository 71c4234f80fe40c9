// Makes the file of a new store: from nothing, or from a copy of the old one where that holds more than this bundle.
import Database from 'better-sqlite3'
import type { Analysis, Cause } from '../model/index.ts'
import { allRows, firstRow, number, text } from './record.ts'
import { replaceStore } from './replace-store.ts'
import { createIndexes, createSchema, migrate } from './schema/index.ts'
import { FORGET_EVIDENCE, INDEX_EVIDENCE } from './schema/search-tables.ts'
import type { Staging } from './staging.ts'
import { isThere, openFile, settle } from './store-file.ts'
import { writeAnalysis } from './write-analysis.ts'

export interface Build {
  /** The store as it is, if there is one. */
  readonly path: string
  /** The empty file to build in. */
  readonly temporary: string
  readonly staging: Staging
  readonly analysis: Analysis
  readonly causes: readonly Cause[]
  readonly sourceOrder: readonly number[]
}

export function buildStore({ path, temporary, staging, analysis, causes, sourceOrder }: Build): void {
  const keeps = holdsMoreThan(path, analysis.bundle.sha256)
  if (keeps) copyStore(path, temporary)
  const db = openForLoading(temporary)
  try {
    if (keeps) migrate(db)
    else db.transaction(createSchema)(db)
    removeBundle(db, analysis.bundle.sha256)
    const ids = db.transaction(() => writeAnalysis(db, analysis, causes))()
    staging.moveTo(temporary, inFinalOrder(sourceOrder, ids.firstSource))
    createIndexes(db)
    db.prepare(INDEX_EVIDENCE).run(ids.bundle)
  } finally {
    db.close()
  }
}

/** Numbers while reading with the ids they get, in order of id. */
function inFinalOrder(sourceOrder: readonly number[], firstSource: number): Map<number, number> {
  const pairs = [...sourceOrder.entries()].filter(([, position]) => position >= 0)
  pairs.sort(([, a], [, b]) => a - b)
  return new Map(pairs.map(([source, position]) => [source, firstSource + position]))
}

/** Whether the store holds other bundles, or tables that somebody added: else it is made anew. */
function holdsMoreThan(path: string, sha256: string): boolean {
  if (!isThere(path)) return false
  settle(path)
  const db = openFile(path)
  try {
    if (allRows(db, 'SELECT 1 FROM bundles WHERE sha256 <> ?', sha256).length > 0) return true
    const own = ownNames()
    return namesIn(db).some((name) => !own.has(name))
  } finally {
    db.close()
  }
}

function ownNames(): Set<string> {
  const db = new Database(':memory:')
  createSchema(db)
  createIndexes(db)
  const names = new Set(namesIn(db))
  db.close()
  return names
}

function namesIn(db: Database.Database): string[] {
  return allRows(db, 'SELECT name FROM sqlite_schema').map((row) => text(row, 'name'))
}

/** A copy that is whole even while others read and write the original. */
function copyStore(path: string, temporary: string): void {
  const db = openFile(path)
  try {
    db.prepare('VACUUM INTO ?').run(temporary)
  } finally {
    db.close()
  }
}

function openForLoading(temporary: string): Database.Database {
  const db = new Database(temporary, { fileMustExist: true })
  // SQLite goes without a journal only where it may leave a broken file: this one then never takes the store's name.
  db.unsafeMode()
  // A small cache: little is read again, and what an index needs is sorted in runs of its size.
  const pragmas = ['page_size = 8192', 'journal_mode = OFF', 'synchronous = OFF', 'cache_size = -4000']
  for (const pragma of pragmas) db.pragma(pragma)
  return db
}

/** Its sources, records and findings go with it. */
function removeBundle(db: Database.Database, sha256: string): void {
  const row = firstRow(db, 'SELECT id FROM bundles WHERE sha256 = ?', sha256)
  if (row === null) return
  const id = number(row, 'id')
  db.prepare(FORGET_EVIDENCE).run(id)
  db.pragma('foreign_keys = ON')
  db.prepare('DELETE FROM bundles WHERE id = ?').run(id)
  db.pragma('foreign_keys = OFF')
}

/** Brings a store of an earlier version to this one. */
export function upgradeStore(path: string): void {
  settle(path)
  replaceStore(path, (temporary) => {
    copyStore(path, temporary)
    const db = openForLoading(temporary)
    migrate(db)
    db.close()
  })
}
