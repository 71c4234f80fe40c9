// JSON objects written over several lines: `journalctl -o json-pretty`, and loggers that indent.
import type { LogFormat } from '../format.ts'
import { type OpenRecord, type Reading, reading } from '../reading.ts'
import { readJournalJson } from './journald.ts'
import { readJson } from './json.ts'

const LONGEST = 1 << 18

/** Lines of an object follow until its bracket closes in the first column. */
function joinsObject({ format, last }: OpenRecord): boolean {
  return format === jsonPretty.name && !/^\}[\s,]*$/.test(last)
}

function read(record: string): Reading | null {
  if (record.includes('\n')) return readWhole(record)
  if (/^[{[],?\s*$/.test(record)) return record.charCodeAt(0) === 123 ? reading({ body: record }) : null
  return /^\s+("|[\]}])|^\}/.test(record) ? reading({ body: record, joins: joinsObject, weak: true }) : null
}

function readWhole(record: string): Reading | null {
  if (record.length > LONGEST) return null
  const text = record.replace(/,\s*$/, '')
  return readJournalJson(text) ?? readJson(text)
}

export const jsonPretty: LogFormat = {
  name: 'json-pretty',
  frame: 'line',
  rereads: true,
  begins: /\s["\]}]|[{[}]/,
  takes: ['{\n  "level": "error",\n  "time": "2026-11-20T22:28:30.372Z",\n  "msg": "boom"\n}'],
  leaves: ['{"one":"line"}', '{ not json'],
  open: () => read,
}
