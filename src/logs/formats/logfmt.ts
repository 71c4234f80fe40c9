// logfmt: a line of name=value pairs, perhaps with a time before the first.
import type { Severity } from '../../model/index.ts'
import type { LogFormat } from '../format.ts'
import { readPairs } from '../pairs.ts'
import { type OpenFields, type Reading, reading } from '../reading.ts'
import { severityOf } from '../severity.ts'
import { structured } from '../structured.ts'
import { readStamp } from '../time/read-stamp.ts'

const FIRST = /^[A-Za-z_@][\w.@/-]*=(?:"|[^\s=]*(?:\s|$))/
const SECOND = /\s(?:level|lvl|severity|msg|message|ts|time|t|err|error|method|status)=/

const LOOSE = /(?<!\S)(msg|message|error|err|reason)=([^\s"'=]+(?:\s+(?![A-Za-z_@][\w.@/-]*=)[^\s"]\S*)+)/g

function read(line: string): Reading | null {
  const code = line.charCodeAt(0)
  const stamp = code >= 48 && code <= 57 ? readStamp(line, 0) : null
  if (stamp !== null && stamp.lacks === 'date') return null
  const from = stamp === null ? 0 : line.slice(stamp.end).search(/\S/) + stamp.end
  const pairs = line.slice(from)
  if (!FIRST.test(pairs) || !(SECOND.test(` ${pairs}`) && pairs.indexOf('=') !== pairs.lastIndexOf('='))) return null
  if (pairs.startsWith('type=') && pairs.includes(' msg=audit(')) return null
  const record = structured(withLooseTexts(pairs, readPairs(pairs)), (name, value) => valuePlace(line, name, value))
  return reading({ ...record, stamp: stamp ?? record.stamp, body: record.body === '' ? pairs : record.body })
}

/** A level that no text in quotes stands before. */
const LEVEL = /^[^"']*?(?:^|[\s,;([{|])level="?([A-Za-z]+)(?=["\s]|$)/

/** Heroku's router, the audit log. */
const OTHERS = /^(?:sock|at|node|type)=/

/** The level of a line that begins with a pair; null where only the reader can tell. */
export function logfmtLevel(line: string): Severity | null {
  if (!FIRST.test(line) || !SECOND.test(` ${line}`) || line.indexOf('=') === line.lastIndexOf('=')) return null
  if (OTHERS.test(line)) return null
  return severityOf(LEVEL.exec(line)?.[1] ?? '')
}

/** Some writers leave out the quotes of their texts: words that open no pair go on with the message or the error. */
function withLooseTexts(pairs: string, fields: OpenFields): OpenFields {
  for (const [, name = '', text = ''] of pairs.matchAll(LOOSE)) {
    if (typeof fields[name] === 'string' && text.startsWith(fields[name])) fields[name] = text
  }
  return fields
}

/** Where the value of a pair stands in the line. */
function valuePlace(line: string, name: string, value: string): number {
  const at = line.indexOf(`${name}=`)
  return at < 0 ? -1 : line.indexOf(value, at)
}

export const logfmt: LogFormat = {
  name: 'logfmt',
  frame: 'line',
  nests: true,
  begins: /[\w@]/,
  takes: [
    'ts=2026-11-20T22:28:30.372Z level=info service=register msg="upstream client starting" target=127.0.0.1:9000',
    '2026-11-20T22:46:04.432Z level=info method=GET path=/api/profile status=200 ms=11',
  ],
  leaves: ['a = b', 'type=SYSCALL msg=audit(1684329817.579:2995): arch=c000003e'],
  open: () => read,
}
