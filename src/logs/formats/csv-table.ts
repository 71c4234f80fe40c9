// Tables with a line of names above them: the event viewer's CSV, Export-Csv, and what log searches let one download.
import type { LogFormat } from '../format.ts'
import { fieldValue } from '../pairs.ts'
import { type OpenFields, type OpenRecord, type Reading, reading } from '../reading.ts'
import { severityOf } from '../severity.ts'
import { detailOf } from '../structured.ts'
import { readStamp } from '../time/read-stamp.ts'

type Part = 'time' | 'date' | 'level' | 'message' | 'host' | 'program' | 'pid'

/** Names in small letters, without blanks and other signs; the first of a table's names that stands here counts. */
// biome-ignore format: a table
const PARTS: readonly (readonly [Part, readonly string[]])[] = [
  ['time', ['dateandtime', 'datetime', 'time', 'timestamp', 'timecreated', 'timegenerated', 'timestamputc', 'timeutc', 'eventtime', 'logtime', 'createdat', 'logged', 'datumunduhrzeit', 'timewritten']],
  ['date', ['date']],
  ['level', ['leveldisplayname', 'level', 'severity', 'loglevel', 'entrytype', 'ebene', 'lvl', 'status', 'severitylevel']],
  ['message', ['message', 'msg', 'raw', 'body', 'text', 'log', 'content', 'description', 'renderedmessage', 'logmessage', 'line']],
  ['host', ['host', 'hostname', 'machinename', 'computer', 'computername']],
  ['program', ['source', 'providername', 'provider', 'service', 'application', 'app', 'program', 'quelle', 'container']],
  ['pid', ['pid', 'processid']],
]
const COLUMN = /^[A-Za-z@_#$][\w .@/()$:-]{0,60}$/
/** How names may begin that are written as cells. */
const NAMES = /^\s*["A-Za-z@_#$]/
const DELIMITERS = [',', '\t', ';'] as const
const LEAST_COLUMNS = 3
const MOST_COLUMNS = 200
const LONGEST_HEADER = 4000
/** German, French and Spanish words of the event viewer. */
// biome-ignore format: a table
const LEVELS: Readonly<Record<string, string>> = {
  informationen: 'info', warnung: 'warn', fehler: 'error', kritisch: 'critical', avertissement: 'warn', erreur: 'error', critique: 'critical',
  información: 'info', advertencia: 'warn', crítico: 'critical', failureaudit: 'warn', successaudit: 'info', ok: 'info',
}

interface Column {
  readonly name: string
  readonly part: Part | null
}

interface Table {
  readonly delimiter: string
  readonly header: string
  readonly columns: readonly Column[]
}

/** The cells of a row; a quoted one may hold the delimiter and line ends, and the last may not be closed yet. */
function cellsOf(row: string, delimiter: string): string[] {
  const cells: string[] = []
  for (let at = 0; at <= row.length && cells.length <= MOST_COLUMNS; ) {
    const isQuoted = row.charCodeAt(at) === 34
    const close = isQuoted ? closeOf(row, at + 1) : at
    const found = row.indexOf(delimiter, close)
    const end = found < 0 ? row.length : found
    cells.push(isQuoted ? row.slice(at + 1, close).replaceAll('""', '"') : row.slice(at, end))
    at = end + 1
  }
  return cells
}

/** Index of the quote that ends a cell, a doubled one passed over. */
function closeOf(row: string, from: number): number {
  for (let at = row.indexOf('"', from); at >= 0; at = row.indexOf('"', at + 2))
    if (row.charCodeAt(at + 1) !== 34) return at
  return row.length
}

/** Which column is which part: of two that could be, the one whose name is the more usual. */
function columnsOf(names: readonly string[]): readonly Column[] {
  const plain = names.map((name) => name.toLowerCase().replace(/[^a-z]/g, ''))
  const parts = new Map<number, Part>()
  for (const [part, known] of PARTS) {
    const usual = known.find((one) => plain.includes(one))
    if (usual !== undefined) parts.set(plain.indexOf(usual), part)
  }
  return names.map((name, at) => ({ name, part: parts.get(at) ?? null }))
}

/** Names above the columns: a time among them, and what was said or how bad it was. */
function tableOf(header: string): Table | null {
  for (const delimiter of DELIMITERS) {
    if (!header.includes(delimiter)) continue
    const names = cellsOf(header, delimiter).map((name) => name.trim())
    if (names.length < LEAST_COLUMNS || !names.every((name) => COLUMN.test(name))) continue
    const columns = columnsOf(names)
    const has = (...parts: readonly Part[]): boolean =>
      columns.some(({ part }) => part !== null && parts.includes(part))
    return has('time', 'date') && has('message', 'level') ? { delimiter, header, columns } : null
  }
  return null
}

/** What the event viewer writes behind the last of its names is the message. */
function readRow(row: string, { delimiter, columns }: Table): Reading | null {
  const cells = cellsOf(row, delimiter)
  if (cells.length < Math.min(columns.length, LEAST_COLUMNS)) return null
  const parts: Partial<Record<Part, string>> = {}
  const fields: OpenFields = {}
  for (const [at, { name, part }] of columns.entries()) {
    const value = cells[at]?.trim() ?? ''
    if (value === '') continue
    if (part === null) fields[name] = fieldValue(value)
    else parts[part] = value
  }
  const { time = '', date = '', level = '', message = cells[columns.length]?.trim() ?? '' } = parts
  const written = /^\d{1,2}:\d\d/.test(time) && date !== '' ? `${date} ${time}` : time === '' ? date : time
  const stamp = readStamp(written, 0)
  if (stamp === null || stamp.lacks === 'date') return null
  const place = Math.max(0, row.indexOf(written))
  const detail = detailOf(fields)
  const pid = Number(parts.pid ?? Number.NaN)
  return reading({
    stamp: { ...stamp, start: place, seconds: place + stamp.seconds, end: place + stamp.end },
    severity: severityOf(LEVELS[level.toLowerCase().replaceAll(' ', '')] ?? level),
    host: parts.host ?? null,
    program: parts.program ?? null,
    pid: Number.isInteger(pid) ? pid : null,
    body: message === '' ? row.trimEnd() : message,
    fields,
    detail,
    inner: level === '',
  })
}

/** Whether a cell that was open or not before the line is open behind it. */
function isOpen(line: string, before: boolean): boolean {
  let open = before
  for (let at = line.indexOf('"'); at >= 0; at = line.indexOf('"', at + 1)) open = !open
  return open
}

function joinsRow({ format }: OpenRecord): boolean {
  return format === csvTable.name
}

/** Remembers the names, and whether the line before ended within a cell; a table may begin behind other lines. */
class Reader {
  #table: Table | null = null
  /** The line before was one of the table. */
  #isInTable = false
  #isOpen = false

  read(record: string): Reading | null {
    const table = this.#table
    if (table !== null && record.includes('\n')) return readRow(withoutHeader(record, table), table)
    const wasInside = this.#isInTable && this.#isOpen
    this.#isOpen = table !== null && isOpen(record, wasInside)
    if (wasInside) return reading({ body: record, weak: true, joins: joinsRow })
    const row = table === null ? null : readRow(record, table)
    const isCut = this.#isInTable && this.#isOpen
    this.#isInTable = row !== null || isCut || this.#begins(record)
    return row ?? (this.#isInTable ? reading({ body: record }) : null)
  }

  #begins(record: string): boolean {
    const found = record.length > LONGEST_HEADER || !NAMES.test(record) ? null : tableOf(record)
    this.#table = found ?? this.#table
    return found !== null
  }
}

function withoutHeader(record: string, { header }: Table): string {
  return record.startsWith(`${header}\n`) ? record.slice(header.length + 1) : record
}

export const csvTable: LogFormat = {
  name: 'csv-table',
  frame: 'header',
  sequential: true,
  rereads: true,
  takes: [
    'Level,Date and Time,Source,Event ID,Task Category\nError,11/20/2026 10:35:19 PM,Service Control Manager,7031,None,"The Print Spooler service terminated unexpectedly."',
    '"Date","Host","Service","Message"\n"2026-11-20T22:35:19.868Z","web-1","api","connect refused"',
    'timestamp;severity;message\n2026-11-20 22:35:19;ERROR;boom',
  ],
  leaves: ['Error, time, and message follow', 'a,b,c', '2026-11-20 22:35:19;ERROR;boom'],
  open: () => {
    const reader = new Reader()
    return (record) => reader.read(record)
  },
}
