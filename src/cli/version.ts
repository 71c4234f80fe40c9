// The version, read from the package's own description.
import { readFileSync } from 'node:fs'

export function version(): string {
  const text = readFileSync(new URL(import.meta.resolve('faultline/package.json')), 'utf8')
  const found = /"version":\s*"([^"]+)"/.exec(text)
  return found?.[1] ?? 'unknown'
}
