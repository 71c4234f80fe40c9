// Makes the file of a new store: from nothing, or from a copy of the old one where that holds more than this bundle.
import { closeSync, openSync } from 'node:fs'
import Database from 'better-sqlite3'
import type { Analysis, Cause } from '../model/index.ts'
import type { BundleIds } from './insert.ts'
import { copyRecords, rootPages, shiftRecords } from './load-records.ts'
import { allRows, firstRow, number, text } from './record.ts'
import { MODE, replaceStore } from './replace-store.ts'
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

export function buildStore(build: Build): void {
  if (holdsMoreThan(build.path, build.analysis.bundle.sha256)) addBundle(build)
  else makeAnew(build)
}

function makeAnew(build: Build): void {
  const { temporary, analysis, causes } = build
  fill(temporary, build, 1)
  const db = openForLoading(temporary)
  try {
    finish(db, build, db.transaction(() => writeAnalysis(db, analysis, causes))())
  } finally {
    db.close()
  }
}

/** Its records are put into a store of their own, and from there behind those of other bundles. */
function addBundle(build: Build): void {
  const { path, temporary, analysis, causes } = build
  copyStore(path, temporary)
  const db = openForLoading(temporary)
  try {
    migrate(db)
    removeBundle(db, analysis.bundle.sha256)
    const ids = db.transaction(() => writeAnalysis(db, analysis, causes))()
    const records = `${temporary}-records`
    closeSync(openSync(records, 'wx', MODE))
    fill(records, build, ids.firstSource)
    copyRecords(db, records)
    finish(db, build, ids)
  } finally {
    db.close()
  }
}

/** Makes the tables in an empty file, and puts all records into them. */
function fill(file: string, { staging, sourceOrder }: Build, firstSource: number): void {
  const db = openForLoading(file)
  createSchema(db)
  const roots = rootPages(db)
  db.close()
  staging.fill(file, roots, inFinalOrder(sourceOrder, firstSource))
}

function finish(db: Database.Database, { staging, sourceOrder }: Build, { bundle, firstSource }: BundleIds): void {
  const ids = inFinalOrder(sourceOrder, firstSource)
  shiftRecords(db, new Map([...staging.shifts].map(([source, by]) => [ids.get(source) ?? 0, by])))
  createIndexes(db)
  db.prepare(INDEX_EVIDENCE).run(bundle)
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
  for (const pragma of ['page_size = 8192', 'journal_mode = OFF', 'synchronous = OFF']) db.pragma(pragma)
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
