// Credentials: from the environment, or from a file that only its owner can read; never from the command line.
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs'
import { FaultlineError } from '../model/index.ts'

/** Values by name; those of the file come before those of the environment. @throws FaultlineError `credentials` */
export function readCredentials(names: readonly string[], file: string | undefined): Record<string, string> {
  const found = file === undefined ? new Map<string, string>() : entriesOf(file, ownText(file), names)
  const values: Record<string, string> = {}
  for (const name of names) {
    const value = found.get(name) ?? process.env[name]
    if (value !== undefined && value !== '') values[name] = value
  }
  return values
}

function ownText(path: string): string {
  const file = opened(path)
  try {
    const { mode } = fstatSync(file)
    if (process.platform !== 'win32' && (mode & 0o077) !== 0)
      throw new FaultlineError('credentials', `Others can read ${path}.`, { hint: `Close it first: chmod 600 ${path}` })
    return readFileSync(file, 'utf8')
  } finally {
    closeSync(file)
  }
}

function opened(path: string): number {
  try {
    return openSync(path, 'r')
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new FaultlineError('credentials', `Cannot read ${path}: ${reason}`, { cause })
  }
}

/** Lines `NAME=value`; `#` begins a comment. What is wrong is told by line, never by value. */
function entriesOf(path: string, text: string, names: readonly string[]): Map<string, string> {
  const entries = new Map<string, string>()
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    if (/^\s*(?:#|$)/.test(line)) continue
    const [, name = '', value = ''] = /^\s*(?:export\s+)?([A-Z_]+)\s*=\s*(.*?)\s*$/.exec(line) ?? []
    if (!names.includes(name)) {
      const hint = `Lines are NAME=value; names are ${names.join(', ')}.`
      throw new FaultlineError('credentials', `${path}:${at + 1} sets nothing that is known.`, { hint })
    }
    entries.set(name, value.replace(/^(["'])(.*)\1$/, '$2'))
  }
  return entries
}
