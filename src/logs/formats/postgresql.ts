// PostgreSQL's stderr log with any usual log_line_prefix, and PgBouncer's.
import type { Severity } from '../../model/index.ts'
import type { LogFormat } from '../format.ts'
import { type OpenFields, type OpenRecord, type Reading, reading } from '../reading.ts'
import { readStamp } from '../time/read-stamp.ts'

// biome-ignore format: a table
const LEVELS: Readonly<Record<string, Severity>> = {
  DEBUG1: 'debug', DEBUG2: 'debug', DEBUG3: 'debug', DEBUG4: 'debug', DEBUG5: 'debug', DEBUG: 'debug', NOISE: 'debug',
  INFO: 'info', NOTICE: 'info', LOG: 'info', STATEMENT: 'info', WARNING: 'warn', ERROR: 'error', FATAL: 'fatal', PANIC: 'fatal',
}
const LEVEL =
  /(?:^|[\s:,\]>-])(DEBUG[1-5]?|INFO|NOTICE|LOG|WARNING|ERROR|FATAL|PANIC|DETAIL|HINT|STATEMENT|CONTEXT|QUERY|LOCATION):(?: {1,2}|$)(?:([0-9A-Z]{5}): )?/
const CONTINUES = /^(?:DETAIL|HINT|STATEMENT|CONTEXT|QUERY|LOCATION)$/
/** A dotted name behind the level is Python's: OpenStack writes process and level in the same places. */
const PGBOUNCER =
  /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+ (?:[A-Z]+ )?\[?(\d+)\]? (LOG|WARNING|ERROR|FATAL|DEBUG|NOISE|INFO) (?!\[|[a-z_]\w*(?:\.\w+)+ )/
const PID = /\[(\d{1,9})(?:-\d+)?\]|\bpid (\d{1,9}):/
/** A prefix that ends with the number alone, or is nothing but one. */
const BARE_PID = /(?:^|[\s:])(\d{1,9})[\s:>]*$/
const ONLY_PID = /^(?:\[\d{1,9}(?:-\d+)?\]:? ?)?$/
/** `%c` of Azure's prefix: when the session began and its process, in hexadecimal. */
const SESSION = /-[0-9a-f]{8}\.([0-9a-f]{1,8})-?$/
/** One word may stand before the time: `app@shop`. More is another format's header. */
const BEFORE_TIME = /^\S* ?$/
const TIME = /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d|\b1\d{9}\.\d{3} /
const PAIR = /\b(user|usr|db|app|client|host|appname|remote|dbname)=([^\s,\]]*)/g
const USER_AT = /(?:^|[\s:])([\w.[\]-]+)@([\w.[\]-]+)(?=[\s:,]|$)/

function prefixFields(prefix: string): OpenFields {
  const fields: OpenFields = {}
  for (const [, name = '', value = ''] of prefix.matchAll(PAIR)) if (value !== '') fields[name] ??= value
  const at = fields.user === undefined ? USER_AT.exec(prefix) : null
  if (at !== null) {
    fields.user = at[1] ?? null
    fields.db = at[2] ?? null
  }
  return fields
}

/** @param isOwn the level is followed by two blanks, as PostgreSQL alone writes it */
function isPrefix(prefix: string, isOwn: boolean): boolean {
  PAIR.lastIndex = 0
  const hasPair = PAIR.test(prefix)
  PAIR.lastIndex = 0
  return hasPair || USER_AT.test(prefix) || (isOwn && prefix.startsWith('<'))
}

/** A line of detail belongs to the message before it when the same process wrote both. */
function joinsSame(pid: number | null): (record: OpenRecord) => boolean {
  return (record) => record.format === 'postgresql' && record.reading.pid === pid
}

function readBouncer(line: string): Reading | null {
  const found = PGBOUNCER.exec(line)
  if (found === null) return null
  const severity = LEVELS[found[2] ?? ''] ?? null
  return reading({
    stamp: readStamp(line, 0),
    severity,
    program: 'pgbouncer',
    pid: Number(found[1]),
    body: line.slice(found[0].length),
  })
}

function unnamedPid(prefix: string): string | undefined {
  const session = SESSION.exec(prefix)?.[1]
  return session === undefined ? BARE_PID.exec(prefix)?.[1] : String(Number.parseInt(session, 16))
}

export function readPostgres(line: string): Reading | null {
  const code = line.charCodeAt(0)
  const digit = code >= 48 && code <= 57
  if (!digit && code !== 91 && code !== 60 && !LEVEL.test(line.slice(0, 14)) && !line.includes(':  ')) return null
  const found = LEVEL.exec(line.length > 600 ? line.slice(0, 600) : line)
  if (found === null) return digit ? readBouncer(line) : null
  const prefix = line.slice(0, found.index)
  const at = prefix.search(TIME)
  if (at > 0 && !BEFORE_TIME.test(prefix.slice(0, at))) return null
  const stamp = at < 0 ? null : readStamp(line, at)
  const isOwn = found[0].endsWith(':  ') && line.charCodeAt(found.index + found[0].length) !== 32
  const numbered = PID.exec(prefix)
  const pid = numbered?.[1] ?? numbered?.[2] ?? (isOwn && at >= 0 ? unnamedPid(prefix.slice(at + 19)) : undefined)
  if (stamp === null ? !ONLY_PID.test(prefix) || !isOwn : pid === undefined && !isPrefix(prefix, isOwn)) return null
  const word = found[1] ?? ''
  const fields = prefixFields(prefix)
  if (found[2] !== undefined) fields.code = found[2]
  const number = pid === undefined ? null : Number(pid)
  const joined = CONTINUES.test(word)
  const body = joined ? line.slice(line.indexOf(`${word}:`, found.index)) : line.slice(found.index + found[0].length)
  const joins = joined ? joinsSame(number) : null
  const program = numbered?.[2] === undefined ? 'postgres' : 'pgpool'
  return reading({ stamp, severity: LEVELS[word] ?? null, program, pid: number, body, fields, joins })
}

export const postgresql: LogFormat = {
  name: 'postgresql',
  frame: 'header',
  nests: true,
  takes: [
    '2026-11-20 22:45:25.891 UTC [10773] LOG:  database system is ready to accept connections',
    '2026-11-20 22:46:02 UTC [13680]: user=app,db=app,app=web,client=192.0.2.7 FATAL:  sorry, too many clients already',
    '<2026-11-20 22:35:19.868 UTC app shop 10773>ERROR:  deadlock detected',
    '1795214762.694 [10773] app LOG:  checkpoint complete',
  ],
  leaves: ['INFO:     Started server process [1]', '2026-11-20 22:45:25.891 ERROR: connection lost'],
  open: () => readPostgres,
}
