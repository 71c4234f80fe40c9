// Events as rows of the table `events`: records and facts side by side, what people ask for as columns of their own.
import { type Event, type FieldValue, isLogEvent, type Severity } from '../../model/index.ts'
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
    ...['host_name', 'service_name', 'process_pid', 'request_id', 'client_address', 'server_address', 'server_port'],
    ...['http_response_status_code', 'body', 'detail', 'raw', 'attributes_json'],
  ],
  values: (event) => {
    const { fields } = event
    const record = isLogEvent(event) ? event : null
    const severity = record?.severity ?? null
    return [
      event.kind,
      ...instant(event.time),
      event.quality,
      ...placeValues(event.place),
      severity === null ? null : SEVERITY_NUMBERS[severity],
      severity,
      record?.host ?? null,
      record?.program ?? null,
      record?.pid ?? null,
      record === null ? textOf(fields.request_id) : record.requestId,
      textOf(fields.client),
      textOf(fields.server),
      wholeOf(fields.port),
      wholeOf(fields.status),
      record?.body ?? event.excerpt,
      record?.detail || null,
      event.excerpt,
      JSON.stringify(fields),
    ]
  },
}

function textOf(value: FieldValue | undefined): string | null {
  return typeof value === 'string' ? value : null
}

/** Log formats hold numbers as text. */
function wholeOf(value: FieldValue | undefined): number | null {
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : null
}
