// Windows events as JSON, as tools for `.evtx` files and Winlogbeat write them: their fields by the names they have in XML.
import type { OpenFields } from './reading.ts'

/** https://learn.microsoft.com/en-us/windows/win32/wes/eventmanifestschema-leveltype-complextype */
const LEVELS = ['info', 'fatal', 'error', 'warn', 'info', 'trace']
const DUMPED: Readonly<Record<string, string>> = {
  'Event.System.EventID': 'event_id',
  'Event.System.EventID.#text': 'event_id',
  'Event.System.Channel': 'channel',
  'Event.System.Computer': 'hostname',
  'Event.System.Provider.#attributes.Name': 'program',
  'Event.System.Execution.#attributes.ProcessID': 'pid',
}
const SHIPPED: Readonly<Record<string, string>> = {
  'winlog.event_id': 'event_id',
  'winlog.channel': 'channel',
  'winlog.computer_name': 'hostname',
  'winlog.provider_name': 'program',
  'winlog.process.pid': 'pid',
}
/** What the event is about, under names of its own. */
const DATA = /^(?:Event\.(?:EventData|UserData\.[^.]+)|winlog\.(?:event_data|user_data))\.([^.#]+)(?:\.#text)?$/

/** The fields themselves where they tell no such event. */
export function windowsFields(fields: OpenFields): OpenFields {
  const isDumped = fields['Event.System.Channel'] !== undefined
  if (!isDumped && fields['winlog.channel'] === undefined) return fields
  const names = isDumped ? DUMPED : SHIPPED
  const level = Number(fields['Event.System.Level'])
  const found: OpenFields = isDumped ? { level: LEVELS[level] ?? 'info' } : {}
  for (const name in fields) found[names[name] ?? DATA.exec(name)?.[1] ?? name] ??= fields[name] ?? null
  return found
}
