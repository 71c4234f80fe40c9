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
    const real = realPathOf(file)
    const other = byRealPath.get(real)
    if (other === undefined || file.label < other.label) byRealPath.set(real, file)
  }
  return [...byRealPath.values()]
}

/** A file that is gone by now is told of when it is opened. */
function realPathOf({ path: at, isStream }: FileOnDisk): string {
  try {
    return isStream ? at : fs.realpathSync(at)
  } catch {
    return at
  }
}

async function filesAt(given: string, context: Context): Promise<FileOnDisk[]> {
  const stats = statOf(given, context)
  if (stats !== null) return typed(given, stats, context)
  const found = glob.isDynamicPattern(given)
    ? await glob(given, { dot: true, onlyFiles: false, followSymbolicLinks: false })
    : []
  if (found.length > 0) return found.flatMap((match) => typed(match, statOf(match, context), context))
  throw new FaultlineError('not-found', `${labelOf(given)} does not exist`, {
    hint: 'give files, folders, globs in quotes, or - for standard input',
  })
}

/** A path that was typed is followed when it is a link; one that was found in a folder is not. */
function typed(given: string, stats: Stats, context: Context): FileOnDisk[] {
  if (stats === 'unreadable') return []
  if (stats?.isDirectory()) return filesIn(given, context)
  if (stats?.isFile() || stats?.isFIFO() || stats?.isCharacterDevice()) return [fileAt(given, stats)]
  return notAFile(given, context)
}

/** Goes down folder by folder, so that one that may not be entered hides no other. */
function filesIn(folder: string, context: Context): FileOnDisk[] {
  return entriesOf(folder, context).flatMap((entry) => {
    const at = path.join(folder, entry.name)
    if (entry.isDirectory()) return filesIn(at, context)
    return entry.isFile() ? typed(at, statOf(at, context), context) : notAFile(at, context)
  })
}

function notAFile(at: string, context: Context): [] {
  context.notice(labelOf(at), 'not-a-file', null, 'is a link or a device: a name without content')
  return []
}

function entriesOf(folder: string, context: Context): fs.Dirent[] {
  try {
    return fs.readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    context.notice(labelOf(folder), 'not-readable', null, `cannot be opened: ${reason(error)}`)
    return []
  }
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

type Stats = fs.Stats | 'unreadable' | null

/** Null where there is nothing of this name. */
function statOf(at: string, context: Context): Stats {
  try {
    return fs.statSync(at, { throwIfNoEntry: false }) ?? null
  } catch (error) {
    context.notice(labelOf(at), 'not-readable', null, `cannot be opened: ${reason(error)}`)
    return 'unreadable'
  }
}
