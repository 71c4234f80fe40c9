// Application text: a time near the start of the line, then level, process, thread, logger and message in the usual layouts.
import type { LogFormat } from '../format.ts'
import { readPairs } from '../pairs.ts'
import { type Reading, reading } from '../reading.ts'
import { severityOf, severityOfLetter } from '../severity.ts'
import { readStamp } from '../time/read-stamp.ts'
import type { Stamp } from '../time/stamp.ts'
import { readHeader } from './header-tokens.ts'

/** What may stand before the time: an opening bracket, a level, a number or name in brackets, an address, a file name. */
const LEAD =
  /(?:\[?\(?([A-Z]{3,9}|[DIWEF])\)?\]?[,:]?\s+\[?|\[(\d{1,7}|[A-Z]{2,8})\]\s+|\((\w)\)\s+|\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\s+|[\w./-]+\.log\S*\s+|[\w-]+::([A-Z]+)::|source=\S+\s+)/y

interface Lead {
  readonly stamp: Stamp
  readonly word: string
  readonly pid: number | null
}

function lead(line: string): Lead | null {
  const code = line.charCodeAt(0)
  const plain = readStamp(line, code === 91 || code === 40 || code === 60 || code === 34 ? 1 : 0)
  const later = plain?.lacks === 'date' ? wholeAfter(line, plain.end) : null
  if (later !== null) return { stamp: later, word: '', pid: null }
  if (plain !== null) return { stamp: plain, word: '', pid: null }
  LEAD.lastIndex = 0
  const found = LEAD.exec(line)
  if (found === null) return null
  const from = LEAD.lastIndex + ('[('.includes(line.charAt(LEAD.lastIndex) || ' ') ? 1 : 0)
  const stamp = readStamp(line, from)
  if (stamp === null || stamp.lacks === 'date') return null
  const number = /^\d+$/.test(found[2] ?? '') ? Number(found[2]) : null
  return { stamp, word: found[1] ?? found[3] ?? found[4] ?? (number === null ? (found[2] ?? '') : ''), pid: number }
}

/** A process manager puts its own time of day before the line's whole time. */
function wholeAfter(line: string, end: number): Stamp | null {
  const at = line.slice(end, end + 40).search(/\d{4}-\d\d-\d\d[T ]\d\d:/)
  return at < 0 ? null : readStamp(line, end + at)
}

function levelOf(word: string): Reading['severity'] {
  return word === '' ? null : (severityOf(word) ?? (word.length === 1 ? severityOfLetter(word) : null))
}

/** Behind the time: `]`, `)`, `#1]`, ` main]`, `, info/Name:`; what follows is the header. */
const CLOSE = /["]?(?:,\s*\d+)?(?: ?#(\d+)\]| ([\w.-]+)\](?=\s)|[\])>])?/y

/** log4j's `%m (%c)`: the class behind the message, as Kafka writes it. */
const CLASS = / \(((?:[a-z]\w*\.)+[\w.$]+)\)$/

function splitClass(body: string): { readonly body: string; readonly logger: string | null } {
  const found = body.charCodeAt(body.length - 1) === 41 ? CLASS.exec(body) : null
  return found === null ? { body, logger: null } : { body: body.slice(0, found.index), logger: found[1] ?? null }
}

export function readText(line: string): Reading | null {
  const start = lead(line)
  if (start === null || (start.stamp.lacks === 'date' && start.stamp.uptime)) return null
  CLOSE.lastIndex = start.stamp.end
  const close = CLOSE.exec(line)
  const header = readHeader(line, CLOSE.lastIndex)
  const { fields } = header
  if (close?.[2] !== undefined) fields.thread = close[2]
  const pid = header.pid ?? start.pid ?? (close?.[1] === undefined ? null : Number(close[1]))
  const severity = header.severity ?? levelOf(start.word)
  const { body, logger } = splitClass(line.slice(header.end))
  if (logger !== null) fields.logger ??= logger
  readPairs(body, fields)
  return reading({
    stamp: start.stamp,
    severity,
    program: header.program,
    pid,
    body,
    fields,
    inner: severity === null && body.length < line.length,
  })
}

export const text: LogFormat = {
  name: 'text',
  frame: 'header',
  nests: true,
  takes: [
    '2026-11-20 22:35:19,868 INFO  [61] register-service - request completed method=GET status=200',
    '[2026-11-20T22:45:26.939+00:00] [regsvc] info: listening host=127.0.0.1 port=4000',
    '17/06/09 20:10:40 INFO executor.CoarseGrainedExecutorBackend: Registered signal handlers',
    '2016-11-09 14:36:38.717 26656 INFO glance.common.wsgi [-] Starting 4 workers',
  ],
  leaves: ['    at listOnTimeout (node:internal/timers:581:17)', 'Hello from the other side'],
  open: () => readText,
}
