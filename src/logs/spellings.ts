// Names of the usual parts as others spell them: `TimeCreated`, `event_timestamp`, `_source.LogLevel`; asked where none of the usual names is there.
import type { OpenFields } from './reading.ts'

export type Part = 'time' | 'level' | 'message' | 'host' | 'program' | 'pid'

/** In small letters, without any other sign. */
// biome-ignore format: a table
const PARTS: Readonly<Record<Part, readonly string[]>> = {
  time: [
    'timestamp', 'datetime', 'time', 'ts', 'eventtime', 'eventtimestamp', 'logtime', 'logtimestamp', 'timecreated', 'timegenerated', 'createdat', 'created',
    'creationtime', 'epoch', 'epochms', 'epochmillis', 'timestampms', 'timestamputc', 'utctime', 'occurredat', 'loggedat', 'generatedat', 'receivedat', 'ingestiontime', 'timedate',
    'starttime', 'eventdate', 'logdate',
  ],
  level: ['level', 'severity', 'loglevel', 'leveldisplayname', 'levelname', 'lvl', 'severitylevel', 'severitytext', 'logseverity'],
  message: ['message', 'msg', 'raw', 'logmessage', 'renderedmessage'],
  host: ['host', 'hostname', 'machinename', 'computername', 'computer', 'nodename'],
  program: ['processname', 'appname', 'application', 'applicationname', 'program'],
  pid: ['pid', 'processid'],
}
/** What exports of searches put around a record. */
const ENVELOPE = /^(?:_source|result|attributes|record|entry)\.|\.\$date$/g
const MOST_KNOWN = 4096

const partOf = new Map<string, Part>()
for (const part of ['time', 'level', 'message', 'host', 'program', 'pid'] as const)
  for (const name of PARTS[part]) partOf.set(name, part)

const known = new Map<string, Part | null>()

function partNamed(name: string): Part | null {
  let part = known.get(name)
  if (part === undefined) {
    const plain = name.replace(ENVELOPE, '').toLowerCase()
    part = /^[^.]{2,24}$/.test(plain) ? (partOf.get(plain.replace(/[^a-z]/g, '')) ?? null) : null
    if (known.size < MOST_KNOWN) known.set(name, part)
  }
  return part
}

/** Gives the names of a record's fields that are a part by another spelling, in their order. */
export type Spellings = (part: Part) => readonly string[]

/** Names are looked at once a record, and only where a part is asked for. */
export function spellingsIn(fields: OpenFields): Spellings {
  let names: Partial<Record<Part, string[]>> | null = null
  return (part) => {
    names ??= byPart(fields)
    return names[part] ?? []
  }
}

function byPart(fields: OpenFields): Partial<Record<Part, string[]>> {
  const names: Partial<Record<Part, string[]>> = {}
  for (const name in fields) {
    const part = partNamed(name)
    if (part === null) continue
    names[part] ??= []
    names[part].push(name)
  }
  return names
}
