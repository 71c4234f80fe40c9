// PostgreSQL's csvlog and jsonlog.
import type { Severity } from '../../model/index.ts'
import { flatten, parseObject } from '../flatten.ts'
import type { LogFormat } from '../format.ts'
import { type OpenFields, type Reading, reading } from '../reading.ts'
import { severityOf } from '../severity.ts'
import { readStamp } from '../time/read-stamp.ts'
import { jsonPlace } from './json.ts'

/** Columns in order, https://www.postgresql.org/docs/current/runtime-config-logging.html#RUNTIME-CONFIG-LOGGING-CSVLOG */
// biome-ignore format: a table
const COLUMNS = [
  'log_time', 'user', 'db', 'pid', 'client', 'session', 'session_line', 'command', 'session_start', 'vxid', 'txid', 'severity', 'code', 'message', 'detail',
  'hint', 'internal_query', 'internal_query_pos', 'context', 'query', 'query_pos', 'location', 'application', 'backend', 'leader', 'query_id',
]
const CELL = /(?:"((?:[^"]|"")*)"|([^,"]*))(?:,|$)/gy
const HEAD = /^"?\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)? [A-Z]{1,5}"?,(?:[^,]*,){2}\d*,/
const KEPT = ['user', 'db', 'client', 'code', 'command', 'application', 'query_id']
const TOLD = ['detail', 'hint', 'context', 'query', 'internal_query'] as const

function severity(word: string): Severity | null {
  return word === 'PANIC' || word === 'FATAL' ? 'fatal' : severityOf(word)
}

function recordOf(cells: OpenFields): Partial<Reading> {
  const fields: OpenFields = {}
  for (const name of KEPT) if (cells[name] !== undefined && cells[name] !== '') fields[name] = cells[name]
  const detail = TOLD.filter((name) => cells[name] !== undefined && cells[name] !== '').map(
    (name) => `${name.toUpperCase()}:  ${cells[name]}`,
  )
  const pid = Number(cells.pid)
  const who = { program: 'postgres', pid: Number.isInteger(pid) && pid > 0 ? pid : null }
  return {
    ...who,
    severity: severity(String(cells.severity ?? '')),
    body: String(cells.message ?? ''),
    fields,
    detail: detail.join('\n'),
  }
}

function readCsv(record: string): Reading | null {
  if (!HEAD.test(record)) return null
  const cells: OpenFields = {}
  CELL.lastIndex = 0
  for (const name of COLUMNS) {
    const found = CELL.exec(record)
    if (found === null || found[0] === '') break
    cells[name] = found[1]?.replaceAll('""', '"') ?? found[2] ?? ''
  }
  if (cells.message === undefined) cells.message = record
  return reading({ ...recordOf(cells), stamp: readStamp(record, record.charCodeAt(0) === 34 ? 1 : 0) })
}

export const postgresqlCsv: LogFormat = {
  name: 'postgresql-csv',
  frame: 'header',
  rereads: true,
  begins: /["\d]/,
  takes: [
    '2026-11-20 22:18:45.549 UTC,"app","app",23390,"192.0.2.7:51",6b00c745.5b5e,1,"SELECT",2026-11-20 22:18:45 UTC,3/1,0,ERROR,40P01,"deadlock detected","Process 1 waits",,,,,"SELECT 1",,,"psql","client backend",,0',
  ],
  leaves: ['2026-11-20 22:18:45,549,INFO,a'],
  open: () => readCsv,
}

const JSON_NAMES: Readonly<Record<string, string>> = {
  dbname: 'db',
  remote_host: 'client',
  error_severity: 'severity',
  state_code: 'code',
  ps: 'command',
  application_name: 'application',
  statement: 'query',
}

function readJson(line: string): Reading | null {
  if (!line.includes('"error_severity"')) return null
  const object = parseObject(line)
  const time = object?.timestamp
  if (object === null || typeof time !== 'string') return null
  const cells: OpenFields = {}
  for (const [name, value] of Object.entries(flatten(object))) cells[JSON_NAMES[name] ?? name] = value
  const at = readStamp(time, 0)
  const place = Math.max(0, jsonPlace(line, 'timestamp', time))
  const stamp = at === null ? null : { ...at, start: place, seconds: place + at.seconds, end: place + at.end }
  return reading({ ...recordOf(cells), stamp })
}

export const postgresqlJson: LogFormat = {
  name: 'postgresql-json',
  frame: 'line',
  nests: true,
  begins: /\s?\{/,
  takes: [
    '{"timestamp":"2026-11-20 22:18:45.549 UTC","pid":23390,"error_severity":"FATAL","state_code":"53300","message":"sorry, too many clients already"}',
  ],
  leaves: ['{"timestamp":"2026-11-20 22:18:45.549 UTC","message":"a"}'],
  open: () => readJson,
}
