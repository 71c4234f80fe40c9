// The row of a TCP connection, in Zeek's terms with Wireshark's counts.

import type { ConnectionRow } from '../../model/index.ts'
import type { Addresses } from '../addresses.ts'
import { communityId } from '../community-id.ts'
import type { Scene } from './facts.ts'
import * as A from './flags.ts'
import { connState } from './state.ts'

const TCP_PROTOCOL = 6

export function rowOf(
  { connection, ends: { client, server } }: Scene,
  uid: string,
  addresses: Addresses,
): ConnectionRow {
  const { orig, resp, family, clientAddress, serverAddress, rtt } = connection
  const ends = [
    { address: clientAddress, port: client.port },
    { address: serverAddress, port: server.port },
  ] as const
  return {
    uid,
    communityId: communityId({ family, protocol: TCP_PROTOCOL, ends }, addresses),
    proto: 'tcp',
    service: connection.service,
    origHost: client.address,
    origPort: client.port,
    respHost: server.address,
    respPort: server.port,
    first: connection.first,
    last: connection.last,
    connState: connState(connection),
    history: connection.history,
    origPackets: orig.packets,
    respPackets: resp.packets,
    origBytes: orig.bytes,
    respBytes: resp.bytes,
    missedBytes: (orig.trouble?.missed ?? 0) + (resp.trouble?.missed ?? 0),
    handshakeRtt: rtt > 0 ? rtt : null,
    connectTime: rtt > 0 ? Math.max(0, connection.connectTime) : null,
    retransmissions: orig.found(A.RETRANSMISSION),
    fastRetransmissions: orig.found(A.FAST_RETRANSMISSION),
    spuriousRetransmissions: orig.found(A.SPURIOUS_RETRANSMISSION),
    outOfOrder: orig.found(A.OUT_OF_ORDER),
    duplicateAcks: orig.found(A.DUPLICATE_ACK),
    lostSegments: orig.found(A.LOST_SEGMENT),
    ackedUnseen: orig.found(A.ACKED_UNSEEN),
    zeroWindows: orig.found(A.ZERO_WINDOW),
    zeroWindowProbes: orig.found(A.ZERO_WINDOW_PROBE),
    windowFulls: orig.found(A.WINDOW_FULL),
    keepAlives: orig.found(A.KEEP_ALIVE),
    portReused: connection.portReused,
    zeroWindowTime: connection.zeroWindowTime,
  }
}
