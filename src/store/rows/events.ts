// Events as rows of the table `events`: records and facts side by side, what people ask for as columns of their own.
import { type Event, type Fields, type FieldValue, isLogEvent, type Severity } from '../../model/index.ts'
import type { Cell } from '../record.ts'
import { PLACE_COLUMNS, placeValues } from './place.ts'
import { instant, type RowTable } from './row-table.ts'

/** OpenTelemetry's logs data model, SeverityNumber. */
const SEVERITY_NUMBERS: Readonly<Record<Severity, number>> = {
  trace: 1,
  debug: 5,
  info: 9,
  warn: 13,
  error: 17,
  fatal: 21,
}

export const EVENTS: RowTable<Event> = {
  name: 'events',
  columns: [
    ...['kind', 'time', 'time_unix_us', 'time_quality', ...PLACE_COLUMNS, 'severity_number', 'severity_text'],
    ...['host_name', 'service_name', 'process_pid', 'request_id', 'body', 'detail', 'client_address', 'server_address'],
    ...['server_port', 'http_response_status_code', 'raw', 'attributes_json'],
  ],
  values: (event) => [
    ...[event.kind, ...instant(event.time), event.quality, ...placeValues(event.place)],
    ...recordValues(event),
    ...[textOf(event.fields.client), textOf(event.fields.server), wholeOf(event.fields.port)],
    ...[wholeOf(event.fields.status), event.excerpt, JSON.stringify(event.fields)],
  ],
}

function recordValues(event: Event): readonly Cell[] {
  if (!isLogEvent(event)) return [null, null, null, null, null, requestIdOf(event.fields), event.excerpt, null]
  const severity = event.severity === null ? null : SEVERITY_NUMBERS[event.severity]
  const writer = [event.host, event.program, event.pid, event.requestId]
  return [severity, event.severity, ...writer, event.body, event.detail === '' ? null : event.detail]
}

function requestIdOf(fields: Fields): string | null {
  return textOf(fields.request_id)
}

function textOf(value: FieldValue | undefined): string | null {
  return typeof value === 'string' ? value : null
}

/** Log formats hold numbers as text. */
function wholeOf(value: FieldValue | undefined): number | null {
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : null
}
