// Replaces a store as a whole, so that nobody ever sees half of it.
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { FaultlineError } from '../model/index.ts'

/** Tries against others that write the same store at the same time. */
const ATTEMPTS = 8
/** No run takes a day to write its store. */
const STALE_MS = 86_400_000
/** Only the owner may read what log lines say. */
const MODE = 0o600

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
 * the old one open keeps it; a crash at any moment leaves the old or the new one. Where somebody else replaced the
 * store meanwhile, `build` is asked again.
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
