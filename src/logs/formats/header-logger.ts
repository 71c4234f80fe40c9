// The name of the logger in the header of a line of application text; what only looks like one stays in the message.
import { severityOf } from '../severity.ts'
import { type Header, take } from './header.ts'

const LOGGER =
  /([A-Za-z_$][\w$/@-]{0,120}(?:[.:][\w$<>@/#[\]-]{1,120}){0,40}(?:\[[^\]]{0,80}\])?)(?=(\s*(?:: |--? | : |\||\t)))/y
/** What most of these begin with: the sign behind it tells which may fit. */
const FIRST_WORD = /[\w.@$-]*/y
const PROGRAM = /([A-Za-z_][\w.-]{1,60})\[(\d{1,9})\](?=:)/y
const MODULE = /([A-Za-z_]\w*(?:\.\w+)+)(?= +\[)/y
/** Odoo names its database before the logger; `?` where it has none. */
const ODOO = /(\?|[\w.-]{1,63}) ((?:odoo|openerp|werkzeug|longpolling)(?:\.\w+)*)(?=: )/y
/** Tomcat's class and method stand before the message with nothing but a blank between. */
const METHOD = /((?:[a-z]\w*\.){2,}[A-Z][\w$]*\.[\w<>$]+) /y
/** Packages cut to a letter each, as Solr and NiFi write them with nothing but a blank behind. */
const ABBREVIATED = /((?:[a-z]\.){2,9}(?:[a-z]\w{1,40}\.){0,9}[A-Z][\w$.]*) (?=\S)/y
/** bunyan's name, process and host, and its place in the code. */
const BUNYAN = /([\w.@-]{1,60})\/(\d{1,9}) on ([\w.-]{1,63})(?: \([^()]{1,120}\))?: /y
/** Play's layout, and Hadoop's with the place in the code. */
const FROM = /from ([\w.$]+) in (\S+) - /y
const PLACED = /([\w.$]+) \(([\w$]+\.(?:java|scala):[\w<>$]+\(\d+\))\) - /y
/** Python's layouts part everything by colons alone. */
const COLONS = /([A-Za-z_]\w*(?:\.\w+)*):(?!\/\/|[:\s\d])/y
/** MongoDB's component between the letter of the level and the connection. */
const LETTER = / [DIWEF] +$/
const COMPONENT = /([A-Z]{3,10}|-) +(?=\[[\w.-]+\] )/y
/** `java.net.ConnectException: refused`, `ERROR: …`, `IDX10503: …`: what is wrong, not who says so. */
const NO_LOGGER =
  /(?:Exception|Error|Throwable|Failure|Warning|Interrupt|Exit|Fault)$|^(?:[Pp]anic|[Ff]atal|[Cc]aused|[Ff]ailed|[Ff]ailure|[Ee]xception|[Uu]nable|got|https?)$|^[A-Z]{2,}[-_]?\d{2,}|^\w+:\/\//
const FILE_LINE = /\.\w{1,5}:\d+$/
/** A word that has no parts begins a sentence as often as it is a name: it is told and stays. */
const HAS_PARTS = /[./$#]|::|[a-z][A-Z]|[\w]-[\w]/

/** `com.example.App - `, `executor.Backend: `: after the level, or before it where the level follows at once. */
export function takeLogger(header: Header, text: string): boolean {
  if (header.hasLogger) return takeColumn(header, text)
  if (header.severity === null && Object.hasOwn(header.fields, 'logger')) return false
  if (header.severity !== null && takeModule(header, text)) return true
  LOGGER.lastIndex = header.end
  const found = LOGGER.exec(text)
  const [, name = '', mark = ''] = found ?? []
  if (name === '' || name.length > 120 || isNoLogger(name, mark)) return false
  const end = LOGGER.lastIndex
  if (header.severity === null && !levelFollows(text, end)) return false
  const isColumn = mark !== ': ' || HAS_PARTS.test(name) || header.severity === null
  nameLogger(header, name)
  if (isColumn) header.end = end
  return isColumn
}

/** Trino parts thread and logger by tabs. */
const COLUMN = /((?:[a-z]\w*\.)+[A-Z][\w$]*)\t/y

function takeColumn(header: Header, text: string): boolean {
  COLUMN.lastIndex = header.end
  const name = text.charCodeAt(header.end - 1) === 9 ? COLUMN.exec(text)?.[1] : undefined
  if (name === undefined || isNoLogger(name, '')) return false
  nameLogger(header, name)
  header.end = COLUMN.lastIndex
  return true
}

function isNoLogger(name: string, mark: string): boolean {
  if (mark === '\t' && name === 'http') return false
  if (mark !== ': ') return NO_LOGGER.test(name)
  return severityOf(name) !== null || NO_LOGGER.test(name) || (/:\d+$/.test(name) && !FILE_LINE.test(name))
}

/** What was in brackets was the thread, and what was taken for that the context, if a logger comes behind them. */
export function nameLogger(header: Header, name: string): void {
  const { fields } = header
  if (!header.hasLogger && fields.logger !== undefined) {
    if (fields.thread !== undefined) fields.context ??= fields.thread
    fields.thread = fields.logger
  }
  const isSecond = header.hasLogger && !name.includes('.')
  if (isSecond) fields.thread ??= name
  else {
    if (header.hasLogger) fields.thread ??= fields.logger ?? null
    fields.logger = name
  }
  header.hasLogger = true
}

/** `scheduler[13707]:` behind a level, `nova.api.wsgi [req-…]`, Tomcat's class and method. */
function takeModule(header: Header, text: string): boolean {
  FIRST_WORD.lastIndex = header.end
  FIRST_WORD.exec(text)
  const behind = text.charAt(FIRST_WORD.lastIndex)
  if (behind === '[') return takeProcess(header, text)
  if (behind === '/') return takeBunyan(header, text)
  if (takeBetween(header, text)) return true
  return ' ?<>'.includes(behind) && (takeOdoo(header, text) || takeFrom(header, text) || takeName(header, text))
}

function takeProcess(header: Header, text: string): boolean {
  const found = take(header, PROGRAM, text)
  if (found === null) return false
  header.program = found[1] ?? null
  header.pid ??= Number(found[2])
  return true
}

function takeOdoo(header: Header, text: string): boolean {
  const found = take(header, ODOO, text)
  if (found === null) return false
  if (found[1] !== '?') header.fields.db = found[1] ?? null
  nameLogger(header, found[2] ?? '')
  return true
}

function takeName(header: Header, text: string): boolean {
  for (const pattern of [MODULE, METHOD, ABBREVIATED]) {
    pattern.lastIndex = header.end
    const name = pattern.exec(text)?.[1]
    if (name === undefined || isNoLogger(name, '')) continue
    nameLogger(header, name)
    header.end = pattern.lastIndex
    return true
  }
  return false
}

function takeBunyan(header: Header, text: string): boolean {
  const found = header.program === null ? take(header, BUNYAN, text) : null
  if (found === null) return false
  header.program = found[1] ?? null
  header.pid ??= Number(found[2])
  header.host ??= found[3] ?? null
  return true
}

function takeFrom(header: Header, text: string): boolean {
  const from = text.startsWith('from ', header.end) ? take(header, FROM, text) : null
  const found = from ?? take(header, PLACED, text)
  if (found === null) return false
  nameLogger(header, found[1] ?? '')
  header.fields[from === null ? 'file' : 'thread'] ??= found[2] ?? null
  return true
}

/** Names that only what stands around them makes one. */
function takeBetween(header: Header, text: string): boolean {
  const isGlued = text.charCodeAt(header.end - 1) === 58
  if (!isGlued && !LETTER.test(text.slice(header.end - 4, header.end))) return false
  const pattern = isGlued ? COLONS : COMPONENT
  pattern.lastIndex = header.end
  const name = pattern.exec(text)?.[1]
  if (name === undefined || isNoLogger(name, ': ')) return false
  if (name !== '-') nameLogger(header, name)
  header.end = pattern.lastIndex
  return true
}

function levelFollows(text: string, at: number): boolean {
  const found = /^[\s:|-]*[:|-]\s*\[?([A-Za-z]{3,9})\b/.exec(text.slice(at, at + 24))
  return found !== null && severityOf(found[1] ?? '') !== null && found[1] === found[1]?.toUpperCase()
}
