// Puts what is known into titles and remedies, and leaves out what they say of the unknown.
import type { FieldValue } from '../model/index.ts'

const NAME = /\{(\w+)\}/g
/** The innermost ones that name something: brackets that do not are text. */
const OPTIONAL = /\[([^[\]]*\{\w+\}[^[\]]*)\]/g

/**
 * Puts values for `{name}`. An unknown one takes the brackets around it along, `The cache[ at {server}[:{port}]] is away`;
 * without brackets it stays a name to be filled in by the reader, as manual pages write them: `nc -vz SERVER PORT`.
 */
export function fill(text: string, values: Readonly<Record<string, FieldValue>>): string {
  const isKnown = (name: string): boolean => values[name] != null
  let left = text
  for (let before = ''; left !== before; ) {
    before = left
    left = left.replace(OPTIONAL, (_, part: string) =>
      [...part.matchAll(NAME)].every(([, name = '']) => isKnown(name)) ? part : '',
    )
  }
  return left.replace(NAME, (_, name: string) => (isKnown(name) ? String(values[name]) : name.toUpperCase()))
}
