// DNS transactions as rows of the table `dns`.
import type { DnsRow } from '../../model/index.ts'
import { instant, type RowTable, seconds } from './row-table.ts'

export const DNS: RowTable<DnsRow> = {
  name: 'dns',
  columns: [
    ...['time', 'time_unix_us', 'client', 'client_port', 'server', 'server_port', 'proto', 'trans_id', 'query'],
    ...['qtype_name', 'rcode', 'rcode_name', 'rtt', 'queries', 'answered', 'answers_json'],
  ],
  values: (row) => [
    ...instant(row.time),
    row.client,
    row.clientPort,
    row.server,
    row.serverPort,
    row.proto,
    row.transId,
    row.query,
    row.qtypeName,
    row.rcode,
    row.rcodeName,
    seconds(row.rtt),
    row.queries,
    row.answered ? 1 : 0,
    JSON.stringify(row.answers),
  ],
}
