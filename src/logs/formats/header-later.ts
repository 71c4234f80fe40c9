// The level of a header where other parts stand before it: a thread, a place in the code, a session, the program itself.
import type { Severity } from '../../model/index.ts'
import { severityOf, severityOfLetter, severityOfSyslog } from '../severity.ts'

/** Most messages have none of these. */
const SOME =
  /trace|debug|info|notice|warn|err|severe|crit|fatal|panic|emerg|alert|[[ <(][A-Za-z]{1,3}[\]>)]|[TDIWEF]! |LOG\d/i
const TOKEN = /\s*(\S+)/y
/** Signs and parts behind which no level is looked for. */
const [REACH, MOST, LONGEST] = [160, 6, 80]
/** `[I]`, `[error][status]`, `<Error>`, `(err):`, `{ERROR}`, `lvl=error`, `util.py[WARNING]:`, `thread/WARN]:`. */
const BRACKETED =
  /^(?:\[([A-Za-z]{1,11})\](?:[:,[].*)?$|<([A-Za-z]{3,11})>$|\(([a-z]{3,8})\):$|\(([A-Z]{3,8})\)$|\{([A-Z]{3,8})\}$|(?:level|lvl|severity|loglevel)[=:]"?([A-Za-z]{3,9})\b.*$|[\w.-]+\[([A-Z]{4,8})\]:?$|.*\/([A-Z]{3,8})\]:?$)/
const UPPER =
  /^[|*-]{0,3}(TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|ERR|SEVERE|CRIT|CRITICAL|FATAL|PANIC|EMERG)(?:$|\d*[\]|:,)>/[;*-])/
const NAMED = /^(trace|debug|info|notice|warn|warning|error|err|crit|critical|fatal|panic|emerg)(:?)$/i
/** Behind a word that ends with no colon: it is a column, or the colon stands apart. */
const COLUMN_END = /(?: {2}|\t| +[-|:'])/y
/** Telegraf's `E!`, stunnel's `LOG3[12]:`, Fluentd's `fluent.warn:`, RouterOS's `system,error,critical`. */
const TELEGRAF = /^([TDIWEF])!$/
const STUNNEL = /^LOG([0-7])\[\w+\]:$/
const TAGGED = /\.(trace|debug|info|warn|error|fatal):$/
const TOPICS = /^[a-z][a-z0-9-]*(?:,[a-z0-9-]+)+:?$/
/** ESXi's processor and world. */
const WORLD = /^cpu\d+:\d+\)(WARNING|ALERT):$/
/** What follows an option is its value. */
const OPTION = /^--?[a-z]/
/** A word as sentences have them; a name has other signs in it. */
const PROSE = /^["'(]?[A-Za-z][a-z']+[.,;!?]?$/
const PLACED = /^(?:at|in|on)$/

/** The level among the parts from `from` on; null where a message begins before one, as it does where it is indented. */
export function laterLevel(text: string, from: number): Severity | null {
  const head = text.slice(from, from + REACH)
  if (!SOME.test(head) || text.startsWith('    ', from - 4)) return null
  TOKEN.lastIndex = 0
  for (let parts = 0, words = 0; parts < MOST && words < 2; ) {
    const token = TOKEN.exec(head)?.[1]
    if (token === undefined) return null
    const severity = token.length > LONGEST ? null : levelIn(token, head, words)
    if (severity !== null) return severity
    if (OPTION.test(token)) return null
    if (/\w/.test(token)) parts++
    if (PROSE.test(token) && !PLACED.test(token)) words++
  }
  return null
}

/** Behind a word only signs around it, a colon or capitals tell a level. */
function levelIn(token: string, head: string, words: number): Severity | null {
  const bracketed = BRACKETED.exec(token)
  if (bracketed !== null) {
    const word = bracketed.slice(1).find((group) => group !== undefined) ?? ''
    return word.length === 1 ? severityOfLetter(word) : severityOf(word)
  }
  const named = NAMED.exec(token)
  if (named?.[2] === ':' || (named !== null && words === 0 && isColumn(head))) return severityOf(named[1] ?? '')
  const upper = UPPER.exec(token)
  return upper === null ? ownLevel(token) : severityOf(upper[1] ?? '')
}

function isColumn(head: string): boolean {
  COLUMN_END.lastIndex = TOKEN.lastIndex
  return COLUMN_END.test(head)
}

/** What single programs write. */
function ownLevel(token: string): Severity | null {
  const telegraf = TELEGRAF.exec(token)
  if (telegraf !== null) return severityOfLetter(telegraf[1] ?? '')
  const stunnel = STUNNEL.exec(token)
  if (stunnel !== null) return severityOfSyslog(Number(stunnel[1]))
  const world = WORLD.exec(token)
  if (world !== null) return severityOf(world[1] ?? '')
  const tagged = TAGGED.exec(token)
  if (tagged !== null) return severityOf(tagged[1] ?? '')
  if (!TOPICS.test(token)) return null
  const topic = token.split(/[,:]/).find((one) => NAMED.test(one))
  return topic === undefined ? null : severityOf(topic)
}
