// From what a person typed to the files on disk: files, folders, globs, `-`; each file once, in reading order.
import fs from 'node:fs'
import path from 'node:path'
import { FaultlineError, type Instant } from '../model/index.ts'
import type { Context } from './context.ts'
import { reason } from './disk.ts'
import { labelOf, textOf, uniqueLabels } from './label.ts'
import { inReadingOrder } from './order.ts'
import type { Place } from './place.ts'

export const STDIN = '-'
const SLASH = 0x2f

export interface FileOnDisk extends Place {
  /** As bytes: a name need not be UTF-8. */
  readonly path: Buffer
  readonly size: number
  readonly modified: Instant | null
  /** A pipe or terminal can be read only from its start to its end. */
  readonly isStream: boolean
}

/** @throws FaultlineError `not-found` before anything is read. */
export async function filesOf(paths: readonly string[], context: Context): Promise<FileOnDisk[]> {
  const given = new Set(paths.filter((each) => each !== STDIN).map((each) => path.normalize(each)))
  const lists = await Promise.all([...given].sort().map((each) => filesAt(each, context)))
  const unique = uniqueLabels()
  const ordered = inReadingOrder(eachOnce(lists.flat()), (file) => file.label)
  return ordered.map((file) => ({ ...file, label: unique(file.label) }))
}

/** The label first in order wins, so that the order of arguments does not matter. */
function eachOnce(files: readonly FileOnDisk[]): FileOnDisk[] {
  const byRealPath = new Map<string, FileOnDisk>()
  for (const file of files) {
    const real = realPathOf(file).toString('latin1')
    const other = byRealPath.get(real)
    if (other === undefined || file.label < other.label) byRealPath.set(real, file)
  }
  return [...byRealPath.values()]
}

/** A file that is gone by now is told of when it is opened. */
function realPathOf({ path: at, isStream }: FileOnDisk): Buffer {
  try {
    return isStream ? at : fs.realpathSync.native(at, 'buffer')
  } catch {
    return at
  }
}

async function filesAt(given: string, context: Context): Promise<FileOnDisk[]> {
  const stats = statOf(Buffer.from(given), context)
  if (stats !== null) return typed(Buffer.from(given), stats, context)
  const found = await matching(given)
  if (found.length > 0)
    return found.map((match) => Buffer.from(match)).flatMap((at) => typed(at, statOf(at, context), context))
  throw new FaultlineError('not-found', `${labelOf(given)} does not exist`, {
    hint: 'give files, folders, globs in quotes, or - for standard input',
  })
}

/** Most paths are files or folders; the package is loaded for the first that is neither. */
async function matching(pattern: string): Promise<string[]> {
  const { default: glob } = await import('fast-glob')
  return glob.isDynamicPattern(pattern)
    ? glob(pattern, { dot: true, onlyFiles: false, followSymbolicLinks: false })
    : []
}

/** A path that was typed is followed when it is a link; one that was found in a folder is not. */
function typed(given: Buffer, stats: Stats, context: Context): FileOnDisk[] {
  if (stats === 'unreadable') return []
  if (stats?.isDirectory()) return filesIn(given, context)
  if (stats?.isFile() || stats?.isFIFO() || stats?.isCharacterDevice()) return [fileAt(given, stats)]
  return notAFile(given, context)
}

/** Goes down folder by folder, so that one that may not be entered hides no other. */
function filesIn(folder: Buffer, context: Context): FileOnDisk[] {
  const isOpenEnded = folder.at(-1) === SLASH
  return entriesOf(folder, context).flatMap((entry) => {
    const at = Buffer.concat([folder, Buffer.from(isOpenEnded ? '' : '/'), entry.name])
    if (entry.isDirectory()) return filesIn(at, context)
    return entry.isFile() ? typed(at, statOf(at, context), context) : notAFile(at, context)
  })
}

function entriesOf(folder: Buffer, context: Context): fs.Dirent<Buffer>[] {
  try {
    return fs.readdirSync(folder, { withFileTypes: true, encoding: 'buffer' })
  } catch (error) {
    context.notice(labelAt(folder), 'not-readable', null, `cannot be opened: ${reason(error)}`)
    return []
  }
}

function notAFile(at: Buffer, context: Context): [] {
  context.notice(labelAt(at), 'not-a-file', null, 'is a link or a device: a name without content')
  return []
}

function fileAt(at: Buffer, stats: fs.Stats): FileOnDisk {
  const isStream = !stats.isFile()
  const modified = isStream ? null : Math.round(stats.mtimeMs * 1000)
  return { path: at, label: labelAt(at), size: stats.size, modified, isStream }
}

/** `./a` is `a`, and so is what lies in the folder `.`. */
function labelAt(at: Buffer): string {
  return labelOf((textOf(at) ?? at.toString('latin1')).replace(/^\.\//, ''))
}

type Stats = fs.Stats | 'unreadable' | null

/** Null where there is nothing of this name. */
function statOf(at: Buffer, context: Context): Stats {
  try {
    return fs.statSync(at, { throwIfNoEntry: false }) ?? null
  } catch (error) {
    context.notice(labelAt(at), 'not-readable', null, `cannot be opened: ${reason(error)}`)
    return 'unreadable'
  }
}
