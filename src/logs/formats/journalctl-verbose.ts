// `journalctl -o verbose`: a line with the time and the cursor, then every field of the entry on a line of its own.
import type { LogFormat } from '../format.ts'
import { type Reading, reading } from '../reading.ts'
import { readStamp } from '../time/read-stamp.ts'
import { readEntry } from './journald-entry.ts'

const HEADER = /^[A-Z][a-z]{2} \d{4}-\d\d-\d\d [\d:.]+ \S+ \[s=[0-9a-f]+;i=[0-9a-f]+;/
const FIELD = /^ {4}([A-Z_][A-Z0-9_]{0,63})=(.*)$/

function fieldsOf(lines: readonly string[]): Map<string, string> {
  const fields = new Map<string, string>()
  let last = ''
  for (const line of lines) {
    const found = FIELD.exec(line)
    if (found !== null) {
      last = found[1] ?? ''
      if (!fields.has(last)) fields.set(last, found[2] ?? '')
    } else if (fields.has(last)) fields.set(last, `${fields.get(last)}\n${line.trim()}`)
  }
  return fields
}

function read(record: string): Reading | null {
  if (!HEADER.test(record)) return null
  const stamp = readStamp(record, 0)
  const [first = '', ...lines] = record.split('\n')
  if (lines.length === 0) return reading({ stamp, body: first })
  return { ...readEntry(fieldsOf(lines), { start: 0, end: 0 }), stamp }
}

export const journalctlVerbose: LogFormat = {
  name: 'journalctl-verbose',
  frame: 'header',
  rereads: true,
  begins: /[A-Z]/,
  takes: [
    'Fri 2026-11-20 22:46:02.694290 UTC [s=ab;i=1f;b=3a;m=12;t=65;x=1]\n    PRIORITY=3\n    _HOSTNAME=reg-09\n    MESSAGE=connect ECONNREFUSED',
  ],
  leaves: ['Fri 2026-11-20 22:46:02 UTC reg-09 systemd[1]: Started.'],
  open: () => read,
}
