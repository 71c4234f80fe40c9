// The usual names of time, level, message, host, program, process and error in structured records, whatever wrote them.
import type { FieldValue, Severity } from '../model/index.ts'
import { withoutColours } from './line.ts'
import type { OpenFields, Reading } from './reading.ts'
import { severityOf, severityOfLetter, severityOfPino, severityOfSyslog } from './severity.ts'
import { type Part, type Spellings, spellingsIn } from './spellings.ts'
import { epochMicros } from './time/number.ts'
import { readStamp } from './time/read-stamp.ts'
import type { Stamp } from './time/stamp.ts'

// biome-ignore format: a table
const TIME = [
  'State.FinishedAt', 'State.StartedAt', 'time', 'timestamp', '@timestamp', 'ts', 't.$date', 't', 'asctime', 'datetime', 'eventTime', 'event_time', 'timeStamp', 'StartUTC', 'start_time',
  'started_at', 'EdgeStartTimestamp', 'time_iso8601', 'time_local', 'Timestamp', '@t', 'timestamp_ns', 'unixTime', 'calendarTime', 'date', 'logged_at',
  'creationTimestamp', 'metadata.creationTimestamp', 'lastTimestamp', 'receiveTimestamp', 'stageTimestamp', 'requestReceivedTimestamp', 'msec', 'timeMillis', 'timeUnixNano', 'observedTimeUnixNano',
  'T', 'ID', 'Event.System.TimeCreated.#attributes.SystemTime',
]
// biome-ignore format: a table
const LEVEL = [
  'level', 'log.level', 'lvl', 'severity', 'levelname', 'level_name', 'loglevel', 'log_level', 'error_severity', 's', '@l', 'severity_text', 'Level',
  'severityText', 'levelName', '@fields.lvl', 'event.level', 'LEVEL', 'logLevel', 'eventSeverity', 'LogLevel', 'SeverityText', 'L',
]
// biome-ignore format: a table
const MESSAGE = ['msg', 'message', '@m', '@mt', 'log', 'short_message', 'event', 'MESSAGE', 'text', '@message', 'body', '@fields.msg', 'textPayload', 'jsonPayload.message', 'fields.message', 'RenderedMessage', 'Message', 'MessageTemplate', 'Body', 'body.stringValue', 'M']
// biome-ignore format: a table
const HOST = ['hostname', '_HOSTNAME', 'host.name', 'host.hostname', 'HOSTNAME', 'host_name', 'hostName', 'agent.hostname', 'beat.hostname', 'host', 'kubernetes.host', 'devname']
// biome-ignore format: a table
const PROGRAM = ['service.name', 'service', 'serviceName', 'service_name', 'app', 'application', 'appname', 'app_name', 'program', 'syslog_identifier', 'name', 'Resource.service.name', 'kubernetes.container_name', 'ProviderName']
const PID = ['pid', 'process.pid', 'process_id', 'process.id', 'processId']
const ERROR = ['err', 'error', 'exception', 'exc_info', 'exc', 'cause', '@x', 'errorVerbose', 'Exception']
const STACK = ['stack', 'stack_trace', 'stackTrace', 'stacktrace', 'traceback', 'trace']

/** Times in two numbers: log4j2, Google's structured payloads. */
const SPLIT = [
  ['instant.epochSecond', 'instant.nanoOfSecond'],
  ['timestamp.seconds', 'timestamp.nanos'],
  ['timestampSeconds', 'timestampNanos'],
] as const

type Take = (names: readonly string[], part: Part) => [string, FieldValue] | null

/** Takes the first of some names out of the fields. */
function taker(fields: OpenFields, spellings: Spellings): Take {
  const takeOne = (names: readonly string[]): [string, FieldValue] | null => {
    for (const name of names) {
      const value = fields[name]
      if (value === undefined || value === null || value === '') continue
      delete fields[name]
      return [name, value]
    }
    return null
  }
  return (names, part) => takeOne(names) ?? takeOne(spellings(part))
}

/** Says where in the raw line a value stands, so that equal times of following lines can be told by their bytes. */
export type PlaceOf = (name: string, value: string) => number

/** FortiOS and others part the date from the time of day. */
function partedStamp(fields: OpenFields): Stamp | null {
  const { date, time, tz } = fields
  if (typeof date !== 'string' || typeof time !== 'string' || !/^\d\d:\d\d:\d\d/.test(time)) return null
  const stamp = readStamp(`${date} ${time}${typeof tz === 'string' && /^[+-]\d{4}$/.test(tz) ? tz : ''}`, 0)
  return stamp?.lacks === 'nothing' ? { ...stamp, start: 0, seconds: 0, end: 0 } : null
}

function stampOf(fields: OpenFields, spellings: Spellings, placeOf: PlaceOf): Stamp | null {
  const parted = partedStamp(fields)
  if (parted !== null) return parted
  return splitStamp(fields, placeOf) ?? stampIn(fields, TIME, placeOf) ?? stampIn(fields, spellings('time'), placeOf)
}

function splitStamp(fields: OpenFields, placeOf: PlaceOf): Stamp | null {
  for (const [whole, part] of SPLIT) {
    const seconds = fields[whole]
    if (typeof seconds !== 'number' || fields['@timestamp'] !== undefined) continue
    const stamp = numberStamp(seconds + Number(fields[part] ?? 0) / 1e9, String(seconds))
    if (stamp !== null) return placedAt(placeOf(whole, String(seconds)), stamp)
  }
  return null
}

