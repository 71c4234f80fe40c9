// The parts that application logs put between time and message: level, process, thread, logger, in any order.
import type { Reading } from '../reading.ts'
import { severityOf, severityOfLetter } from '../severity.ts'
import { type Header, take } from './header.ts'
import { takeBefore, takeNumbered } from './header-before.ts'
import { bracketLevel, takeLevel } from './header-level.ts'
import { nameLogger, takeLogger } from './header-logger.ts'

const BRACKET = /\[([^[\]]*(?:\[[^[\]]*\][^[\]]*)*)\]/y
const NUMBERS = /(\d{1,7})(?: +(\d{1,7}))?(?= +(?:[A-Z]{4,8}|[VDIWEF]) )/y
/** `unbound[123:0] `, `fail2ban.actions [1234]:`, and with the host before it: none of them is a word of a sentence. */
const PROGRAM =
  /(?:([A-Za-z][\w.-]{0,62}) )?(?=[A-Z_./-]*[a-z])([A-Za-z_/][\w./-]{1,60}) *\[(\d{2,9})(?::\w+)?\](?:: ?|(?= ))/y
/** `esxupdate: 2099353: root: INFO: `. */
const NUMBERED = /([A-Za-z][\w.-]{1,40}): (\d{2,10}): (?=[\w:]+:? [A-Z]{4,8}:? )/y
/** libvirt's `1234: error : `, nginx's and its kin's `1234#56: `, Rspamd's `#1234(normal) `. */
const NUMBER = /(?:(\d{1,9}): (?=(?:debug|info|warning|error) : )|(\d{1,9})#\d{1,9}:? |#(\d{1,9})\(\w+\) )/y
/** A level within the brackets of a thread: `Server thread/WARN`, Foreman's `E|app|1f`, `pool-3  INFO  a.b.C`. */
const INSIDE =
  /(?:[/#:]([A-Za-z]{4,8})$|^([DIWEF])\||(?:^| )(TRACE|DEBUG|INFO|WARN|ERROR|FATAL|verbose|info|warning|error|trivia)(?= ))/
const PARENTHESES = /\((?!from )([\w./: $-]{1,80}(?:\([^()]*\))?)\)(?=[ :])/y
const PROCESS = /\(pid[:= ] ?(\d{1,9})\)/y
/** Airflow's place in the code; WSO2's logger. */
const BRACES = /\{(?:([\w./-]+:\d+)|([a-z]\w*(?:\.[\w$]+)+))\}(?= )/y
/** ClickHouse: the query, if any, then the level. */
const QUERY = /\{([\w:-]{0,80})\} <([A-Z]\w{3,11})> /y
/** pino-pretty: name, process and host. */
const PINO = /^(?:(\S+)\/)?(\d+) on (\S+)$/
const DOTTED = /^[a-z]\w*(?:\.[\w$]+)+$/
const SPRING = /(\d{1,7}) --- /y
const CELL = /\s*([^|\s]{0,40})\s*\|/y
/** A name in a cell; Open vSwitch adds the thread. */
const CELL_NAME = /^[A-Za-z_][\w.:-]*(?:\([\w-]+\))?$/
const GLUE = /[\s|:;,>]*(?:(?:-+>?|–)(?=\s)\s*)?[\s|:]*/y
/** Reads the parts from `from` on; stops before the first that is message. */
export function readHeader(text: string, from: number, severity: Reading['severity'] = null): Header {
  const header: Header = { severity, pid: null, host: null, program: null, fields: {}, hasLogger: false, end: from }
  for (let turn = 0; turn < 8; turn++) {
    take(header, GLUE, text)
    if (!takePart(header, text)) break
  }
  return header
}

function takePart(header: Header, text: string): boolean {
  if (isInCell(text, header.end) && takeCell(header, text)) return true
  const code = text.charCodeAt(header.end)
  if ((code === 91 || code === 40) && isSaid(header, text)) return false
  if (code === 91) return takeBracket(header, text)
  if (code === 40) return takeParentheses(header, text)
  if (code === 123) return takeBraces(header, text)
  if (code >= 48 && code <= 57 && header.severity !== null) return takeSpring(header, text)
  if (header.severity === null) {
    if (code >= 48 && code <= 57)
      return takeNumbers(header, text) || takeNumber(header, text) || takeNumbered(header, text)
    if (code === 35) return takeNumber(header, text)
    if (takeLevel(header, text)) return true
    if (header.severity !== null) return false
    if (takeBefore(header, text) || takeProgram(header, text)) return true
  }
  return takeLogger(header, text)
}

/** What is behind `ERROR: `, `a.b.C: ` or a level behind its writer is the message, whatever brackets it has. */
function isSaid({ severity, program, end }: Header, text: string): boolean {
  if (severity !== null && program !== null) return true
  return severity !== null && text.charCodeAt(end - 1) === 32 && /[A-Za-z]:$/.test(text.slice(end - 3, end - 1))
}

/** Who wrote the line, where that stands before the level or where there is none. */
function takeProgram(header: Header, text: string): boolean {
  if (header.program !== null || header.pid !== null) return false
  const found = take(header, PROGRAM, text)
  const numbered = found === null ? take(header, NUMBERED, text) : null
  const [host, program, pid] = found?.slice(1) ?? [undefined, ...(numbered?.slice(1) ?? [])]
  if (program === undefined) return false
  header.host ??= host ?? null
  header.program = program
  header.pid = Number(pid)
  return true
}

function takeNumber(header: Header, text: string): boolean {
  const found = header.pid === null ? take(header, NUMBER, text) : null
  if (found === null) return false
  header.pid = Number(found[1] ?? found[2] ?? found[3])
  return true
}

/** Spring Boot puts the process behind the level: `INFO 12345 --- [main]`. */
function takeSpring(header: Header, text: string): boolean {
  const found = take(header, SPRING, text)
  if (found === null) return false
  header.pid ??= Number(found[1])
  return true
}

/** `[ERROR]`, `[61]`, `[main]`, `[shard 0]`; an empty one and what looks like data, as TiKV's `["server is busy"]`, ends the header. */
function takeBracket(header: Header, text: string): boolean {
  BRACKET.lastIndex = header.end
  const content = BRACKET.exec(text)?.[1]?.trim()
  if (content === undefined || content.length > 120 || content.startsWith('"')) return false
  const severity = bracketLevel(content)
  if (header.severity === null && severity === null) header.severity = levelInside(content)
  if (severity !== null && header.severity === null) {
    header.severity = severity
  } else if (header.pid === null && /^(?:pid[:= ]?)?\d{1,9}$/.test(content)) {
    header.pid = Number(content.replace(/\D+/, ''))
  } else if (content !== '' && content !== '-') {
    if (!nameBracket(header, content)) return false
  }
  header.end = BRACKET.lastIndex
  return true
}

function levelInside(content: string): Reading['severity'] {
  const found = INSIDE.exec(content)
  if (found?.[2] !== undefined) return severityOfLetter(found[2])
  const word = found?.[1] ?? found?.[3] ?? ''
  return word === 'trivia' ? 'trace' : severityOf(word)
}

function nameBracket(header: Header, content: string): boolean {
  const { fields } = header
  if (/^level=/i.test(content)) {
    header.severity ??= severityOf(content.slice(6))
    return true
  }
  const names =
    header.severity === null || DOTTED.test(content) ? ['logger', 'thread', 'context'] : ['thread', 'logger', 'context']
  const name = names.find((one) => !Object.hasOwn(fields, one))
  if (name === undefined) return false
  fields[name] = content
  return true
}

function takeParentheses(header: Header, text: string): boolean {
  const process = header.pid === null ? take(header, PROCESS, text) : null
  if (process !== null) {
    header.pid = Number(process[1])
    return true
  }
  if (header.severity === null || Object.hasOwn(header.fields, 'thread')) return false
  PARENTHESES.lastIndex = header.end
  const content = PARENTHESES.exec(text)?.[1]
  if (content === undefined) return false
  const pino = PINO.exec(content)
  if (
    pino === null &&
    header.pid === null &&
    /^\d{2,9}$/.test(content) &&
    text.charCodeAt(PARENTHESES.lastIndex) === 58
  )
    header.pid = Number(content)
  else if (pino === null) header.fields.thread = content
  else {
    header.program = pino[1] ?? null
    header.pid ??= Number(pino[2])
    header.host = pino[3] ?? null
  }
  header.end = PARENTHESES.lastIndex
  return true
}

function takeBraces(header: Header, text: string): boolean {
  QUERY.lastIndex = header.end
  const [, query = '', level = ''] = QUERY.exec(text) ?? []
  if (header.severity === null && severityOf(level) !== null) {
    header.severity = severityOf(level)
    if (query !== '') header.fields.query_id = query
    header.end = QUERY.lastIndex
    return true
  }
  const found = take(header, BRACES, text)
  if (found === null) return false
  if (found[2] === undefined) header.fields.file = found[1] ?? null
  else nameLogger(header, found[2])
  return true
}

/** A process and perhaps a thread before the level: `7947 DEBUG`, `1702  2395 D`. */
function takeNumbers(header: Header, text: string): boolean {
  const found = header.pid === null ? take(header, NUMBERS, text) : null
  if (found === null) return false
  header.pid = Number(found[1])
  if (found[2] !== undefined) header.fields.thread = Number(found[2])
  return true
}

function isInCell(text: string, at: number): boolean {
  let before = at - 1
  while (text.charCodeAt(before) === 32) before--
  return text.charCodeAt(before) === 124
}

/** Behind the name of a file it is a line of that. */
function takeCellNumber(header: Header, number: number): void {
  if (!/\.[a-z]{1,4}$/.test(String(header.fields.logger))) header.pid ??= number
}

/** A cell of a layout that parts its columns by `|`: level, process or component. */
function takeCell(header: Header, text: string): boolean {
  CELL.lastIndex = header.end
  const cell = CELL.exec(text)?.[1]
  if (cell === undefined) return false
  const severity = severityOf(cell)
  if (severity !== null) header.severity ??= severity
  else if (/^[1-9]\d{0,9}$/.test(cell)) takeCellNumber(header, Number(cell))
  else if (CELL_NAME.test(cell)) nameLogger(header, cell)
  else if (cell !== '' && !/^\d+$/.test(cell)) return false
  header.end = CELL.lastIndex
  return true
}
