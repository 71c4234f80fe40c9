// A file that appears whole or not at all, readable by its owner only.
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { FaultlineError } from '../model/index.ts'

/** Behind a link its target is written; pipes and devices take the bytes as they are. @throws FaultlineError `not-writable` */
export function saveFile(path: string, bytes: Uint8Array): void {
  try {
    const stat = statSync(path, { throwIfNoEntry: false })
    if (stat === undefined || stat.isFile()) replace(stat === undefined ? path : realpathSync(path), bytes)
    else writeFileSync(path, bytes)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new FaultlineError('not-writable', `Cannot write ${path}: ${reason}`, { cause })
  }
}

function replace(path: string, bytes: Uint8Array): void {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`)
  try {
    const file = openSync(temporary, 'wx', 0o600)
    try {
      for (let from = 0; from < bytes.length; ) from += writeSync(file, bytes, from)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(temporary, path)
  } finally {
    if (existsSync(temporary)) rmSync(temporary)
  }
}
