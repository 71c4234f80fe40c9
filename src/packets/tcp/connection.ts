// One TCP connection and its two sides: all that is remembered of them.

import type { Instant, PacketPlace } from '../../model/index.ts'
import type { Analyzer, Conversation } from '../application.ts'
import type { Endpoint } from '../excerpt.ts'
import type { Flow } from '../flows.ts'
import { CLOSED, INACTIVE, RESET } from './endpoint-state.ts'
import type { Stream } from './stream.ts'
import type { Link } from './traffic.ts'

/** A segment that may be cited later. */
export interface Mark {
  readonly place: PacketPlace
  readonly time: Instant
  readonly from: 'client' | 'server'
  readonly flags: number
  readonly sequence: number
  readonly window: number
  readonly ttl: number
}

/** What happened to the data of one side: most sides never have any of it. */
export class Trouble {
  /** When its receive window closed; null while it is open. */
  closed: Mark | null = null
  /** Where a hole in what it sent starts and ends, and since when; no hole where `holeSince` is 0. */
  holeStart = 0
  holeEnd = 0
  holeSince = 0
  missed = 0
  /** The segment that it sends again and again: its start and size, how often, and its last copy. */
  stuckAt = 0
  stuckSize = 0
  tries = 0
  stuck: Mark | null = null
  /** It was sent again in smaller pieces. */
  isShrunk = false
  /** Payload of a segment behind the stuck one that arrived. */
  passedBehind = 0
  /** The other side went on speaking without acknowledging it. */
  isUnheard = false
}

/**
 * What one end sent. Numbers of sequence are 32 bits; 0 is unknown, as in Wireshark.
 * Fields that every segment needs come first: they lie together in memory.
 */
export class Side {
  packets = 0
  bytes = 0
  /** Highest sequence number sent, plus one. */
  nextSequence = 0
  nextSequenceTime = 0
  /** Highest number up to which all was seen (Wireshark's maxseqtobeacked). */
  edge = 0
  lastAck = 0
  /** Of its last segment whose length is known. */
  lastTime = 0
  /** As in the header, not scaled; -1 before the first segment. */
  window = -1
  /** -1 unknown, -2 not used. */
  scale = -1
  duplicateAcks = 0
  /** Analysis flags of its last segment. */
  lastFlags = 0
  /** Zeek's endpoint state. */
  state = INACTIVE
  /** Letters of the history that were written. */
  letters = 0
  /** Of its last segment that was not a reset; 0 unknown. */
  ttl = 0
  isBaseKnown = false
  /** Between SYN and first ACK the window is not scaled yet. */
  isFirstAck = false
  /** Payload of its last new segment. */
  lastSize = 0
  /** IP identification of its last data segment; 0 unknown. */
  lastIpId = 0
  /** Largest payload not yet acknowledged, and the end of it. */
  flightSize = 0
  flightEnd = 0
  trouble: Trouble | null = null

  base = 0
  hasSyn = false
  hasFin = false
  hasReset = false
  /** Offered in its SYN; 0 unknown. */
  mss = 0
  largestPassed = 0
  retransmitted = 0
  zeroWindows = 0
  gaps = 0
}

/** Names of the ends, as every fact has them. */
export interface Ends {
  readonly client: Endpoint
  readonly server: Endpoint
  /** `192.0.2.9:51514 > 10.0.0.7:5432` */
  readonly arrow: string
}

export class Connection implements Flow {
  readonly lowSide = new Side()
  readonly highSide = new Side()
  /** Whether the low end is the client. */
  isLowClient = true
  lastPacket = 0
  syns = 0
  /** Last SYN to first ACK; 0 unknown, as in Wireshark. */
  rtt = 0
  /** The port of the server, once data was seen. */
  link: Link | null = null
  isIgnored = false
  /** Payload in order, while anybody wants it. */
  stream: Stream | null = null
  lastDataFrom: 'client' | 'server' | null = null

  readonly low: number
  readonly high: number
  readonly ports: number
  readonly family: number
  readonly number: number
  /** As text, once somebody asked. */
  ends: Ends | null = null
  conversation: Conversation | null = null
  first = 0
  synTime = 0
  firstSynTime = 0
  connectTime = 0
  /** SYNs without copies. */
  tries = 0
  hasSynAck = false
  /** An ICMP error answered it. */
  isUnreachable = false
  history = ''
  /** Where the connection is best cited: its end, else its first packet. */
  mark: Mark | null = null
  lastSyn: Mark | null = null
  /** The RST that answered a SYN. */
  refusal: Mark | null = null

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
    const { lowSide, highSide } = this
    return (
      lowSide.state === RESET || highSide.state === RESET || (lowSide.state === CLOSED && highSide.state === CLOSED)
    )
  }

  get orig(): Side {
    return this.isLowClient ? this.lowSide : this.highSide
  }

  get resp(): Side {
    return this.isLowClient ? this.highSide : this.lowSide
  }

  get clientPort(): number {
    return this.isLowClient ? this.ports >>> 16 : this.ports & 0xffff
  }

  get serverPort(): number {
    return this.isLowClient ? this.ports & 0xffff : this.ports >>> 16
  }

  get clientAddress(): number {
    return this.isLowClient ? this.low : this.high
  }

  get serverAddress(): number {
    return this.isLowClient ? this.high : this.low
  }

  get last(): Instant {
    return Math.max(this.first, this.lowSide.lastTime, this.highSide.lastTime)
  }
}
