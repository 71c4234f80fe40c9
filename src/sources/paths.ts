// From what a person typed to the files on disk: files, folders, globs, `-`; each file once, in reading order.
import fs from 'node:fs'
import path from 'node:path'
import glob from 'fast-glob'
import { FaultlineError, type Instant } from '../model/index.ts'
import type { Context, Place } from './context.ts'
import { reason } from './disk.ts'
import { labelOf } from './label.ts'
import { inReadingOrder } from './order.ts'

export const STDIN = '-'

export interface FileOnDisk extends Place {
  readonly path: string
  readonly size: number
  readonly modified: Instant
  /** A pipe or terminal can be read only from its start to its end. */
  readonly isStream: boolean
}

/** @throws FaultlineError `not-found` before anything is read. */
export async function filesOf(paths: readonly string[], context: Context): Promise<FileOnDisk[]> {
  const given = paths.filter((given) => given !== STDIN).map((given) => path.normalize(given))
  const lists = await Promise.all([...new Set(given)].sort().map((each) => filesAt(each, context)))
  return inReadingOrder(eachOnce(lists.flat()), (file) => file.label)
}

/** The label first in order wins, so that the order of arguments does not matter. */
function eachOnce(files: readonly FileOnDisk[]): FileOnDisk[] {
  const byRealPath = new Map<string, FileOnDisk>()
  for (const file of files) {
    const real = file.isStream ? file.path : fs.realpathSync(file.path)
    const other = byRealPath.get(real)
    if (other === undefined || file.label < other.label) byRealPath.set(real, file)
  }
  return [...byRealPath.values()]
}

async function filesAt(given: string, context: Context): Promise<FileOnDisk[]> {
  const stats = statOf(given)
  if (stats !== null) return typed(given, stats, context)
  const found = glob.isDynamicPattern(given)
    ? await glob(given, { dot: true, onlyFiles: false, followSymbolicLinks: false })
    : []
  const lists = await Promise.all(
    found.map((match) => {
      const stats = statOf(match)
      return stats === null ? [] : typed(match, stats, context)
    }),
  )
  if (found.length > 0) return lists.flat()
  throw new FaultlineError('not-found', `${labelOf(given)} does not exist`, {
    hint: 'give files, folders, globs in quotes, or - for standard input',
  })
}

/** A path that was typed is followed when it is a link; one that was found in a folder is not. */
function typed(given: string, stats: fs.Stats, context: Context): FileOnDisk[] | Promise<FileOnDisk[]> {
  if (stats.isDirectory()) return filesIn(given, context)
  if (stats.isFile() || stats.isFIFO() || stats.isCharacterDevice()) return [fileAt(given, stats)]
  context.notice(labelOf(given), 'not-a-file', null, 'is a socket or a device: a name without content')
  return []
}

async function filesIn(folder: string, context: Context): Promise<FileOnDisk[]> {
  const found = await glob('**', {
    cwd: folder,
    dot: true,
    onlyFiles: false,
    followSymbolicLinks: false,
    objectMode: true,
    fs: { readdir: readdirTelling(folder, context) },
  })
  return found.flatMap((entry) => {
    const at = path.join(folder, entry.path)
    if (entry.dirent.isDirectory()) return []
    const stats = entry.dirent.isFile() ? statOf(at) : null
    if (stats !== null) return [fileAt(at, stats)]
    context.notice(labelOf(at), 'not-a-file', null, 'is a link or a device: a name without content')
    return []
  })
}

type Entries = (error: NodeJS.ErrnoException | null, entries: fs.Dirent[]) => void
type Names = (error: NodeJS.ErrnoException | null, names: string[]) => void

/** One folder that may not be entered must not hide the others. */
function readdirTelling(folder: string, context: Context): glob.FileSystemAdapter['readdir'] {
  const tell = (directory: string, error: Error): void => {
    const label = labelOf(path.join(folder, path.relative(folder, directory)))
    context.notice(label, 'not-readable', null, `cannot be opened: ${reason(error)}`)
  }
  function readdir(directory: string, options: { withFileTypes: true }, done: Entries): void
  function readdir(directory: string, done: Names): void
  function readdir(directory: string, ...rest: [{ withFileTypes: true }, Entries] | [Names]): void {
    const done = rest.length === 2 ? rest[1] : null
    if (done === null) return
    fs.readdir(directory, { withFileTypes: true }, (error, entries) => {
      if (error !== null) tell(directory, error)
      done(null, entries ?? [])
    })
  }
  return readdir
}

function fileAt(at: string, stats: fs.Stats): FileOnDisk {
  return {
    path: at,
    label: labelOf(at),
    size: stats.size,
    modified: Math.round(stats.mtimeMs * 1000),
    isStream: !stats.isFile(),
  }
}

function statOf(at: string): fs.Stats | null {
  return fs.statSync(at, { throwIfNoEntry: false }) ?? null
}