function stampIn(fields: OpenFields, names: readonly string[], placeOf: PlaceOf): Stamp | null {
  for (const name of names) {
    const value = fields[name]
    if (value === undefined || value === null || typeof value === 'boolean') continue
    const text = String(value)
    const stamp = typeof value === 'number' ? numberStamp(value, text) : textStamp(text)
    if (stamp === null) continue
    delete fields[name]
    return placedAt(placeOf(name, text), stamp)
  }
  return null
}

/** A stamp of a value that stands at `place` of the line; -1 where the line writes it otherwise. */
function placedAt(place: number, stamp: Stamp): Stamp {
  if (place < 0) return { ...stamp, start: 0, seconds: 0, end: 0 }
  return { ...stamp, start: place + stamp.start, seconds: place + stamp.seconds, end: place + stamp.end }
}

/** What Go writes where no time was set. */
const NEVER = '0001-01-01T00:00:00Z'

/** Apache's `%t` brings its brackets along. */
function textStamp(text: string): Stamp | null {
  if (text === NEVER) return null
  const stamp = readStamp(text, text.charCodeAt(0) === 91 ? 1 : 0)
  if (stamp !== null) return stamp.lacks === 'date' || stamp.end < text.trimEnd().length - 8 ? null : stamp
  return null
}

function numberStamp(value: number, text: string): Stamp | null {
  const at = epochMicros(value)
  if (at === null) return null
  return { at, lacks: 'nothing', zoned: true, offset: 0, uptime: false, start: 0, seconds: 10, end: text.length }
}

/** Nextcloud counts 0 debug to 4 fatal; GELF and others count as syslog does. */
function severityOfNumber(level: number, fields: OpenFields): Severity | null {
  if (level >= 100 && level <= 600 && level % 50 === 0) return monolog(level)
  if (level >= 10) return severityOfPino(level)
  if (Object.hasOwn(fields, 'reqId')) return (['debug', 'info', 'warn', 'error', 'fatal'] as const)[level] ?? null
  return Object.hasOwn(fields, 'short_message') || Object.hasOwn(fields, 'PRIORITY') ? severityOfSyslog(level) : null
}

function monolog(level: number): Severity {
  if (level >= 600) return 'fatal'
  if (level >= 400) return 'error'
  return level >= 300 ? 'warn' : level >= 200 ? 'info' : 'debug'
}

function severityIn(fields: OpenFields, spellings: Spellings): Severity | null {
  return levelIn(fields, LEVEL) ?? levelIn(fields, spellings('level')) ?? tagged(fields)
}

function levelIn(fields: OpenFields, names: readonly string[]): Severity | null {
  for (const name of names) {
    const value = fields[name]
    if (value === undefined || value === null || typeof value === 'boolean') continue
    const number = typeof value === 'number' ? value : /^\d{1,3}$/.test(value) ? Number(value) : null
    const word = String(value).trim()
    const severity = number !== null ? severityOfNumber(number, fields) : (severityOf(word) ?? severityOfLetter(word))
    if (severity === null) continue
    delete fields[name]
    return severity
  }
  return null
}

function tagged(fields: OpenFields): Severity | null {
  const tags = fields.tags
  if (typeof tags !== 'string') return null
  for (const tag of tags.split(', ')) if (severityOf(tag) !== null) return severityOf(tag)
  return null
}

/** Message and stack of the error, then every other field as `name=value`, each on its own line. */
export function detailOf(fields: OpenFields): string {
  const first: string[] = []
  const rest: string[] = []
  for (const name in fields) {
    const value = fields[name]
    if (value === null || value === undefined || value === '') continue
    const parts = name.split('.')
    const last = parts.at(-1) ?? ''
    const isStack =
      typeof value === 'string' && (STACK.includes(last) || (value.includes('\n') && ERROR.includes(parts[0] ?? '')))
    const isError =
      typeof value === 'string' && ERROR.includes(parts[0] ?? '') && (parts.length === 1 || last === 'message')
    if (isStack || isError) first.push(value)
    if (!isStack) rest.push(`${name}=${value}`)
  }
  return first.length === 0 ? rest.join('\n') : `${first.join('\n')}\n${rest.join('\n')}`.trimEnd()
}

/** Takes the standard parts out of the fields; what is left stays in `fields` and is told in `detail`. */
export function structured(
  fields: OpenFields,
  placeOf: PlaceOf,
): Partial<Reading> & { readonly body: string; readonly stamp: Stamp | null } {
  const spellings = spellingsIn(fields)
  const stamp = stampOf(fields, spellings, placeOf)
  const severity = severityIn(fields, spellings)
  const take = taker(fields, spellings)
  const message = take(MESSAGE, 'message')
  const isText = typeof message?.[1] === 'string'
  if (message !== null && !isText) fields[message[0]] = message[1]
  const host = take(HOST, 'host')
  const program = take(PROGRAM, 'program')
  const pid = Number(take(PID, 'pid')?.[1] ?? Number.NaN)
  const body = isText ? withoutColours(String(message?.[1])).trimEnd() : ''
  const who = { host: host === null ? null : String(host[1]), program: program === null ? null : String(program[1]) }
  return { stamp, severity, ...who, pid: Number.isInteger(pid) ? pid : null, body, fields, detail: detailOf(fields) }
}
