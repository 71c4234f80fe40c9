// What packets were, in Zeek's terms: a row a connection, a DNS transaction, a TLS handshake, an HTTP request.
import type { Duration, Instant } from './instant.ts'

/** Zeek's connection states (conn/main.zeek). */
export type ConnState =
  | 'S0'
  | 'S1'
  | 'SF'
  | 'REJ'
  | 'S2'
  | 'S3'
  | 'RSTO'
  | 'RSTR'
  | 'RSTOS0'
  | 'RSTRH'
  | 'SH'
  | 'SHR'
  | 'OTH'

/** The two ends: originator is the client, responder the server. */
export interface Endpoints {
  readonly origHost: string
  readonly origPort: number
  readonly respHost: string
  readonly respPort: number
}

export interface ConnectionRow extends Endpoints {
  readonly uid: string
  readonly communityId: string
  readonly proto: 'tcp' | 'udp' | 'icmp' | 'sctp'
  readonly service: string | null
  readonly first: Instant
  readonly last: Instant
  readonly connState: ConnState
  readonly history: string
  readonly origPackets: number
  readonly respPackets: number
  /** Payload as sent, repeats included. */
  readonly origBytes: number
  readonly respBytes: number
  readonly missedBytes: number
  /** Last SYN to first ACK without SYN (Wireshark's initial_rtt); null where the handshake was not seen. */
  readonly handshakeRtt: Duration | null
  /** First SYN to first ACK without SYN: what the user waited. */
  readonly connectTime: Duration | null
  readonly retransmissions: number
  readonly fastRetransmissions: number
  readonly spuriousRetransmissions: number
  readonly outOfOrder: number
  readonly duplicateAcks: number
  readonly lostSegments: number
  readonly ackedUnseen: number
  readonly zeroWindows: number
  readonly zeroWindowProbes: number
  readonly windowFulls: number
  readonly keepAlives: number
  readonly portReused: number
  /** Time the receive window stood closed, both directions added. */
  readonly zeroWindowTime: Duration
}

export interface DnsRow {
  readonly time: Instant
  readonly client: string
  readonly clientPort: number
  readonly server: string
  readonly serverPort: number
  readonly proto: 'udp' | 'tcp'
  readonly transId: number
  readonly query: string
  readonly qtypeName: string
  readonly rcode: number | null
  readonly rcodeName: string | null
  /** From the first query of the transaction to its answer. */
  readonly rtt: Duration | null
  readonly queries: number
  readonly answered: boolean
  readonly answers: readonly string[]
}

export interface TlsRow extends Endpoints {
  readonly time: Instant
  readonly serverName: string | null
  readonly version: string | null
  readonly cipher: string | null
  readonly established: boolean
  /** Description number of the last alert seen in the clear; null where none was. */
  readonly lastAlert: number | null
  readonly alertFrom: 'client' | 'server' | null
  readonly certificateNotBefore: Instant | null
  readonly certificateNotAfter: Instant | null
  readonly certificateNames: readonly string[]
  readonly certificateIssuer: string | null
}

export interface HttpRow {
  readonly time: Instant
  readonly client: string
  readonly clientPort: number
  readonly server: string
  readonly serverPort: number
  readonly version: '1' | '2'
  readonly method: string | null
  readonly host: string | null
  readonly uri: string | null
  readonly statusCode: number | null
  /** End of the request to the end of the response. */
  readonly duration: Duration | null
  readonly requestId: string | null
  readonly userAgent: string | null
}

export interface IcmpRow {
  readonly src: string
  readonly dst: string
  readonly type: number
  readonly code: number
  readonly count: number
  readonly first: Instant
}
