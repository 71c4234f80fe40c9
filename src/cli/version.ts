// The version, read from the package's own description.
import { readFileSync } from 'node:fs'

export function version(): string {
  const text = readFileSync(new URL(import.meta.resolve('faultline/package.json')), 'utf8')
  const found = /"version":\s*"([^"]+)"/.exec(text)
  return found?.[1] ?? 'unknown'
}

/** Whether a command line asks for nothing else. */
export function asksVersion([first]: readonly string[]): boolean {
  return first === '-V' || first === '--version'
}
