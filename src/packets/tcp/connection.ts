// One TCP connection and its two sides: all that is remembered of them.

import type { PacketPlace } from '../../model/index.ts'
import type { Analyzer, Conversation } from '../application.ts'
import type { Endpoint } from '../excerpt.ts'
import type { Flow } from '../flows.ts'
import { CLOSED, INACTIVE, RESET } from './state.ts'
import type { Stream } from './stream.ts'

/** What one end sent. Numbers of sequence are 32 bits; 0 is unknown, as in Wireshark. */
export class Side {
  packets = 0
  bytes = 0
  dataSegments = 0

  /** Highest sequence number sent, plus one. */
  nextSequence = 0
  nextSequenceTime = 0
  /** Highest number up to which all was seen (Wireshark's maxseqtobeacked). */
  edge = 0
  lastAck = 0
  lastAckTime = 0
  /** As in the header, not scaled; -1 before the first segment. */
  window = -1
  /** -1 unknown, -2 not used. */
  scale = -1
  duplicateAcks = 0
  /** Analysis flags of its last segment. */
  lastFlags = 0
  isBaseKnown = false
  base = 0
  /** Between SYN and first ACK the window is not scaled yet. */
  isFirstAck = false

  /** Zeek's endpoint state. */
  state = INACTIVE
  /** Letters of the history that were written. */
  letters = 0
  retransmitted = 0
  zeroWindows = 0
  gaps = 0
  hasSyn = false
  hasFin = false
  hasReset = false
  /** Of its last segment that was not a reset; 0 unknown. */
  ttl = 0
  /** Offered in its SYN; 0 unknown. */
  mss = 0

  /** When its receive window closed; 0 while it is open. */
  closedSince = 0
  closedPlace: PacketPlace | null = null
  /** Where a hole in what it sent starts and ends, and since when; no hole where `holeSince` is 0. */
  holeStart = 0
  holeEnd = 0
  holeSince = 0
  missed = 0
  /** The segment that it sends again and again: its start and size, and how often it was sent again. */
  stuckAt = 0
  stuckSize = 0
  tries = 0
  stuckPlace: PacketPlace | null = null
  stuckTime = 0
  /** Payload of a segment behind the stuck one that arrived. */
  passedBehind = 0
  largestPassed = 0
  /** It was sent again in smaller pieces. */
  isShrunk = false
  /** Payload of its last new segment. */
  lastSize = 0
  /** Largest payload not yet acknowledged, and the end of it. */
  flightSize = 0
  flightEnd = 0
}

/** Names of the ends, as every fact has them. */
export interface Ends {
  readonly client: Endpoint
  readonly server: Endpoint
}

export class Connection implements Flow {
  readonly low: number
  readonly high: number
  readonly ports: number
  readonly family: number
  readonly number: number
  /** Of the low end, of the high end. */
  readonly sides: readonly [Side, Side] = [new Side(), new Side()]
  /** As text, once somebody asked. */
  ends: Ends | null = null
  conversation: Conversation | null = null
  /** 0 where the low end is the client. */
  client: 0 | 1 = 0
  first = 0
  last = 0
  lastPacket = 0
  /** Where the connection is best cited: its end, else its first packet. */
  place: PacketPlace | null = null
  placeTime = 0
  placeFlags = 0
  placeFrom: 'client' | 'server' = 'client'
  lastDataFrom: 'client' | 'server' | null = null

  synTime = 0
  firstSynTime = 0
  syns = 0
  /** SYNs without copies. */
  tries = 0
  synPlace: PacketPlace | null = null
  synSequence = 0
  synWindow = 0
  hasSynAck = false
  /** Last SYN to first ACK; 0 unknown, as in Wireshark. */
  rtt = 0
  connectTime = 0
  isEstablished = false
  /** An ICMP error answered it. */
  isUnreachable = false
  resetPlace: PacketPlace | null = null
  resetTime = 0
  resetTtl = 0
  isRefused = false
  history = ''

  retransmissions = 0
  fastRetransmissions = 0
  spuriousRetransmissions = 0
  outOfOrder = 0
  duplicateAcks = 0
  lostSegments = 0
  ackedUnseen = 0
  zeroWindows = 0
  zeroWindowProbes = 0
  windowFulls = 0
  keepAlives = 0
  portReused = 0
  zeroWindowTime = 0

  /** The second that the counts below are of. */
  second = 0
  secondSegments = 0
  secondResent = 0
  secondOutOfOrder = 0
  secondDuplicateAcks = 0
  secondBytes = 0
  secondPlace: PacketPlace | null = null
  secondTime = 0

  /** Payload in order, while anybody wants it. */
  stream: Stream | null = null
  isIgnored = false
  /** Chunks that no application recognised. */
  unrecognised = 0
  /** Sequence number of the server's FIN. */
  serverEnd: number | null = null
  analyzer: Analyzer | null = null
  service: string | null = null
  requests = 0

  constructor(key: { low: number; high: number; ports: number; family: number }, number: number) {
    this.low = key.low
    this.high = key.high
    this.ports = key.ports
    this.family = key.family
    this.number = number
  }

  get isOver(): boolean {
    const [low, high] = this.sides
    return low.state === RESET || high.state === RESET || (low.state === CLOSED && high.state === CLOSED)
  }

  get orig(): Side {
    return this.sides[this.client]
  }

  get resp(): Side {
    return this.sides[this.client === 0 ? 1 : 0]
  }

  get clientPort(): number {
    return this.client === 0 ? this.ports >>> 16 : this.ports & 0xffff
  }

  get serverPort(): number {
    return this.client === 0 ? this.ports & 0xffff : this.ports >>> 16
  }

  get clientAddress(): number {
    return this.client === 0 ? this.low : this.high
  }

  get serverAddress(): number {
    return this.client === 0 ? this.high : this.low
  }
}
