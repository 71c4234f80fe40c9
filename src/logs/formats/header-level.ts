// The level in the header of a line of application text, as a word, a letter or a name that carries it.
import type { OpenFields, Reading } from '../reading.ts'
import { severityOf, severityOfLetter } from '../severity.ts'

export interface Header {
  severity: Reading['severity']
  pid: number | null
  host: string | null
  program: string | null
  readonly fields: OpenFields
  /** Whether the logger's name stood alone: what is in brackets may turn out to be the thread. */
  hasLogger: boolean
  /** Index where the message begins. */
  end: number
}

/** Lower-case words that are a level where they stand alone: others (`default`, `high`, `note`) begin sentences. */
const PLAIN_LEVEL =
  /^(?:trace|debug|info|information|notice|warn|warning|error|fatal|critical|crit|panic|emerg|alert|err|verbose|silly|fail|dbug|trce)$/
const LEVEL_WORD = /([A-Za-z]{3,13}\d?)(?=[\s:\]|,;/>[-]|$)/y
/** Behind a word in small letters: a sentence may begin with such a word, a column does not end with one blank. */
const COLUMN_END = /(?:[:\]|,;/>[-]|\t| {2}|$| -)/y
const FACILITY = /\/([\w-]{1,60}): /y
const LETTER = /([TVDINWECFP])(?=[ /|:]\s?\S)/y
const STARRED = /\*([A-Z]{3,9})\*(?= )/y
const CHANNEL = /([\w-]{1,40})\.(DEBUG|INFO|NOTICE|WARNING|ERROR|CRITICAL|ALERT|EMERGENCY): /y
const ANDROID = /([VDIWEF])\/([^(:]{1,60})\( *(\d+)\): /y
/** `web_php[118770].ERR [`, `zmc_m1[2211].INF-zm_monitor.cpp/1680 [` of ZoneMinder; `DB1` to `DB9` are its debug levels. */
const ZONEMINDER = /([A-Za-z][\w-]{1,40})\[(\d{1,9})\]\.(DB[1-9]|INF|WAR|ERR|FAT|PNC)(?:-(\S+\/\d+))? (?=\[)/y
/** `general: error: ` and `resolver: debug 1: ` of BIND: its category stands before the level. */
const CATEGORY = /([a-z][a-z-]{2,24}): (?:(critical|error|warning|notice|info)|debug \d{1,2}): /y
const ZONEMINDER_LEVELS: Readonly<Record<string, string>> = { DB: 'debug', WA: 'warn', FA: 'fatal' }

/** Takes the level that stands at the header's end; false where none does, or where the message begins with it. */
export function takeLevel(header: Header, text: string): boolean {
  if (takeNamedLevel(header, text)) return true
  LEVEL_WORD.lastIndex = header.end
  const word = LEVEL_WORD.exec(text)?.[1]
  if (word !== undefined) return takeWord(header, text, word)
  LETTER.lastIndex = header.end
  const letter = LETTER.exec(text)?.[1]
  if (letter === undefined) return false
  header.severity = severityOfLetter(letter)
  header.end++
  return true
}

/** `panic:` is what Go says, `error opening x` a sentence: both stay in the message. */
function takeWord(header: Header, text: string, word: string): boolean {
  const severity = severityOf(word)
  const isUpper = word === word.toUpperCase()
  if (severity === null || (isUpper ? word === 'HTTP' : !PLAIN_LEVEL.test(word.toLowerCase()))) return false
  COLUMN_END.lastIndex = header.end + word.length
  const isColumn = COLUMN_END.test(text)
  if (word === 'FAIL' && !isColumn) return false
  header.severity = severity
  if (!isUpper && (!isColumn || word === 'panic')) return false
  header.end += word.length
  takeFacility(header, text)
  return true
}

/** Icinga has what the line is about behind the level: `critical/ApiListener: `. */
function takeFacility(header: Header, text: string): void {
  FACILITY.lastIndex = header.end
  const found = text.charCodeAt(header.end) === 47 ? FACILITY.exec(text) : null
  if (found === null) return
  header.hasLogger = true
  header.fields.logger = found[1] ?? null
  header.end = FACILITY.lastIndex
}

/** `local.ERROR: ` of Monolog, `E/AndroidRuntime( 123): ` of logcat, `*ERROR*` of Sling. */
function takeNamedLevel(header: Header, text: string): boolean {
  STARRED.lastIndex = header.end
  const starred = text.charCodeAt(header.end) === 42 ? STARRED.exec(text) : null
  if (starred !== null) {
    header.severity = severityOf(starred[1] ?? '')
    header.end = STARRED.lastIndex
    return header.severity !== null
  }
  CHANNEL.lastIndex = header.end
  const channel = CHANNEL.exec(text)
  if (channel === null && takeCategory(header, text)) return true
  ANDROID.lastIndex = header.end
  const android = channel === null ? ANDROID.exec(text) : null
  if (channel === null && android === null) return takeZoneminder(header, text)
  header.severity = channel === null ? severityOfLetter(android?.[1] ?? '') : severityOf(channel[2] ?? '')
  header.hasLogger = true
  header.fields.logger = (channel?.[1] ?? android?.[2] ?? '').trim()
  if (android !== null) header.pid = Number(android[3])
  header.end = channel === null ? ANDROID.lastIndex : CHANNEL.lastIndex
  return true
}

function takeCategory(header: Header, text: string): boolean {
  CATEGORY.lastIndex = header.end
  const found = text.charCodeAt(header.end) >= 97 ? CATEGORY.exec(text) : null
  if (found === null) return false
  header.severity = severityOf(found[2] ?? 'debug')
  header.hasLogger = true
  header.fields.logger = found[1] ?? null
  header.end = CATEGORY.lastIndex
  return true
}

/** The message begins right behind it, whatever brackets it has. */
function takeZoneminder(header: Header, text: string): boolean {
  ZONEMINDER.lastIndex = header.end
  const found = ZONEMINDER.exec(text)
  if (found === null) return false
  const [, program = '', pid, level = '', file] = found
  header.program = program
  header.pid = Number(pid)
  header.severity = severityOf(ZONEMINDER_LEVELS[level.slice(0, 2)] ?? level)
  if (file !== undefined) header.fields.file = file
  header.end = ZONEMINDER.lastIndex
  return false
}

/** `ERROR`, `E` between brackets. */
export function bracketLevel(content: string): Reading['severity'] {
  return severityOf(content) ?? (content.length === 1 ? severityOfLetter(content) : null)
}
