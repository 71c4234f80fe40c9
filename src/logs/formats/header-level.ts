// The level in the header of a line of application text, as a word, a letter or a name that carries it.
import type { Reading } from '../reading.ts'
import { severityOf, severityOfLetter } from '../severity.ts'
import { type Header, take } from './header.ts'

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
  const letter = take(header, LETTER, text)?.[1]
  if (letter === undefined) return false
  header.severity = severityOfLetter(letter)
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
  const found = text.charCodeAt(header.end) === 47 ? take(header, FACILITY, text) : null
  if (found !== null) nameOnly(header, found[1])
}

function nameOnly(header: Header, logger = ''): void {
  header.hasLogger = true
  header.fields.logger = logger.trim()
}

/** `*ERROR*` of Sling, `local.ERROR: ` of Monolog, `general: error: ` of BIND, `E/AndroidRuntime( 123): ` of logcat. */
function takeNamedLevel(header: Header, text: string): boolean {
  const first = text.charCodeAt(header.end)
  if (first === 42) return takeStarred(header, text)
  if (takeNamed(header, CHANNEL, text) || (first >= 97 && takeNamed(header, CATEGORY, text))) return true
  return takeAndroid(header, text) || takeZoneminder(header, text)
}

function takeStarred(header: Header, text: string): boolean {
  const found = take(header, STARRED, text)
  if (found !== null) header.severity = severityOf(found[1] ?? '')
  return found !== null && header.severity !== null
}

/** A name, then the level; debug where none is stated. */
function takeNamed(header: Header, pattern: RegExp, text: string): boolean {
  const found = take(header, pattern, text)
  if (found === null) return false
  header.severity = severityOf(found[2] ?? 'debug')
  nameOnly(header, found[1])
  return true
}

function takeAndroid(header: Header, text: string): boolean {
  const found = take(header, ANDROID, text)
  if (found === null) return false
  header.severity = severityOfLetter(found[1] ?? '')
  header.pid = Number(found[3])
  nameOnly(header, found[2])
  return true
}

/** The message begins right behind it, whatever brackets it has. */
function takeZoneminder(header: Header, text: string): boolean {
  const found = take(header, ZONEMINDER, text)
  if (found === null) return false
  const [, program = '', pid, level = '', file] = found
  header.program = program
  header.pid = Number(pid)
  header.severity = severityOf(ZONEMINDER_LEVELS[level.slice(0, 2)] ?? level)
  if (file !== undefined) header.fields.file = file
  return false
}

/** `ERROR`, `E` between brackets. */
export function bracketLevel(content: string): Reading['severity'] {
  return severityOf(content) ?? (content.length === 1 ? severityOfLetter(content) : null)
}
