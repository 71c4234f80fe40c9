// Reads a file that is named on the command line.
import { readFileSync } from 'node:fs'
import { FaultlineError } from '../model/index.ts'

const REASONS = new Map<unknown, string>([
  ['ENOENT', 'there is no such file'],
  ['EISDIR', 'it is a folder'],
  ['EACCES', 'permission denied'],
])

/** @throws FaultlineError `not-readable` where it is missing, a folder, or closed to us */
export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? REASONS.get(cause.code) : undefined
    throw new FaultlineError('not-readable', `Cannot read ${path}: ${reason ?? String(cause)}.`, { cause })
  }
}
