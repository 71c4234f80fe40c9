// Windows events as XML, one to a line or indented, as wevtutil, the event viewer and forwarders write them.
import type { Severity } from '../../model/index.ts'
import type { LogFormat } from '../format.ts'
import { type OpenFields, type OpenRecord, type Reading, reading } from '../reading.ts'
import { detailOf } from '../structured.ts'
import { readStamp } from '../time/read-stamp.ts'

const START = /^\s*(?:- )?<Event(?: xmlns=(?:"[^"]*"|'[^']*'))?>/
/** `<`, a dash of a browser's copy, or the blanks of an indented one. */
const FIRST: ReadonlySet<number> = new Set([60, 45, 32, 9])
const END = /<\/Event>\s*$/
/** https://learn.microsoft.com/en-us/windows/win32/wes/eventmanifestschema-leveltype-complextype */
const LEVELS: Readonly<Record<string, Severity>> = { 1: 'fatal', 2: 'error', 3: 'warn', 4: 'info', 5: 'trace' }
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }
const DATA = /<Data(?: Name=['"]([^'"]*)['"])?>([^<]*)<\/Data>/g
/** What an audit of success or failure is, where the level says only `log always`. */
const AUDIT_FAILURE = '0x8010000000000000'

function textOf(text: string | undefined): string {
  return (text ?? '').replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal, hex, name) => {
    const code = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal)
    return ENTITIES[String(name)] ?? (Number.isNaN(code) || code > 0x10ffff ? whole : String.fromCodePoint(code))
  })
}

function element(xml: string, name: string): string | null {
  const found = new RegExp(`<${name}(?: [^>]*)?>([^<]*)</${name}>`).exec(xml)
  return found === null ? null : textOf(found[1])
}

function attribute(xml: string, name: string, key: string): string | null {
  const found = new RegExp(`<${name} [^>]*?\\b${key}=(?:'([^']*)'|"([^"]*)")`).exec(xml)
  return found === null ? null : textOf(found[1] ?? found[2])
}

function fieldsOf(xml: string): OpenFields {
  const fields: OpenFields = { event_id: Number(element(xml, 'EventID')), channel: element(xml, 'Channel') }
  for (const [at, [, name, value]] of [...xml.matchAll(DATA)].entries())
    if (at < 64) fields[name ?? `data${at + 1}`] ??= textOf(value)
  return fields
}

/** The message where it was rendered, else what the event's data say. */
function readEvent(xml: string): Reading {
  const time = attribute(xml, 'TimeCreated', 'SystemTime')
  const at = time === null ? null : readStamp(time, 0)
  const place = Math.max(0, xml.indexOf(time ?? ' '))
  const stamp = at === null ? null : { ...at, start: place, seconds: place + at.seconds, end: place + at.end }
  const pid = Number(attribute(xml, 'Execution', 'ProcessID') ?? Number.NaN)
  const fields = fieldsOf(xml)
  const isFailure = element(xml, 'Keywords') === AUDIT_FAILURE
  const level = LEVELS[/<Level>(\d+)<\/Level>/.exec(xml)?.[1] ?? ''] ?? 'info'
  const detail = detailOf(fields)
  return reading({
    stamp,
    severity: isFailure ? 'warn' : level,
    host: element(xml, 'Computer'),
    program: attribute(xml, 'Provider', 'Name'),
    pid: Number.isInteger(pid) ? pid : null,
    body: (element(xml, 'Message') ?? '').trim() || detail,
    fields,
    detail,
  })
}

function joinsEvent({ format, last }: OpenRecord): boolean {
  return format === windowsEvent.name && !END.test(last)
}

const PART = /^\s+<|^<\/?(?:Event|System|EventData|UserData|RenderingInfo)\b/

function read(record: string): Reading | null {
  if (!FIRST.has(record.charCodeAt(0))) return null
  if (START.test(record)) return readEvent(record)
  return PART.test(record) ? reading({ body: record, joins: joinsEvent, weak: true }) : null
}

export const windowsEvent: LogFormat = {
  name: 'windows-event',
  frame: 'line',
  rereads: true,
  nests: true,
  begins: /-|[ \t]?</,
  takes: [
    "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Service Control Manager'/><EventID Qualifiers='49152'>7031</EventID><Level>2</Level><TimeCreated SystemTime='2026-11-20T22:35:19.8681234Z'/><Execution ProcessID='580' ThreadID='9'/><Channel>System</Channel><Computer>WIN1</Computer></System><EventData><Data Name='param1'>Print Spooler</Data></EventData></Event>",
  ],
  leaves: ['<Events>', '<html><body>not an event</body></html>'],
  open: () => read,
}
