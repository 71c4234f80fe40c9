// Entries of the systemd journal as JSON lines, and the meaning of its field names for all its forms.
import { parseObject } from '../flatten.ts'
import type { LogFormat } from '../format.ts'
import { type OpenFields, type Reading, reading } from '../reading.ts'
import { severityOfSyslog } from '../severity.ts'
import type { Stamp } from '../time/stamp.ts'

const BORING =
  /^(?:__|_BOOT_ID|_MACHINE_ID|_CAP_EFFECTIVE|_SELINUX|_AUDIT|_STREAM_ID|_SYSTEMD_(?:CGROUP|SLICE|INVOCATION)|_RUNTIME_SCOPE|INVOCATION_ID)/
const NAMES: Readonly<Record<string, string>> = {
  _SYSTEMD_UNIT: 'unit',
  UNIT: 'unit',
  USER_UNIT: 'unit',
  _EXE: 'exe',
  _COMM: 'comm',
  ERRNO: 'errno',
}

/** Values of one entry by name; of a repeated name the first counts. */
export type JournalEntry = ReadonlyMap<string, string>

export function readEntry(entry: JournalEntry, place: { readonly start: number; readonly end: number }): Reading {
  const micros = Number(entry.get('__REALTIME_TIMESTAMP') ?? entry.get('_SOURCE_REALTIME_TIMESTAMP') ?? Number.NaN)
  const stamp: Stamp | null = Number.isSafeInteger(micros)
    ? {
        at: micros,
        lacks: 'nothing',
        zoned: true,
        offset: 0,
        uptime: false,
        start: place.start,
        seconds: place.start + 10,
        end: place.end,
      }
    : null
  const priority = entry.get('PRIORITY') ?? ''
  const pid = entry.get('_PID') ?? entry.get('SYSLOG_PID') ?? ''
  const fields: OpenFields = {}
  for (const [name, value] of entry) {
    if (BORING.test(name) || name === 'MESSAGE' || value.length > 4096) continue
    fields[name] = value
    const short = NAMES[name]
    if (short !== undefined && (fields[short] === undefined || name !== '_SYSTEMD_UNIT')) fields[short] = value
  }
  const stdout = entry.get('_TRANSPORT') === 'stdout' && priority === '6'
  return reading({
    stamp,
    severity: stdout || !/^[0-7]$/.test(priority) ? null : severityOfSyslog(Number(priority)),
    otherwise: stdout ? 'info' : null,
    host: entry.get('_HOSTNAME') ?? null,
    program: entry.get('SYSLOG_IDENTIFIER') ?? entry.get('_COMM') ?? null,
    pid: /^\d{1,10}$/.test(pid) ? Number(pid) : null,
    body: (entry.get('MESSAGE') ?? '').trimEnd(),
    fields,
    inner: true,
  })
}

const decoder = new TextDecoder()

/** A value of `-o json`: text, bytes as numbers, null where it was too big, or several of those. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (!Array.isArray(value) || value.length === 0) return ''
  return value.every((one) => typeof one === 'number') ? decoder.decode(Uint8Array.from(value)) : textOf(value[0])
}

export function readJournalJson(line: string): Reading | null {
  if (!line.includes('"__REALTIME_TIMESTAMP"') && !line.includes('"__CURSOR"')) return null
  const object = parseObject(line)
  if (object === null) return null
  const entry = new Map(Object.entries(object).map(([name, value]) => [name, textOf(value)]))
  const key = line.indexOf('"__REALTIME_TIMESTAMP"')
  const start = key < 0 ? 0 : key + 22 + line.slice(key + 22).search(/\d/)
  return readEntry(entry, { start, end: start + 16 })
}

export const journaldJson: LogFormat = {
  name: 'journald-json',
  frame: 'line',
  takes: [
    '{"__REALTIME_TIMESTAMP":"1795214762694290","PRIORITY":"6","_HOSTNAME":"reg-09","SYSLOG_IDENTIFIER":"systemd","_PID":"1","MESSAGE":"Started."}',
  ],
  leaves: ['{"time":"2026-11-20T22:46:02Z","msg":"Started."}'],
  open: () => readJournalJson,
}
