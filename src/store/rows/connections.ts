// Connections as rows of the table `connections`, and back.
import type { ConnectionRow, ConnState } from '../../model/index.ts'
import { number, numberOrNull, oneOf, type Row, text, textOrNull } from '../record.ts'
import { microseconds, type RowTable, seconds } from './row-table.ts'
import { timeText } from './time-text.ts'

type States = readonly ConnState[]
const STATES: States = ['S0', 'S1', 'SF', 'REJ', 'S2', 'S3', 'RSTO', 'RSTR', 'RSTOS0', 'RSTRH', 'SH', 'SHR', 'OTH']
const PROTOCOLS = ['tcp', 'udp', 'icmp', 'sctp'] as const

export const CONNECTIONS: RowTable<ConnectionRow> = {
  name: 'connections',
  columns: [
    ...['uid', 'community_id', 'proto', 'service', 'id_orig_h', 'id_orig_p', 'id_resp_h', 'id_resp_p'],
    ...['first_time', 'first_time_unix_us', 'last_time', 'last_time_unix_us', 'duration', 'conn_state', 'history'],
    ...['orig_pkts', 'resp_pkts', 'orig_bytes', 'resp_bytes', 'missed_bytes', 'handshake_rtt', 'connect_time'],
    ...['retransmissions', 'fast_retransmissions', 'spurious_retransmissions', 'out_of_order', 'duplicate_acks'],
    ...['lost_segments', 'acked_unseen', 'zero_windows', 'zero_window_probes', 'window_fulls', 'keep_alives'],
    ...['port_reused', 'zero_window_time'],
  ],
  values: (row) => [
    row.uid,
    row.communityId,
    row.proto,
    row.service,
    row.origHost,
    row.origPort,
    row.respHost,
    row.respPort,
    timeText(row.first),
    row.first,
    timeText(row.last),
    row.last,
    seconds(row.last - row.first),
    row.connState,
    row.history,
    row.origPackets,
    row.respPackets,
    row.origBytes,
    row.respBytes,
    row.missedBytes,
    seconds(row.handshakeRtt),
    seconds(row.connectTime),
    row.retransmissions,
    row.fastRetransmissions,
    row.spuriousRetransmissions,
    row.outOfOrder,
    row.duplicateAcks,
    row.lostSegments,
    row.ackedUnseen,
    row.zeroWindows,
    row.zeroWindowProbes,
    row.windowFulls,
    row.keepAlives,
    row.portReused,
    seconds(row.zeroWindowTime),
  ],
}

export function connectionFrom(row: Row): ConnectionRow {
  return {
    uid: text(row, 'uid'),
    communityId: text(row, 'community_id'),
    proto: oneOf(row, 'proto', PROTOCOLS),
    service: textOrNull(row, 'service'),
    origHost: text(row, 'id_orig_h'),
    origPort: number(row, 'id_orig_p'),
    respHost: text(row, 'id_resp_h'),
    respPort: number(row, 'id_resp_p'),
    first: number(row, 'first_time_unix_us'),
    last: number(row, 'last_time_unix_us'),
    connState: oneOf(row, 'conn_state', STATES),
    history: text(row, 'history'),
    ...trafficFrom(row),
    ...odditiesFrom(row),
  }
}

function trafficFrom(row: Row) {
  const rtt = numberOrNull(row, 'handshake_rtt')
  const connect = numberOrNull(row, 'connect_time')
  return {
    origPackets: number(row, 'orig_pkts'),
    respPackets: number(row, 'resp_pkts'),
    origBytes: number(row, 'orig_bytes'),
    respBytes: number(row, 'resp_bytes'),
    missedBytes: number(row, 'missed_bytes'),
    handshakeRtt: rtt === null ? null : microseconds(rtt),
    connectTime: connect === null ? null : microseconds(connect),
  }
}

function odditiesFrom(row: Row) {
  return {
    retransmissions: number(row, 'retransmissions'),
    fastRetransmissions: number(row, 'fast_retransmissions'),
    spuriousRetransmissions: number(row, 'spurious_retransmissions'),
    outOfOrder: number(row, 'out_of_order'),
    duplicateAcks: number(row, 'duplicate_acks'),
    lostSegments: number(row, 'lost_segments'),
    ackedUnseen: number(row, 'acked_unseen'),
    zeroWindows: number(row, 'zero_windows'),
    zeroWindowProbes: number(row, 'zero_window_probes'),
    windowFulls: number(row, 'window_fulls'),
    keepAlives: number(row, 'keep_alives'),
    portReused: number(row, 'port_reused'),
    zeroWindowTime: microseconds(number(row, 'zero_window_time')),
  }
}
