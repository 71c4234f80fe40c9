// The row of a TCP connection, in Zeek's terms with Wireshark's counts.

import type { ConnectionRow } from '../../model/index.ts'
import type { Addresses } from '../addresses.ts'
import { communityId } from '../community-id.ts'
import type { Connection, Ends } from './connection.ts'
import { connState } from './state.ts'

const TCP_PROTOCOL = 6

/** @param ends names of its ends */
export function rowOf(connection: Connection, ends: Ends, uid: string, addresses: Addresses): ConnectionRow {
  const { client, server } = ends
  const { orig, resp, family, clientAddress, serverAddress, rtt } = connection
  const addressed = [
    { address: clientAddress, port: client.port },
    { address: serverAddress, port: server.port },
  ] as const
  return {
    uid,
    communityId: communityId(family, TCP_PROTOCOL, addressed, addresses),
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
    handshakeRtt: rtt === 0 ? null : rtt,
    connectTime: rtt === 0 ? null : connection.connectTime,
    retransmissions: connection.retransmissions,
    fastRetransmissions: connection.fastRetransmissions,
    spuriousRetransmissions: connection.spuriousRetransmissions,
    outOfOrder: connection.outOfOrder,
    duplicateAcks: connection.duplicateAcks,
    lostSegments: connection.lostSegments,
    ackedUnseen: connection.ackedUnseen,
    zeroWindows: connection.zeroWindows,
    zeroWindowProbes: connection.zeroWindowProbes,
    windowFulls: connection.windowFulls,
    keepAlives: connection.keepAlives,
    portReused: connection.portReused,
    zeroWindowTime: connection.zeroWindowTime,
  }
}
