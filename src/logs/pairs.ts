// `name=value` pairs as logfmt and many messages write them.
import type { FieldValue } from '../model/index.ts'
import type { OpenFields } from './reading.ts'

const PAIR = /(?:^|[\s,;([{|])([A-Za-z_@][\w.@/-]{0,63})=("(?:[^"\\]|\\.)*"|'[^']*'|[^\s,;)\]}|"]*)/g
const NUMBER = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,12})?$/
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' }

/** The value as a number, truth value or text. */
export function fieldValue(text: string): FieldValue {
  if (text.length < 17 && NUMBER.test(text)) return Number(text)
  if (text === 'true' || text === 'false') return text === 'true'
  return text
}

/** Text without its quotes, escapes undone. */
export function unquote(text: string): string {
  const mark = text.charCodeAt(0)
  if ((mark !== 34 && mark !== 39) || text.length < 2) return text
  const inner = text.slice(1, -1)
  return inner.includes('\\') ? inner.replace(/\\(.)/g, (_, sign: string) => ESCAPES[sign] ?? sign) : inner
}

/** All pairs of a text, at most 64; the first of a name counts. */
export function readPairs(text: string, into: OpenFields = {}): OpenFields {
  if (!text.includes('=')) return into
  let count = 0
  for (const found of text.matchAll(PAIR)) {
    const name = found[1] ?? ''
    const value = found[2] ?? ''
    if (!Object.hasOwn(into, name))
      into[name] = value.charCodeAt(0) === 34 ? unquote(value) : fieldValue(unquote(value))
    if (++count === 64) break
  }
  return into
}
