// Application text: a time near the start of the line, then level, process, thread, logger and message in the usual layouts.
import type { LogFormat } from '../format.ts'
import { readPairs } from '../pairs.ts'
import { type OpenFields, type Reading, reading } from '../reading.ts'
import { severityOf } from '../severity.ts'
import { readStamp } from '../time/read-stamp.ts'
import type { Stamp } from '../time/stamp.ts'
import { laterLevel } from './header-later.ts'
import { bracketLevel } from './header-level.ts'
import { readHeader } from './header-tokens.ts'

/** What may stand before the time: an opening bracket, a level, a number or name in brackets, an address, a file name, a process. */
const LEAD = new RegExp(
  [
    String.raw`(?<wrapped>[A-Z]{4,6}) +\| (?:jvm \d+|wrapper|wrapper[mp]) +\| `,
    String.raw`\[Nest\] (?<nest>\d+) +- `,
    String.raw`\[\w+:(?<named>[a-z]+),(?=\d{4}-)`,
    String.raw`\[#\|`,
    String.raw`TID: \[-?\d+\] (?:\[\w*\] )?\[`,
    String.raw`(?:\[ (?=[A-Z] )|<(?=[A-Z]>\d)|(?=[A-Z]\d{8}-\d\d:))(?<mark>[DIWEFC])[ >]?`,
    String.raw`\[(?<task>\d{1,9}) - [\w.#-]{1,30}\] `,
    String.raw`(?=[a-z]*[\d.:])[\w.:-]{3,45} - (?:\S{1,40} )?\[`,
    String.raw`(?:\([\w-]{1,40}(?: pid=(?<own>\d{1,9}))?\) )?[[(<]{0,2}(?<level>[A-Z]{3,9}|[DIWEF]|trace|debug|info|notice|warn|warning|error|critical|fatal) *(?:[)\]>]{0,2}[,:]?\s+|\|)(?:\[(?!\d{1,4}[-/]|[A-Z][a-z]{2} +\d)(?<thread>[^\]]{1,80})\]\s+)?\[?`,
    String.raw`\[(?<bracket>[\w.:@/-]{1,40})\]\s+`,
    String.raw`\((?<letter>\w)\)\s+`,
    String.raw`\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\s+`,
    String.raw`[\w./-]+\.log(?:\S*\s+|(?::\d{1,9})?:)`,
    String.raw`[\w-]+::(?<cell>[A-Z]+)::`,
    String.raw`source=\S+\s+`,
    String.raw` *(?<process>\d{1,7}):(?=\d{8}:\d{6}\.)`,
  ]
    .map((one) => `(?:${one})`)
    .join('|'),
  'y',
)

interface Lead {
  readonly stamp: Stamp
  readonly word: string
  readonly pid: number | null
  readonly thread: string | null
  /** The line may say its level again, as Ruby's do: `W, […]  WARN -- : `, and that is the one that counts. */
  readonly isSaidAgain: boolean
}

function lead(line: string): Lead | null {
  const code = line.charCodeAt(0)
  const plain = readStamp(line, code === 91 || code === 40 || code === 60 || code === 34 ? 1 : 0)
  const later = plain?.lacks === 'date' ? wholeAfter(line, plain.end) : null
  const first = later ?? plain
  if (first !== null) return { stamp: first, word: '', pid: null, thread: null, isSaidAgain: false }
  LEAD.lastIndex = 0
  const found = LEAD.exec(line)
  if (found === null) return null
  const from = LEAD.lastIndex + ('[('.includes(line.charAt(LEAD.lastIndex) || ' ') ? 1 : 0)
  const { wrapped, level, thread, bracket = '', ...others } = found.groups ?? {}
  const { nest, process, own, task, named, mark, letter, cell } = others
  const outer = readStamp(line, from)
  const stamp = (wrapped === undefined || outer === null ? null : innerStamp(line, outer.end)) ?? outer
  if (stamp === null || stamp.lacks === 'date') return null
  const number = /^\d+$/.test(bracket) ? bracket : (nest ?? process ?? own ?? task)
  const word = level ?? letter ?? cell ?? wrapped ?? named ?? mark ?? (number === undefined ? bracket : '')
  const isSaidAgain = word.length === 1 || wrapped !== undefined
  return { stamp, word, pid: number === undefined ? null : Number(number), thread: thread ?? null, isSaidAgain }
}

/** The wrapper of a Java service puts level, writer and its own time before what the service wrote. */
function innerStamp(line: string, end: number): Stamp | null {
  return line.startsWith(' | ', end) ? readStamp(line, end + 3) : null
}

/** A process manager puts its own time of day before the line's whole time. */
function wholeAfter(line: string, end: number): Stamp | null {
  const at = line.slice(end, end + 40).search(/\d{4}-\d\d-\d\d[T ]\d\d:/)
  return at < 0 ? null : readStamp(line, end + at)
}

