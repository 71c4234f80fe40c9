// Files that appear whole or not at all, readable by their owner only; pipes and devices simply take what is written.
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { FaultlineError, notWritable } from '../model/index.ts'

/** Behind a link its target is written. @throws FaultlineError `not-writable` */
export function writeWhole(path: string, pieces: Iterable<string | Uint8Array>): void {
  try {
    const stat = statSync(path, { throwIfNoEntry: false })
    if (stat === undefined || stat.isFile()) replace(stat === undefined ? path : realpathSync(path), pieces)
    else fill(openSync(path, 'w'), pieces)
  } catch (cause) {
    if (cause instanceof FaultlineError) throw cause
    throw notWritable(path, cause)
  }
}

function replace(path: string, pieces: Iterable<string | Uint8Array>): void {
  const temporary = join(dirname(path), `.${process.pid}.faultline.tmp`)
  try {
    const file = openSync(temporary, 'wx', 0o600)
    fill(file, pieces, fsyncSync)
    renameSync(temporary, path)
  } finally {
    if (existsSync(temporary)) rmSync(temporary)
  }
}

/** @param settle what is done before the file is closed */
function fill(file: number, pieces: Iterable<string | Uint8Array>, settle: (file: number) => void = () => {}): void {
  try {
    for (const piece of pieces) writeAll(file, typeof piece === 'string' ? Buffer.from(piece) : piece)
    settle(file)
  } finally {
    closeSync(file)
  }
}

/** One write may take less than it is given. */
export function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
}
