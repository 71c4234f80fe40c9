// Syslog as RFC 3164 and its many dialects write it: with or without priority, BSD or ISO time, journalctl -o short*.
import type { LogFormat } from '../format.ts'
import { readPairs } from '../pairs.ts'
import { type OpenFields, type Reading, reading } from '../reading.ts'
import { severityOf, severityOfSyslog } from '../severity.ts'
import { readStamp } from '../time/read-stamp.ts'
import type { Stamp } from '../time/stamp.ts'

const PRIORITY = /^(?:\d{1,6} )?<(\d{1,3})>(?:\d+: )?/
const HOST = /([A-Za-z0-9_.:%@[\]/-]+) /y
const TAG = /([^\s[:(]{1,80}(?:\([^()\s]*\))?)(?:\[([^\]\s]{1,40})\])?(?::(?!:)|(?=\s\[)| ?(?=\s-\s))\s?/y
const TAG_SPACED = /((?:[A-Z][\w.-]* ){1,3}[\w.-]+)\[(\d{1,10})\]: ?/y
const TAG_PID = /([^\s[:]{1,80})\[(\d{1,10})\](?::|\s)\s?/y

interface Front {
  readonly stamp: Stamp
  readonly priority: number | null
  readonly end: number
}

function front(line: string): Front | null {
  const found = line.charCodeAt(0) === 60 || /^\d+ </.test(line) ? PRIORITY.exec(line) : null
  const stamp = readStamp(line, found === null ? 0 : found[0].length)
  if (stamp === null || stamp.lacks === 'date') return null
  const code = line.charCodeAt(stamp.start)
  const iso = code >= 48 && code <= 57
  if (iso && !'T.'.includes(line.charAt(stamp.start + 10) || ' ')) return null
  if (line.charCodeAt(stamp.end) !== 32) return null
  return { stamp, priority: found === null ? null : Number(found[1]), end: stamp.end + 1 }
}

interface Tag {
  readonly host: string | null
  readonly program: string | null
  readonly pid: number | null
  readonly end: number
  /** The tag ends with a colon or a process in brackets. */
  readonly closed: boolean
}

/** `host program[12]: `; a level as second word is none of ours; a program alone is taken only where the host is plain. */
function tag(line: string, from: number): Tag | null {
  const first = from + (line.charCodeAt(from) === 32 ? 1 : 0)
  HOST.lastIndex = first
  const host = HOST.exec(line)
  const name = host?.[1] ?? ''
  if (host === null || severityOf(name) !== null) return null
  const none = name.endsWith(':') || /\[\d+\]$/.test(name)
  let at = none ? first : HOST.lastIndex
  while (line.charCodeAt(at) === 32) at++
  TAG_PID.lastIndex = at
  TAG.lastIndex = at
  TAG_SPACED.lastIndex = at
  const withPid = TAG_PID.exec(line)
  const spaced = withPid === null ? TAG_SPACED.exec(line) : null
  const found = withPid ?? spaced ?? TAG.exec(line)
  const known = none ? null : name
  if (found === null) return { host: known, program: null, pid: null, end: at, closed: false }
  const end = withPid !== null ? TAG_PID.lastIndex : spaced !== null ? TAG_SPACED.lastIndex : TAG.lastIndex
  const pid = /^\d{1,10}$/.test(found[2] ?? '') ? Number(found[2]) : null
  const closed = found[2] !== undefined || line.slice(at, end).trimEnd().endsWith(':')
  return { host: known, program: found[1] ?? null, pid, end, closed }
}

/** Behind an ISO time without a priority only `host program[1]:` makes the line syslog: application text looks much alike. */
function isPlainTag(found: Tag | null): boolean {
  if (found?.program == null || found.host === null) return false
  if (!/^[A-Za-z0-9][\w.:-]*$/.test(found.host) || /^\d{4}-\d\d-\d\d/.test(found.host)) return false
  return /^[A-Za-z_(/]/.test(found.program) && severityOf(found.program) === null && found.closed
}

function read(line: string): Reading | null {
  const start = front(line)
  if (start === null) return null
  const iso = line.charCodeAt(start.stamp.start) <= 57
  const found = tag(line, start.end)
  if (iso && start.priority === null && !isPlainTag(found)) return null
  const body = line.slice(found?.end ?? start.end)
  const fields: OpenFields = {}
  if (start.priority !== null) fields.facility = start.priority >> 3
  readPairs(body, fields)
  const severity = start.priority === null ? null : severityOfSyslog(start.priority & 7)
  const { host = null, program = null, pid = null } = found ?? {}
  return reading({ stamp: start.stamp, severity, host, program, pid, body, fields, inner: true })
}

export const syslog3164: LogFormat = {
  name: 'syslog-rfc3164',
  frame: 'header',
  takes: [
    'Nov 20 22:46:02 reg-09 systemd[1]: Started rsyslog.service - System Logging Service.',
    "<34>Oct 11 22:14:15 mymachine su: 'su root' failed for lonvick on /dev/pts/8",
    '2026-11-20T22:45:26.390533+00:00 ip-10-0-1-17 systemd[1]: Listening on syslog.socket - Syslog Socket.',
  ],
  leaves: ['2026-11-20T22:45:26.390Z INFO started', '2026-11-20 22:45:26 host app: blank instead of T'],
  open: () => read,
}
