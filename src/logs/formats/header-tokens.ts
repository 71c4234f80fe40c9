// The parts that application logs put between time and message: level, process, thread, logger, in any order.
import type { Severity } from '../../model/index.ts'
import type { OpenFields } from '../reading.ts'
import { severityOf, severityOfLetter } from '../severity.ts'

export interface Header {
  severity: Severity | null
  pid: number | null
  host: string | null
  readonly fields: OpenFields
  /** Index where the message begins. */
  end: number
}

/** Lower-case words that are a level where they stand alone: others (`default`, `high`, `note`) begin sentences. */
const PLAIN_LEVEL = /^(?:trace|debug|info|notice|warn|warning|error|fatal|critical|crit|panic|emerg|alert|err)$/
const LEVEL_WORD = /([A-Za-z]{3,13}\d?)(?=[\s:\]|,;/>-]|$)/y
const LETTER = /([TVDINWECFP])(?=[ /|:]\s?\S)/y
const BRACKET = /\[([^[\]]*(?:\[[^[\]]*\][^[\]]*)*)\]/y
const NUMBERS = /(\d{1,7})(?: +(\d{1,7}))?(?= +(?:[A-Z]{4,8}|[VDIWEF]) )/y
const PARENTHESES = /\(([\w./: $-]{1,80}(?:\([^()]*\))?)\)(?= )/y
const LOGGER = /([A-Za-z_$][\w$/@-]*(?:[.:][\w$<>@/#-]+)*(?:\[[^\]]*\])?)(?=\s*(?:: |- | : |\|))/y
const GLUE = /[\s|:;,>]*(?:(?:-+|–)(?=\s)\s*)?[\s|:]*/y

/** Reads the parts from `from` on; stops before the first that is message. */
export function readHeader(text: string, from: number): Header {
  const header: Header = { severity: null, pid: null, host: null, fields: {}, end: from }
  for (let turn = 0; turn < 8; turn++) {
    GLUE.lastIndex = header.end
    GLUE.exec(text)
    header.end = GLUE.lastIndex
    if (!takePart(header, text)) break
  }
  return header
}

function takePart(header: Header, text: string): boolean {
  const code = text.charCodeAt(header.end)
  if (code === 91) return takeBracket(header, text)
  if (code === 40) return takeParentheses(header, text)
  if (header.severity === null) {
    if (code >= 48 && code <= 57) return takeNumbers(header, text)
    if (takeLevel(header, text)) return true
  }
  return takeLogger(header, text)
}

function takeLevel(header: Header, text: string): boolean {
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
  const name = ['thread', 'logger', 'context'].find((one) => !Object.hasOwn(fields, one))
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
  LOGGER.lastIndex = header.end
  const name = LOGGER.exec(text)?.[1]
  if (name === undefined || name.length > 120) return false
  const end = LOGGER.lastIndex
  if (header.severity === null && !levelFollows(text, end)) return false
  header.fields.logger = name
  header.end = end
  return true
}

function levelFollows(text: string, at: number): boolean {
  const found = /^(?:\s*[-:|]+)+\s*\[?([A-Za-z]{3,9})\b/.exec(text.slice(at, at + 24))
  return found !== null && severityOf(found[1] ?? '') !== null && found[1] === found[1]?.toUpperCase()
}