/** Behind the time: `]`, `)`, `#1]`, ` main]`, ` app web.py:12]`, Meteor's `(0)?`, `, info/Name:`; what follows is the header. */
const CLOSE =
  /["]?(?:,\s*\d+(?:, pid=(\d+)[^\]]{0,80})?)?(?:(?: [\w-]+)? ?#(\d+)\]|\(-?\d{1,2}\)\??| (?:[\w.-]+ )?([\w.-]+(?::\d+)?)\](?=\s)|[\])>])?/y
/** The bracket of the time holds the level too: `22:35:19 ERR]`, `…Z INFO  my_app::db]`, `…,868: ERROR/Worker-1]`. */
const LEVEL_CLOSE = /:? +([A-Z]{3,9})(?:(?: +|\/)([\w:.-]+))?\](?=\s)/y

interface Close {
  readonly end: number
  readonly severity: Reading['severity']
  readonly pid: number | null
  readonly fields: OpenFields
}

function closeOf(line: string, end: number): Close {
  LEVEL_CLOSE.lastIndex = end
  const leveled = line.charCodeAt(0) === 91 ? LEVEL_CLOSE.exec(line) : null
  const severity = severityOf(leveled?.[1] ?? '')
  if (leveled !== null && severity !== null) {
    const name = leveled[2]
    const fields = name === undefined ? {} : { [leveled[0].includes('/') ? 'thread' : 'logger']: name }
    return { end: LEVEL_CLOSE.lastIndex, severity, pid: null, fields }
  }
  CLOSE.lastIndex = end
  const close = CLOSE.exec(line)
  const name = close?.[3]
  const fields = name === undefined ? {} : { [name.includes(':') ? 'file' : 'thread']: name }
  const process = close?.[1] ?? close?.[2]
  const pid = process === undefined ? null : Number(process)
  return { end: CLOSE.lastIndex, severity: null, pid, fields }
}

/** log4j's `%m (%c)`, as Kafka writes it, and `%m | %c | %t` of ActiveMQ: the class behind the message. */
const CLASS = / \(((?:[a-z][a-z0-9]*\.)+[A-Za-z][\w$]*)\)$/
const CLASS_COLUMN = / \| ((?:[a-z][a-z0-9]*\.){2,}[A-Za-z][\w.$]*) \| [^|]{1,120}$/

function splitClass(body: string): { readonly body: string; readonly logger: string | null } {
  const isCalled = body.charCodeAt(body.length - 1) === 41
  const found = isCalled ? CLASS.exec(body) : body.includes(' | ') ? CLASS_COLUMN.exec(body) : null
  return found === null ? { body, logger: null } : { body: body.slice(0, found.index), logger: found[1] ?? null }
}

/** Requests of an access log are read whatever level their logger gave them. */
const ACCESS = /^"?[\da-f.:]{3,45}"? - \S+ \[/

export function readText(line: string): Reading | null {
  const start = lead(line)
  if (start === null || (start.stamp.lacks === 'date' && start.stamp.uptime)) return null
  const close = closeOf(line, start.stamp.end)
  const header = readHeader(line, close.end, close.severity ?? (start.isSaidAgain ? null : bracketLevel(start.word)))
  const { fields, host, program } = header
  const stated = header.severity ?? bracketLevel(start.word)
  const severity = stated ?? laterLevel(line, header.end)
  for (const [name, value] of Object.entries(close.fields)) fields[name] ??= value
  if (start.thread !== null) fields.thread ??= start.thread
  const pid = header.pid ?? start.pid ?? close.pid
  const { body, logger } = splitClass(line.slice(header.end))
  if (logger !== null) fields.logger ??= logger
  readPairs(body, fields)
  return reading({
    stamp: start.stamp,
    severity,
    host,
    program,
    pid,
    body,
    fields,
    inner: (stated === null || start.isSaidAgain || ACCESS.test(body)) && body.length < line.length,
  })
}

export const text: LogFormat = {
  name: 'text',
  frame: 'header',
  alone: true,
  nests: true,
  begins: /\S| \d/,
  takes: [
    '2026-11-20 22:35:19,868 INFO  [61] register-service - request completed method=GET status=200',
    '[2026-11-20T22:45:26.939+00:00] [regsvc] info: listening host=127.0.0.1 port=4000',
    '17/06/09 20:10:40 INFO executor.CoarseGrainedExecutorBackend: Registered signal handlers',
    '2016-11-09 14:36:38.717 26656 INFO glance.common.wsgi [-] Starting 4 workers',
    '[22:35:19 ERR] HTTP GET / responded 500 in 12.3 ms',
    'ERROR [ReadStage-2] 2026-11-20 22:35:19,868 ReadCommand.java:169 - Uncaught exception',
  ],
  leaves: ['    at listOnTimeout (node:internal/timers:581:17)', 'Hello from the other side'],
  open: () => readText,
}
