// W3C extended log files: IIS, Exchange, CloudFront and others; the `#Fields` line names the columns.
import type { LineReader, LogFormat, Measure, Measured } from '../format.ts'
import { type OpenFields, type Reading, reading } from '../reading.ts'
import { readStamp } from '../time/read-stamp.ts'
import { requestOf } from './access-request.ts'

const NAMES: Readonly<Record<string, string>> = {
  'c-ip': 'client',
  'cs-method': 'method',
  'cs-uri-stem': 'path',
  'sc-status': 'status',
  'cs-host': 'host',
  'cs(User-Agent)': 'user_agent',
  'cs(Referer)': 'referrer',
  's-ip': 'server',
  's-port': 'port',
  'x-edge-request-id': 'request_id',
}
const CELL = /"((?:[^"]|"")*)"|[^\s"]+/g
/** A first column that holds a time, and how a line begins that has one there, or `-` for none. */
const [TIME_COLUMN, TIME_FIRST] = [/^(?:date(?:-?time)?|time)$/, /^["\s]*[\d-]/]
const DIRECTIVE = /^#(Fields|Software|Version|Date|Start-Date|End-Date|Remark|Log-type): ?/

/** CloudFront's, where the file's head was cut off: a time, then an edge location. */
const CLOUDFRONT =
  'date time x-edge-location sc-bytes c-ip cs-method cs-host cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes time-taken'.split(
    ' ',
  )
const EDGE = /^\d{4}-\d\d-\d\d\t\d\d:\d\d:\d\d\t[A-Z]{3}\d{1,3}(?:-[A-Z]\d+)?\t/

/** Remembers the columns and, where lines hold a time of day only, the date of the last directive. */
function opened(): LineReader {
  let columns: readonly string[] = []
  let isTimeFirst = false
  let date = ''
  const read = (line: string): Reading | null => {
    const directive = line.charCodeAt(0) === 35 ? DIRECTIVE.exec(line) : null
    if (directive !== null) {
      const value = line.slice(directive[0].length).trim()
      if (directive[1] === 'Fields') {
        columns = value.split(value.includes('\t') ? /\t/ : value.includes(', ') ? /,\s*/ : /[\s,]+/)
        isTimeFirst = TIME_COLUMN.test(columns[0] ?? '')
      }
      const stamp = directive[1]?.endsWith('Date') === true ? readStamp(value, 0) : null
      if (stamp !== null) date = value.slice(0, 10)
      return reading({ stamp, body: line })
    }
    if (line.charCodeAt(0) === 35) return null
    if (columns.length === 0) return EDGE.test(line) ? readCells(line, CLOUDFRONT, date) : null
    return isTimeFirst && !TIME_FIRST.test(line) ? null : readCells(line, columns, date)
  }
  return Object.assign(read, { measure: (...line: Parameters<Measure>) => measureCells(columns, ...line) })
}

const [SPACE, QUOTE, TAB, DASH] = [32, 34, 9, 45]

/** Of lines whose cells are parted by single blanks, and that begin with date and time: as IIS writes them. */
function measureCells(columns: readonly string[], ...[bytes, from, to]: Parameters<Measure>): Measured | null {
  if (columns[0] !== 'date' || columns[1] !== 'time') return null
  const [wanted, taken] = [columns.indexOf('sc-status'), columns.indexOf('time-taken')]
  let [cell, start, status, millis] = [0, from, -1, -1]
  for (let at = from; at <= to; at++) {
    const byte = at < to ? (bytes[at] ?? SPACE) : SPACE
    if (byte === QUOTE || byte === TAB || byte > 126) return null
    if (byte !== SPACE) continue
    if (at === start) return null
    if (cell === wanted) status = numberAt(bytes, start, at)
    else if (cell === taken) millis = bytes[start] === DASH && at === start + 1 ? -2 : numberAt(bytes, start, at)
    cell++
    start = at + 1
  }
  if (cell !== columns.length || status < 100 || (taken >= 0 && millis === -1)) return null
  return { status, duration: millis < 0 ? null : millis * 1000 }
}

/** -1 where there is no number, or one that is read in another way. */
function numberAt(bytes: Uint8Array, from: number, to: number): number {
  let value = to - from > 9 ? -1 : 0
  for (let at = from; at < to && value >= 0; at++) {
    const digit = (bytes[at] ?? 0) - 48
    value = digit >= 0 && digit <= 9 ? value * 10 + digit : -1
  }
  return value
}

function cellsOf(line: string, columns: readonly string[]): readonly string[] | null {
  const cells = line.includes('\t')
    ? line.split('\t')
    : [...line.matchAll(CELL)].map(([cell, quoted]) => quoted ?? cell)
  const most = columns === CLOUDFRONT ? 40 : columns.length + 4
  if (cells.length >= columns.length - 2 && cells.length <= most) return cells
  const commas = line.split(',')
  return Math.abs(commas.length - columns.length) <= 2 ? commas : null
}

function readCells(line: string, columns: readonly string[], date: string): Reading | null {
  const cells = cellsOf(line, columns)
  if (cells === null) return null
  const fields: OpenFields = {}
  let [day, time] = [date, '']
  for (const [at, column] of columns.entries()) {
    const value = cells[at]
    if (value === undefined || value === '-' || value === '') continue
    if (column === 'date') day = value
    else if (column === 'time') time = value
    else if (column === 'date-time' || column === 'datetime') [day, time] = [value, '']
    else fields[NAMES[column] ?? column] = /^\d{1,9}$/.test(value) ? Number(value) : value.replaceAll('+', ' ')
  }
  const stamp = place(line, readStamp(time === '' ? day : `${day} ${time}`, 0))
  if (stamp === null) return null
  const taken = fields['time-taken']
  if (typeof taken === 'number') fields.duration = taken * 1000
  else if (typeof taken === 'string' && /^\d+\.\d+$/.test(taken)) fields.duration = Math.round(Number(taken) * 1e6)
  const request = typeof fields.status === 'number' ? requestOf(fields) : null
  return reading({ stamp: { ...stamp, zoned: true, offset: 0 }, body: line.trimEnd(), fields, request })
}

/** Times are UTC by the standard; lines begin with them in all usual column orders. */
function place(line: string, stamp: Reading['stamp']): Reading['stamp'] {
  const digits = line.search(/\d/)
  return stamp === null || digits < 0
    ? stamp
    : { ...stamp, start: digits, seconds: digits + stamp.seconds, end: digits + stamp.end }
}

export const w3c: LogFormat = {
  name: 'w3c',
  frame: 'header',
  heeds: { first: 35, beginning: DIRECTIVE },
  takes: [
    '#Fields: date time s-ip cs-method cs-uri-stem sc-status time-taken\n2026-01-13 00:32:17 192.0.2.81 GET /robots.txt 404 242',
    '2026-11-20\t22:35:19\tLAX3-C1\t703\t192.0.2.4\tGET\td1.example\t/x\t502\t-\tcurl/7.81.0\t-\t-\tError\tSOX4==\ta.example\thttps\t62\t0.113',
  ],
  leaves: ['2026-01-13 00:32:17 192.0.2.81 GET /robots.txt 404 242'],
  open: opened,
}
