// A file that appears whole or not at all, readable by its owner only.
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { FaultlineError } from '../model/index.ts'

/** @throws FaultlineError `not-writable` */
export function saveFile(path: string, bytes: Uint8Array): void {
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
  } catch (cause) {
    if (existsSync(temporary)) rmSync(temporary)
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new FaultlineError('not-writable', `Cannot write ${path}: ${reason}`, { cause })
  }
}
