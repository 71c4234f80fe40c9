// TLS handshakes as rows of the table `tls`.
import type { TlsRow } from '../../model/index.ts'
import { instant, type RowTable } from './row-table.ts'

export const TLS: RowTable<TlsRow> = {
  name: 'tls',
  columns: [
    ...['time', 'time_unix_us', 'id_orig_h', 'id_orig_p', 'id_resp_h', 'id_resp_p', 'server_name', 'version'],
    ...['cipher', 'established', 'last_alert', 'alert_from', 'certificate_not_before'],
    ...['certificate_not_before_unix_us', 'certificate_not_after', 'certificate_not_after_unix_us'],
    ...['certificate_names_json', 'certificate_issuer'],
  ],
  values: (row) => [
    ...[...instant(row.time), row.origHost, row.origPort, row.respHost, row.respPort, row.serverName, row.version],
    ...[row.cipher, row.established ? 1 : 0, row.lastAlert, row.alertFrom],
    ...[...instant(row.certificateNotBefore), ...instant(row.certificateNotAfter)],
    ...[JSON.stringify(row.certificateNames), row.certificateIssuer],
  ],
}
