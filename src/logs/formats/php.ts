// Errors of PHP: its own log, which names the zone, and the same lines on a terminal or behind PHP-FPM.
import type { Severity } from '../../model/index.ts'
import type { LogFormat } from '../format.ts'
import { type Reading, reading } from '../reading.ts'
import { readStamp } from '../time/read-stamp.ts'
import type { Stamp } from '../time/stamp.ts'
import { zoneRule } from '../time/zones.ts'

const HEADER = /^\[(\d\d-[A-Z][a-z]{2}-\d{4} \d\d:\d\d:\d\d) ([A-Z][\w+/-]*)\] /
const LEVEL =
  /^(?:PHP message: )?PHP (Fatal error|Parse error|Core error|Compile error|Recoverable fatal error|Catchable fatal error|Warning|Deprecated|Notice|Strict Standards|User \w+): +/
const SEVERITIES: Readonly<Record<string, Severity>> = {
  'Fatal error': 'fatal',
  Warning: 'warn',
  Deprecated: 'warn',
  Notice: 'info',
  'Strict Standards': 'info',
  'User Warning': 'warn',
  'User Deprecated': 'warn',
  'User Notice': 'info',
}

function severityIn(message: string): Severity | null {
  const found = LEVEL.exec(message)
  return found === null ? null : (SEVERITIES[found[1] ?? ''] ?? 'error')
}

/** `UTC` is read with the time, `Europe/Berlin` is not. */
function stampOf(line: string, zone: string): Stamp | null {
  const stamp = readStamp(line, 1)
  if (stamp === null || stamp.zoned) return stamp
  const offset = zoneRule(zone)?.(stamp.at)
  if (offset === undefined) return stamp
  return { ...stamp, at: stamp.at - offset * 60_000_000, zoned: true, offset, end: stamp.end + 1 + zone.length }
}

function read(line: string): Reading | null {
  const code = line.charCodeAt(0)
  if (code !== 91 && code !== 80) return null
  const found = code === 91 ? HEADER.exec(line) : null
  const body = found === null ? line : line.slice(found[0].length)
  const severity = severityIn(body)
  if (found === null) return severity === null ? null : reading({ severity, program: 'php', body })
  return reading({ stamp: stampOf(line, found[2] ?? ''), severity, program: 'php', body, inner: severity === null })
}

export const php: LogFormat = {
  name: 'php',
  frame: 'header',
  nests: true,
  begins: /[[P]/,
  takes: [
    '[20-Nov-2026 22:35:19 Europe/Berlin] PHP Warning:  mysqli_connect(): (HY000/2002): Connection refused in /a.php on line 2',
    'PHP Fatal error:  Allowed memory size of 134217728 bytes exhausted (tried to allocate 4096 bytes) in /a.php on line 3',
  ],
  leaves: ['[20-Nov-2026 22:35:19] NOTICE: fpm is running, pid 1', 'PHP 8.3.1 (cli)'],
  open: () => read,
}
