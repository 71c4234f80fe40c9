// The parts that application logs put between time and message: level, process, thread, logger, in any order.
import type { Severity } from '../../model/index.ts'
import type { OpenFields } from '../reading.ts'
import { severityOf, severityOfLetter } from '../severity.ts'

export interface Header {
  severity: Severity | null
  pid: number | null
  program: string | null
  readonly fields: OpenFields
  /** Index where the message begins. */
  end: number
}

/** Lower-case words that are a level where they stand alone: others (`default`, `high`, `note`) begin sentences. */
const PLAIN_LEVEL =
  /^(?:trace|debug|info|information|notice|warn|warning|error|fatal|critical|crit|panic|emerg|alert|err)$/
const LEVEL_WORD = /([A-Za-z]{3,13}\d?)(?=[\s:\]|,;/>[-]|$)/y
const LETTER = /([TVDINWECFP])(?=[ /|:]\s?\S)/y
const BRACKET = /\[([^[\]]*(?:\[[^[\]]*\][^[\]]*)*)\]/y
const NUMBERS = /(\d{1,7})(?: +(\d{1,7}))?(?= +(?:[A-Z]{4,8}|[VDIWEF]) )/y
const PARENTHESES = /\(([\w./: $-]{1,80}(?:\([^()]*\))?)\)(?= )/y
const LOGGER = /([A-Za-z_$][\w$/@-]*(?:[.:][\w$<>@/#-]+)*(?:\[[^\]]*\])?)(?=\s*(?:: |- | : |\|))/y
const DOTTED = /^[a-z]\w*(?:\.[\w$]+)+$/
const CHANNEL = /([\w-]{1,40})\.(DEBUG|INFO|NOTICE|WARNING|ERROR|CRITICAL|ALERT|EMERGENCY): /y
const ANDROID = /([VDIWEF])\/([^(:]{1,60})\( *(\d+)\): /y
const SPRING = /(\d{1,7}) --- /y
const PROGRAM = /([A-Za-z_][\w.-]{1,60})\[(\d{1,9})\](?=:)/y
const MODULE = /([a-z_]\w*(?:\.\w+)+)(?= \[)/y
const CELL = /\s*([^|\s]{0,40})\s*\|/y
const GLUE = /[\s|:;,>]*(?:(?:-+|–)(?=\s)\s*)?[\s|:]*/y

/** Reads the parts from `from` on; stops before the first that is message. */
export function readHeader(text: string, from: number): Header {
  const header: Header = { severity: null, pid: null, program: null, fields: {}, end: from }
  for (let turn = 0; turn < 8; turn++) {
    GLUE.lastIndex = header.end
    GLUE.exec(text)
    header.end = GLUE.lastIndex
    if (!takePart(header, text)) break
  }
  return header
}

function takePart(header: Header, text: string): boolean {
  if (text.charCodeAt(header.end - 1) === 124 && takeCell(header, text)) return true
  const code = text.charCodeAt(header.end)
  if (code === 91) return takeBracket(header, text)
  if (code === 40) return takeParentheses(header, text)
  if (code >= 48 && code <= 57 && header.severity !== null) return takeSpring(header, text)
  if (header.severity === null) {
    if (code >= 48 && code <= 57) return takeNumbers(header, text)
    if (takeLevel(header, text)) return true
  }
  return takeLogger(header, text)
}

/** Spring Boot puts the process behind the level: `INFO 12345 --- [main]`. */
function takeSpring(header: Header, text: string): boolean {
  SPRING.lastIndex = header.end
  const found = SPRING.exec(text)
  if (found === null) return false
  header.pid ??= Number(found[1])
  header.end = SPRING.lastIndex
  return true
}

/** `local.ERROR: ` of Monolog, `E/AndroidRuntime( 123): ` of logcat. */
function takeNamedLevel(header: Header, text: string): boolean {
  CHANNEL.lastIndex = header.end
  const channel = CHANNEL.exec(text)
  ANDROID.lastIndex = header.end
  const android = channel === null ? ANDROID.exec(text) : null
  if (channel === null && android === null) return false
  header.severity = channel === null ? severityOfLetter(android?.[1] ?? '') : severityOf(channel[2] ?? '')
  header.fields.logger = (channel?.[1] ?? android?.[2] ?? '').trim()
  if (android !== null) header.pid = Number(android[3])
  header.end = channel === null ? ANDROID.lastIndex : CHANNEL.lastIndex
  return true
}

function takeLevel(header: Header, text: string): boolean {
  if (takeNamedLevel(header, text)) return true
  LEVEL_WORD.lastIndex = header.end
  const word = LEVEL_WORD.exec(text)?.[1]
  if (word !== undefined) {
    const severity = severityOf(word)
    const upper = word === word.toUpperCase()
    if (severity === null || (!upper && !PLAIN_LEVEL.test(word.toLowerCase()))) return false
    header.severity = severity
    header.end += word.length
    return true
  }
  LETTER.lastIndex = header.end
  const letter = LETTER.exec(text)?.[1]
  if (letter === undefined) return false
  header.severity = severityOfLetter(letter)
  header.end++
  return true
}

/** `[ERROR]`, `[61]`, `[main]`, `[shard 0]`; an empty one and what looks like data ends the header. */
function takeBracket(header: Header, text: string): boolean {
  BRACKET.lastIndex = header.end
  const content = BRACKET.exec(text)?.[1]?.trim()
  if (content === undefined || content.length > 120) return false
  const severity = bracketLevel(content)
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

function bracketLevel(content: string): Severity | null {
  return severityOf(content) ?? (content.length === 1 ? severityOfLetter(content) : null)
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
  if (header.severity === null || Object.hasOwn(header.fields, 'thread')) return false
  PARENTHESES.lastIndex = header.end
  const content = PARENTHESES.exec(text)?.[1]
  if (content === undefined) return false
  header.fields.thread = content
  header.end = PARENTHESES.lastIndex
  return true
}

/** A process and perhaps a thread before the level: `7947 DEBUG`, `1702  2395 D`. */
function takeNumbers(header: Header, text: string): boolean {
  NUMBERS.lastIndex = header.end
  const found = NUMBERS.exec(text)
  if (found === null || header.pid !== null) return false
  header.pid = Number(found[1])
  if (found[2] !== undefined) header.fields.thread = Number(found[2])
  header.end = NUMBERS.lastIndex
  return true
}

/** `com.example.App - `, `executor.Backend: `: after the level, or before it where the level follows at once. */
function takeLogger(header: Header, text: string): boolean {
  if (Object.hasOwn(header.fields, 'logger')) return false
  if (takeProgram(header, text)) return true
  LOGGER.lastIndex = header.end
  const name = LOGGER.exec(text)?.[1]
  if (name === undefined || name.length > 120) return false
  const end = LOGGER.lastIndex
  if (header.severity === null && !levelFollows(text, end)) return false
  header.fields.logger = name
  header.end = end
  return true
}

/** `scheduler[13707]:` behind a level, `nova.api.wsgi [req-…]`. */
function takeProgram(header: Header, text: string): boolean {
  if (header.severity === null) return false
  PROGRAM.lastIndex = header.end
  const program = PROGRAM.exec(text)
  if (program !== null) {
    header.program = program[1] ?? null
    header.pid ??= Number(program[2])
    header.end = PROGRAM.lastIndex
    return true
  }
  MODULE.lastIndex = header.end
  const name = MODULE.exec(text)?.[1]
  if (name === undefined) return false
  header.fields.logger = name
  header.end = MODULE.lastIndex
  return true
}

/** A cell of a layout that parts its columns by `|`: level, process or component. */
function takeCell(header: Header, text: string): boolean {
  CELL.lastIndex = header.end
  const cell = CELL.exec(text)?.[1]
  if (cell === undefined) return false
  const severity = severityOf(cell)
  if (severity !== null) header.severity ??= severity
  else if (/^[1-9]\d{0,9}$/.test(cell)) header.pid ??= Number(cell)
  else if (/^[A-Za-z_][\w.:-]*$/.test(cell)) header.fields.logger ??= cell
  else if (cell !== '' && !/^\d+$/.test(cell)) return false
  header.end = CELL.lastIndex
  return true
}

function levelFollows(text: string, at: number): boolean {
  const found = /^(?:\s*[-:|]+)+\s*\[?([A-Za-z]{3,9})\b/.exec(text.slice(at, at + 24))
  return found !== null && severityOf(found[1] ?? '') !== null && found[1] === found[1]?.toUpperCase()
}
