// The meaning of the systemd journal's field names, for all the forms its entries come in.
import { withoutColours } from '../line.ts'
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

/** Microseconds since 1970, written at that place. */
export function stampOf(at: number, { start, end }: { readonly start: number; readonly end: number }): Stamp {
  return { at, lacks: 'nothing', zoned: true, offset: 0, uptime: false, start, seconds: start + 10, end }
}

/** Values of one entry by name; of a repeated name the first counts. */
export type JournalEntry = ReadonlyMap<string, string>

export function readEntry(entry: JournalEntry, place: { readonly start: number; readonly end: number }): Reading {
  const micros = Number(entry.get('__REALTIME_TIMESTAMP') ?? entry.get('_SOURCE_REALTIME_TIMESTAMP') ?? Number.NaN)
  const stamp = Number.isSafeInteger(micros) ? stampOf(micros, place) : null
  const priority = entry.get('PRIORITY') ?? ''
  const pid = entry.get('_PID') ?? entry.get('SYSLOG_PID') ?? ''
  const fields: OpenFields = {}
  for (const [name, value] of entry) {
    if (BORING.test(name) || name === 'MESSAGE' || value.length > 4096) continue
    fields[name] = value
    const short = NAMES[name]
    if (short !== undefined && (fields[short] === undefined || name !== '_SYSTEMD_UNIT')) fields[short] = value
  }
  return reading({
    stamp,
    ...severityIn(priority, entry.get('_TRANSPORT')),
    host: entry.get('_HOSTNAME') ?? null,
    program: entry.get('SYSLOG_IDENTIFIER') ?? entry.get('_COMM') ?? null,
    pid: /^\d{1,10}$/.test(pid) ? Number(pid) : null,
    body: withoutColours(entry.get('MESSAGE') ?? '').trimEnd(),
    fields,
    inner: true,
  })
}

/** What a program prints has priority 6 unless it says another: that is no word of its own. */
export function severityIn(priority: string, transport: string | undefined): Pick<Reading, 'severity' | 'otherwise'> {
  if (transport === 'stdout' && priority === '6') return { severity: null, otherwise: 'info' }
  return { severity: /^[0-7]$/.test(priority) ? severityOfSyslog(Number(priority)) : null, otherwise: null }
}
