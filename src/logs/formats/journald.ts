// Entries of the systemd journal as JSON lines, and those of its binary files.
import { parseObject } from '../flatten.ts'
import type { LogFormat } from '../format.ts'
import type { Reading } from '../reading.ts'
import { readEntry } from './journald-entry.ts'
import { asOneProgram } from './one-program.ts'

const decoder = new TextDecoder()

/** `-o json-seq` (RFC 7464) and `-o json-sse`. */
const FRAMING = /^(?:\x1e|data: )/

/** A value of `-o json`: text, bytes as numbers, null where it was too big, or several of those. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (!Array.isArray(value) || value.length === 0) return ''
  return value.every((one) => typeof one === 'number') ? decoder.decode(Uint8Array.from(value)) : textOf(value[0])
}

export function readJournalJson(line: string): Reading | null {
  if (!line.includes('"__REALTIME_TIMESTAMP"') && !line.includes('"__CURSOR"')) return null
  const object = parseObject(line.replace(FRAMING, ''))
  if (object === null) return null
  const entry = new Map(Object.entries(object).map(([name, value]) => [name, textOf(value)]))
  const key = line.indexOf('"__REALTIME_TIMESTAMP"')
  const start = key < 0 ? 0 : key + 22 + line.slice(key + 22).search(/\d/)
  return asOneProgram(readEntry(entry, { start, end: start + 16 }))
}

export const journaldJson: LogFormat = {
  name: 'journald-json',
  frame: 'line',
  countsEach: true,
  begins: /\s?\{|[\x1ed]/,
  takes: [
    '{"__REALTIME_TIMESTAMP":"1795214762694290","PRIORITY":"6","_HOSTNAME":"reg-09","SYSLOG_IDENTIFIER":"systemd","_PID":"1","MESSAGE":"Started."}',
  ],
  leaves: ['{"time":"2026-11-20T22:46:02Z","msg":"Started."}'],
  open: () => readJournalJson,
}

/** Entries of a journal file have no text of their own: they are read object by object. */
export const journaldBinary: LogFormat = {
  name: 'journald',
  frame: 'line',
  takes: [],
  leaves: ['LPKSHHRH'],
  open: () => () => null,
}
