// The file of a store: where it is, whether it is one, and what others may have left beside it.
import { accessSync, constants, existsSync, realpathSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { FaultlineError } from '../model/index.ts'
import { APPLICATION_ID, SCHEMA_VERSION } from './schema/index.ts'

/** The full path, links followed: SQLite takes names like `file:x?mode=memory` for more than names. */
export function storePath(file: string): string {
  return existsSync(file) ? realpathSync(file) : resolve(file)
}

/**
 * Whether there is something to keep at the place of a store; an empty file is as good as none.
 * @throws FaultlineError `not-a-store` for a folder or a device
 */
export function isThere(file: string): boolean {
  const stat = statSync(file, { throwIfNoEntry: false })
  if (stat !== undefined && !stat.isFile()) throw notAStore(file)
  return stat !== undefined && stat.size > 0
}

/**
 * Opens a store that exists.
 * @throws FaultlineError `no-such-store`, `not-a-store` for any other file, `store-too-new` for one of a later version
 */
export function openFile(file: string): Database.Database {
  if (!existsSync(file)) {
    throw new FaultlineError('no-such-store', `There is no store at ${file}.`, {
      hint: 'Make one with `faultline analyze PATH --store FILE`.',
    })
  }
  const db = connect(file)
  const version = versionOf(db, file)
  if (version > SCHEMA_VERSION) {
    db.close()
    const sentence = `${file} has schema version ${version}; this program knows versions up to ${SCHEMA_VERSION}.`
    throw new FaultlineError('store-too-new', sentence, { hint: 'Use a newer faultline.' })
  }
  return db
}

function connect(file: string): Database.Database {
  try {
    return new Database(file, { readonly: true, fileMustExist: true })
  } catch (cause) {
    throw notAStore(file, cause)
  }
}

function versionOf(db: Database.Database, file: string): number {
  try {
    if (db.pragma('application_id', { simple: true }) !== APPLICATION_ID) throw notAStore(file)
    return Number(db.pragma('user_version', { simple: true }))
  } catch (cause) {
    db.close()
    throw cause instanceof FaultlineError ? cause : notAStore(file, cause)
  }
}

function notAStore(file: string, cause?: unknown): FaultlineError {
  const hint = 'Name another file with --store; this one is left as it is.'
  return new FaultlineError('not-a-store', `${file} is not a store of faultline.`, { hint, cause })
}

/** @throws FaultlineError `not-writable`: better before a bundle is read than after */
export function requireWritable(file: string): void {
  try {
    accessSync(dirname(file), constants.W_OK)
  } catch (cause) {
    throw new FaultlineError('not-writable', `${dirname(file)} is no folder that can be written to.`, {
      hint: 'Name a store elsewhere with --store FILE.',
      cause,
    })
  }
}

/**
 * Ends what another program left open beside the store (a hot journal, a write-ahead log), which would spoil its
 * successor.
 * @throws FaultlineError `store-busy` where that program still runs
 */
export function settle(file: string): void {
  if (!existsSync(`${file}-wal`) && !existsSync(`${file}-journal`)) return
  const db = new Database(file, { fileMustExist: true })
  try {
    db.pragma('journal_mode = DELETE')
  } catch (cause) {
    throw new FaultlineError('store-busy', `${file} is open in another program, which writes to it.`, { cause })
  } finally {
    db.close()
  }
}

const FULL: readonly string[] = ['SQLITE_FULL', 'ENOSPC', 'EDQUOT']

/**
 * Runs what writes.
 * @param what is written, in words
 * @throws FaultlineError `not-writable` where a disk is full or refuses; other errors as they are
 */
export function writing<T>(what: string, write: () => T): T {
  try {
    return write()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (!(error instanceof Error) || !/^(?:SQLITE_(?:FULL|IOERR|CANTOPEN|READONLY)|E[A-Z]+$)/.test(code)) throw error
    const reason = FULL.includes(code) ? 'the disk is full' : error.message
    const hint = 'Name a store on another disk with --store FILE; temporary files go where TMPDIR says.'
    throw new FaultlineError('not-writable', `Cannot write ${what}: ${reason}.`, { hint, cause: error })
  }
}
