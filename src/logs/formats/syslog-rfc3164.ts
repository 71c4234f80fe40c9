// Syslog as RFC 3164 and its many dialects write it: with or without priority, BSD or ISO time, journalctl -o short*.
import type { LogFormat } from '../format.ts'
import { readPairs } from '../pairs.ts'
import { type OpenFields, type Reading, reading } from '../reading.ts'
import { severityOf, severityOfSyslog } from '../severity.ts'
import { readStamp } from '../time/read-stamp.ts'
import type { Stamp } from '../time/stamp.ts'
import { laterLevel } from './header-later.ts'
import { asOneProgram, withoutEscapes } from './one-program.ts'

const PRIORITY = /^(?:\d{1,6} )?<(\d{1,3})>(?:\d+: )?/
const HOST = /([A-Za-z0-9_.:%@[\]/-]+) /y
const TAG = /([^\s[:(]{1,80}(?:\([^()\s]*\))?)(?:\[([^\]\s]{1,40})\])?(?::(?!:)|(?=\s\[)| ?(?=\s-\s))\s?/y
const TAG_SPACED = /((?:[A-Z][\w.-]* ){1,3}[\w.-]+)\[(\d{1,10})\]: ?/y
/** unbound numbers its threads, Kerberos adds the level; Pacemaker parts process and program by as many blanks as align them. */
const TAG_PID = /([^\s[:]{1,80}) {0,16}\[(\d{1,10})(?::\d+)?\](?:\(([A-Za-z]{4,8})\))?(?::|\s)\s?/y
/** Pacemaker's and Corosync's own logs have the process first. */
const TAG_BEHIND = /\[(\d{1,10})\] ([\w.-]+) +([\w.-]+)(?:: +| (?=[a-z]{4,9} +\[))/y
/** Dovecot's processes of one user or one number, where no host stands before them. */
const TAG_CALLED = /([A-Za-z][\w./-]{0,60})\(([^()\s]{1,80})\)(?:<[^<>\s]*>){0,2}: /y
/** SOGo has a blank between program and process, and no host. */
const PID_BEHIND = /\[(\d{1,10})\]: ?/y
/** BIG-IP has the level between host and tag. */
const TAG_LEVEL = /(emerg|alert|crit|err|error|warning|warn|notice|info|debug) (?=[^\s[:]{1,80}(?:\[\d{1,10}\])?: )/y
/** Junos puts what it is about and how bad it is behind the tag. */
const MNEMONIC = /^%[A-Z][A-Z0-9_]*-([0-7])-[A-Z0-9_]+: /
/** What a sentence begins with where nothing marks a tag. */
const SENTENCE = /^[A-Z][a-z]+$/
/** A client of OpenVPN stands where the host would be. */
const CLIENT = /^\d{1,3}(?:\.\d{1,3}){3}:\d+$/
/** A name as only programs have it, with a blank behind: where a priority shows that the line was sent, that is the tag's end. */
const TAG_BARE = /([A-Za-z][A-Za-z0-9./-]*_[\w./-]{1,60}) (?=\S)/y

/** OpenWrt and busybox write facility and level as words, before the tag or in the place of the host. */
const LEVEL = /<?(?:kern|user|mail|daemon|auth|syslog|lpr|news|uucp|cron|authpriv|ftp|local\d)\.([a-z]{3,7})>? (?=\S)/y
/** Where the host would stand: application text whose times look like syslog's. */
const LEVEL_COLUMN = /(?:\| *)?\[?(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|CRITICAL|FATAL)\b *[\]|:]? /y
const LEVEL_SIGNS = 'TDINWECF[|'
/** A message without a time, as it goes over /dev/log and to the kernel. */
const TIMELESS = /^<(\d{1,3})> {0,2}(?:([A-Za-z_][\w./@-]{0,60})(?:\[(\d{1,10})\])?: |(?=[A-Za-z_]\w{0,30}=|\{"))/

/** Solaris numbers its messages, with facility and level. */
const NUMBERED = /^\[ID \d{1,7} \w+\.([a-z]{3,7})\] /

/** `Jun-17`, `Jun 17, 2021`, `Thu, 17 Jun`: times of other logs. */
const OTHERS = /^[A-Za-z]{3,9}[-/]|,/

interface Front {
  readonly stamp: Stamp
  readonly priority: number | null
  readonly end: number
}

function front(line: string): Front | null {
  const found = line.charCodeAt(0) === 60 || /^\d+ </.test(line) ? PRIORITY.exec(line) : null
  const stamp = readStamp(line, found === null ? 0 : found[0].length)
  if (stamp === null || stamp.lacks === 'date') return null
  const code = line.charCodeAt(stamp.start)
  const iso = code >= 48 && code <= 57
  if (iso && found === null && !'T.'.includes(line.charAt(stamp.start + 10) || ' ') && !isShown(line, stamp))
    return null
  if (!iso && OTHERS.test(line.slice(stamp.start, stamp.seconds))) return null
  if (line.charCodeAt(stamp.end) !== 32) return null
  return { stamp, priority: found === null ? null : Number(found[1]), end: stamp.end + 1 }
}

/** macOS's `log show --style syslog`: a blank in the time, which states its zone, and two behind it. */
function isShown(line: string, stamp: Stamp): boolean {
  return stamp.zoned && line.startsWith('  ', stamp.end) && line.charCodeAt(stamp.start + 10) === 32
}

interface Tag {
  readonly host: string | null
  readonly program: string | null
  readonly pid: number | null
  readonly end: number
  /** The tag ends with a colon or a process in brackets. */
  readonly closed: boolean
  readonly severity?: Reading['severity']
}

/** `fw01 %ASA-4-106023: `: the tag holds the severity. */
const CISCO_TAG = /(?:([\w.:-]+) (?:: )?)?:? ?(%[A-Z][A-Z0-9_]*(?:-[A-Za-z0-9_]+)*?-([0-7])-[A-Z0-9_]+): ?/y

function ciscoTag(line: string, from: number): Tag | null {
  if (!line.includes('%', from)) return null
  CISCO_TAG.lastIndex = from
  const found = CISCO_TAG.exec(line)
  if (found === null) return null
  const severity = severityOfSyslog(Number(found[3]))
  return {
    host: found[1] ?? null,
    program: found[2] ?? null,
    pid: null,
    end: CISCO_TAG.lastIndex,
    closed: true,
    severity,
  }
}

/** `host program[12]: `; a level as second word is none of ours; a program alone is taken only where the host is plain. */
function tag(line: string, from: number): Tag | null {
  const first = from + (line.charCodeAt(from) === 32 ? 1 : 0)
  HOST.lastIndex = first
  const host = HOST.exec(line)
  if (host === null) return calledTag(line, first)
  const name = host[1] ?? ''
  if (name === '---' || CLIENT.test(name)) return { host: null, program: null, pid: null, end: first, closed: false }
  if (severityOf(name) !== null || /^\[(?![\da-fA-F:.]+\])/.test(name)) return null
  const behind = name.startsWith('[') ? behindTag(line, first) : null
  if (behind !== null) return behind
  const none = name.endsWith(':') || /\[\d+(?::\d+)?\]$/.test(name)
  let at = none ? first : HOST.lastIndex
  const numbered = none ? null : numberedTag(line, at, name)
  if (numbered !== null) return numbered
  while (line.charCodeAt(at) === 32) at++
  // Some relays write the host twice.
  if (!none && line.startsWith(`${name} `, at)) at += name.length + 1
  const named = programAt(line, at)
  const known = none || name === '-' ? null : name
  if (named === null) {
    const isWord = SENTENCE.test(name)
    return { host: isWord ? null : known, program: null, pid: null, end: isWord ? first : at, closed: false }
  }
  const { found, end } = named
  const pid = /^\d{1,10}$/.test(found[2] ?? '') ? Number(found[2]) : null
  if (/^[{"<]/.test(found[1] ?? '')) return { host: known, program: null, pid: null, end: at, closed: false }
  const closed = found[2] !== undefined || line.slice(at, end).trimEnd().endsWith(':')
  if (name === '-' && !closed) return { host: null, program: null, pid: null, end: at, closed: false }
  const severity = found[3] === undefined ? {} : { severity: severityOf(found[3]) }
  return { host: known, program: found[1] ?? null, pid, end, closed, ...severity }
}

/** The program with its process in brackets, several words of which the last has them, or what a colon ends. */
function programAt(line: string, at: number): { readonly found: RegExpExecArray; readonly end: number } | null {
  for (const pattern of [TAG_PID, TAG_SPACED, TAG]) {
    pattern.lastIndex = at
    const found = pattern.exec(line)
    if (found !== null) return { found, end: pattern.lastIndex }
  }
  return null
}

function numberedTag(line: string, at: number, program: string): Tag | null {
  PID_BEHIND.lastIndex = at
  const found = PID_BEHIND.exec(line)
  if (found === null) return null
  return { host: null, program, pid: Number(found[1]), end: PID_BEHIND.lastIndex, closed: true }
}

function calledTag(line: string, from: number): Tag | null {
  TAG_CALLED.lastIndex = from
  const found = TAG_CALLED.exec(line)
  if (found === null) return null
  const [, program = null, who = ''] = found
  const pid = /^\d{1,10}$/.test(who) ? Number(who) : null
  return { host: null, program, pid, end: TAG_CALLED.lastIndex, closed: true }
}

function behindTag(line: string, from: number): Tag | null {
  TAG_BEHIND.lastIndex = from
  const found = TAG_BEHIND.exec(line)
  if (found === null) return null
  const [, pid, host = null, program = null] = found
  return { host, program, pid: Number(pid), end: TAG_BEHIND.lastIndex, closed: true }
}

function bareTag(line: string, { priority }: Front, found: Tag | null): Tag | null {
  if (priority === null || found?.host == null || found.program !== null) return found
  TAG_BARE.lastIndex = found.end
  const program = TAG_BARE.exec(line)?.[1]
  return program === undefined ? found : { ...found, program, end: TAG_BARE.lastIndex }
}

function isLevel(line: string, at: number): boolean {
  if (!LEVEL_SIGNS.includes(line.charAt(at) || ' ')) return false
  LEVEL_COLUMN.lastIndex = at
  return LEVEL_COLUMN.test(line)
}

/** Behind an ISO time without a priority only `host program[1]:` makes the line syslog: application text looks much alike. */
function isPlainTag(found: Tag | null): boolean {
  if (found?.program == null || found.host === null) return false
  if (!/^[A-Za-z0-9[][\w.:%\]-]*$/.test(found.host) || /^\d{4}-\d\d-\d\d/.test(found.host)) return false
  return /^[A-Za-z_(/]/.test(found.program) && severityOf(found.program) === null && found.closed
}

/** Behind a time that states its year: OpenVPN begins its messages with `TLS Error: ` and `VERIFY ERROR: `. */
function isTagged(found: Tag | null): boolean {
  return found?.closed === true && (found.pid !== null || severityOf(found.program ?? '') === null)
}

function readTimeless(line: string): Reading | null {
  const found = line.charCodeAt(0) === 60 ? TIMELESS.exec(line) : null
  const priority = Number(found?.[1] ?? 192)
  if (found === null || priority > 191) return null
  const pid = found[3] === undefined ? null : Number(found[3])
  const body = line.slice(found[0].length)
  const fields = readPairs(body, { facility: priority >> 3 })
  const program = found[2] ?? null
  return asOneProgram(reading({ severity: severityOfSyslog(priority & 7), program, pid, body, fields, inner: true }))
}

/** The shortest facility has three letters, the longest eight; NetScaler puts it between angles. */
function hasDot(line: string, at: number): boolean {
  for (let index = at + 3; index < at + 10; index++) if (line.charCodeAt(index) === 46) return true
  return false
}

/** The level as a word, and the line without it: behind the host, or a blank where the host would be. */
function levelOf(line: string, from: number): { readonly level: Reading['severity']; readonly text: string } {
  const second = line.indexOf(' ', from) + 1
  for (const at of [from, second]) {
    const pattern = hasDot(line, at) ? LEVEL : at === second ? TAG_LEVEL : null
    if (pattern === null) continue
    pattern.lastIndex = at
    const found = pattern.exec(line)
    const level = severityOf(found?.[1] ?? '')
    if (found === null || level === null) continue
    return { level, text: line.slice(0, at) + (at === from ? ' ' : '') + line.slice(pattern.lastIndex) }
  }
  return { level: null, text: line }
}

function read(line: string): Reading | null {
  const start = front(line)
  if (start === null) return readTimeless(line)
  const iso = line.charCodeAt(start.stamp.start) <= 57
  const { level, text } = levelOf(line, start.end)
  if (start.priority === null && isLevel(text, start.end)) return null
  const found = ciscoTag(text, start.end) ?? bareTag(text, start, tag(text, start.end))
  if (iso && start.priority === null && !isPlainTag(found)) return null
  if (!iso && start.priority === null && start.stamp.lacks === 'nothing' && level === null && !isTagged(found))
    return null
  const whole = text.slice(found?.end ?? start.end)
  const numbered = whole.startsWith('[ID ') ? NUMBERED.exec(whole) : null
  const body = withoutEscapes(whole.slice(numbered?.[0].length ?? 0))
  const fields: OpenFields = {}
  if (start.priority !== null) fields.facility = start.priority >> 3
  readPairs(body, fields)
  const mnemonic = body.charCodeAt(0) === 37 ? MNEMONIC.exec(body) : null
  const stated =
    found?.severity ??
    level ??
    severityOf(numbered?.[1] ?? '') ??
    (mnemonic === null ? null : severityOfSyslog(Number(mnemonic[1])))
  const severity = start.priority === null ? stated : severityOfSyslog(start.priority & 7)
  const said = severity === null ? laterLevel(body, 0) : null
  // What ends one session or process is critical to who writes it, as OpenSSH and Postfix do.
  const otherwise = said === 'fatal' ? 'error' : said
  const { host = null, program = null, pid = null } = found ?? {}
  return asOneProgram(
    reading({ stamp: start.stamp, severity, otherwise, host, program, pid, body, fields, inner: true }),
  )
}

export const syslog3164: LogFormat = {
  name: 'syslog-rfc3164',
  frame: 'header',
  countsEach: true,
  takes: [
    'Nov 20 22:46:02 reg-09 systemd[1]: Started rsyslog.service - System Logging Service.',
    "<34>Oct 11 22:14:15 mymachine su: 'su root' failed for lonvick on /dev/pts/8",
    'Sun Oct 11 22:14:15 2026 daemon.err dnsmasq[12]: bad address',
    '<30>systemd[1]: Started.',
    '2026-11-20T22:45:26.390533+00:00 ip-10-0-1-17 systemd[1]: Listening on syslog.socket - Syslog Socket.',
  ],
  leaves: [
    '2026-11-20T22:45:26.390Z INFO started',
    '2026-11-20 22:45:26 host app: blank instead of T',
    'Sun Nov 22 12:39:42 2026 TLS Error: TLS handshake failed',
  ],
  open: () => read,
}
