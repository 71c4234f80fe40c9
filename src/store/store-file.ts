// The file of a store: what kind of file it is, and how it is replaced as a whole so that nobody ever sees half of it.
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { FaultlineError } from '../model/index.ts'
import { APPLICATION_ID, SCHEMA_VERSION } from './schema/index.ts'

/** Tries against others that write the same store at the same time. */
const ATTEMPTS = 8
/** No run takes a day to write its store. */
const STALE_MS = 86_400_000
/** Only the owner may read what log lines say. */
const MODE = 0o600

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

/** Folders left by processes that were killed while writing this store. Younger ones may be in use. */
function sweep(file: string): void {
  const prefix = temporaryPrefix(file)
  for (const name of readdirSync(dirname(file))) {
    if (!name.startsWith(prefix)) continue
    const path = join(dirname(file), name)
    const stat = statSync(path, { throwIfNoEntry: false })
    if (stat !== undefined && Date.now() - stat.mtimeMs > STALE_MS) rmSync(path, { recursive: true, force: true })
  }
}

function temporaryPrefix(file: string): string {
  return `.${basename(file)}-`
}

/**
 * Replaces the store as a whole: `build` makes the new one in a file of its own, which then takes the name. Whoever has
 * the old one open keeps it; a crash at any moment leaves the old or the new one. Where somebody else replaced the store
 * meanwhile, `build` is asked again.
 * A copy is chosen over a transaction in place: after a kill there is no journal left that the next reader, perhaps
 * without the right to write, would have to play back.
 */
export function replaceStore(file: string, build: (temporary: string) => void): void {
  sweep(file)
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const folder = mkdtempSync(join(dirname(file), temporaryPrefix(file)))
    try {
      const before = identity(file)
      const temporary = join(folder, 'store.db')
      closeSync(openSync(temporary, 'wx', existsSync(file) ? statSync(file).mode & 0o777 : MODE))
      build(temporary)
      synchronise(temporary)
      if (identity(file) !== before) continue
      renameSync(temporary, file)
      synchronise(dirname(file))
      return
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
  throw new FaultlineError('store-busy', `${file} is being written by others all the time.`)
}

function identity(file: string): string {
  const stat = statSync(file, { bigint: true, throwIfNoEntry: false })
  return stat === undefined ? 'absent' : `${stat.ino} ${stat.size} ${stat.mtimeNs}`
}

function synchronise(path: string): void {
  const descriptor = openSync(path, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Ends what another program left open beside the store (a hot journal, a write-ahead log), which would spoil its successor. */
export function settle(file: string): void {
  if (!existsSync(`${file}-wal`) && !existsSync(`${file}-journal`)) return
  const db = new Database(file, { fileMustExist: true })
  try {
    db.pragma('journal_mode = DELETE')
  } finally {
    db.close()
  }
}
