// Error and slow query logs of MySQL, Percona Server and MariaDB.
import type { LogFormat } from '../format.ts'
import { type OpenFields, type Reading, reading } from '../reading.ts'
import { severityOf } from '../severity.ts'
import { readStamp } from '../time/read-stamp.ts'

const MODERN =
  /^\d{4}-\d\d-\d\d(?:T| {1,2})[\d:.]+(?:Z|[+-]\d\d:\d\d)? +(\d+) \[(\w+)\] (?:\[(MY-\d+)\] \[(\w+)\](?: |$))?/
const OLD = /^\d{6} {1,2}\d{1,2}:\d\d:\d\d (?:(\d+) )?(?:\[(\w+)\] |(mysqld_safe|InnoDB:) |(?=mysqld))/
/** InnoDB of 5.6 and its monitor write the thread as its address. */
const ADDRESS = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d (?:0x)?[0-9a-f]{6,16} (?=InnoDB: |INNODB MONITOR OUTPUT)/
const SAFE = /^\d{4}-\d\d-\d\d(?:T| )[\d:.]+Z? (mysqld_safe|mariadbd-safe|mysqld) /

/** Before 5.7 the level of the engine's messages is a word of theirs. */
const SAID = /^(?:InnoDB: )?(Error|Warning|ERROR|WARNING)\b/

function readError(line: string): Reading | null {
  const isDashed = line.charCodeAt(4) === 45
  const found = isDashed ? (MODERN.exec(line) ?? SAFE.exec(line) ?? ADDRESS.exec(line)) : OLD.exec(line)
  const stamp = found === null ? null : readStamp(line, 0)
  if (found === null || stamp === null) return null
  const word = found[2] ?? ''
  const stated = /^[A-Z]/.test(word) ? severityOf(word) : null
  if (word !== '' && stated === null) return null
  const fields: OpenFields = {}
  if (/^\d+$/.test(found[1] ?? '')) fields.thread = Number(found[1])
  if (found[3]?.startsWith('MY-') === true) fields.code = found[3]
  if (found[4] !== undefined) fields.subsystem = found[4]
  const body = line.slice(found[0].length)
  const severity = stated ?? severityOf(SAID.exec(body)?.[1] ?? '')
  return reading({ stamp, severity, program: 'mysqld', body, fields })
}

export const mysqlError: LogFormat = {
  name: 'mysql-error',
  frame: 'header',
  nests: true,
  begins: /\d/,
  takes: [
    '2020-08-06T14:25:02.936146Z 0 [Warning] [MY-010068] [Server] CA certificate cacert.pem is self signed.',
    "2021-11-09  5:13:11 8 [Warning] Access denied for user 'app'@'192.0.2.1' (using password: YES)",
    '161209 13:08:33 mysqld_safe Starting mysqld daemon with databases from /var/mysql',
  ],
  leaves: ['2021-11-09 05:13:11 8 INFO no brackets'],
  open: () => readError,
}

const GENERAL =
  /^(?:\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)|\d{6} {1,2}\d{1,2}:\d\d:\d\d)\t *(\d+) ((?:Connect|Query|Quit|Init DB|Prepare|Execute|Close stmt|Statistics|Field List|Ping|Kill|Change user|Reset stmt|Binlog Dump|Refresh|Shutdown)\b)\t?/

function readGeneral(line: string): Reading | null {
  const found = GENERAL.exec(line)
  if (found === null) return null
  const fields = { thread: Number(found[1]), command: found[2] ?? null }
  return reading({ stamp: readStamp(line, 0), program: 'mysqld', body: line.slice(found[0].length), fields })
}

export const mysqlGeneral: LogFormat = {
  name: 'mysql-general',
  frame: 'header',
  begins: /\d/,
  takes: ['2026-11-20T22:35:19.868123Z\t   12 Connect\troot@localhost on db using Socket'],
  leaves: ['2026-11-20T22:35:19.868123Z 12 [Note] Connect'],
  open: () => readGeneral,
}

const USER = /^# User@Host: (\S*?)(?:\[[^\]]*\])? @ +(\S*) *\[([^\]]*)\](?: +Id: +(\d+))?/m
const NUMBER =
  /\b(Query_time|Lock_time|Rows_sent|Rows_examined|Rows_affected|Bytes_sent|Thread_id|Errno|Last_errno): +([\d.]+)/g

function readSlow(record: string): Reading | null {
  if (!record.startsWith('# Time: ') && !record.startsWith('# User@Host: ')) return null
  const first = record.startsWith('# Time: ')
  const epoch = first ? -1 : record.search(/^SET timestamp=\d{10}/m)
  const stamp = first ? readStamp(record, 8) : epoch < 0 ? null : readStamp(record, epoch + 14)
  const fields: OpenFields = {}
  const user = USER.exec(record)
  if (user !== null) Object.assign(fields, { user: user[1] ?? null, client: user[3] || user[2] || null })
  for (const [, name = '', value] of record.matchAll(NUMBER)) fields[name.toLowerCase()] = Number(value)
  if (typeof fields.query_time === 'number') fields.duration = Math.round(fields.query_time * 1e6)
  const body = record
    .split('\n')
    .filter((line) => !line.startsWith('# Time:') && !line.startsWith('# User@Host:'))
    .join('\n')
  const joins = first ? null : (open: { readonly last: string }): boolean => open.last.startsWith('# Time: ')
  return reading({ stamp, program: 'mysqld', body: body === '' ? record : body, fields, joins })
}

export const mysqlSlow: LogFormat = {
  name: 'mysql-slow',
  frame: 'header',
  rereads: true,
  begins: /#/,
  takes: [
    '# Time: 2021-01-26T23:45:57.678222Z\n# User@Host: app[app] @ localhost []  Id:     2\n# Query_time: 4.071491  Lock_time: 0.000212 Rows_sent: 1  Rows_examined: 9\nSELECT 1;',
  ],
  leaves: ['# Time flies'],
  open: () => readSlow,
}
