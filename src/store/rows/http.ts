// HTTP requests as rows of the table `http`, with where they were seen: in packets or in an access log.
import type { HttpRow } from '../../model/index.ts'
import { type RowTable, seconds } from './row-table.ts'
import { timeText } from './time-text.ts'

export type HttpOrigin = 'packets' | 'log'

export interface SeenRequest {
  readonly request: HttpRow
  readonly origin: HttpOrigin
}

export const HTTP: RowTable<SeenRequest> = {
  name: 'http',
  columns: [
    ...['time', 'time_unix_us', 'origin', 'client', 'client_port', 'server', 'server_port', 'version', 'method'],
    ...['host', 'uri', 'status_code', 'duration', 'request_id', 'user_agent'],
  ],
  values: ({ request: row, origin }) => [
    timeText(row.time),
    row.time,
    origin,
    row.client,
    row.clientPort,
    row.server,
    row.serverPort,
    row.version,
    row.method,
    row.host,
    row.uri,
    row.statusCode,
    seconds(row.duration),
    row.requestId,
    row.userAgent,
  ],
}
