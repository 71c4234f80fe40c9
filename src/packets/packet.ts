// One packet while it is looked at: the frame as captured, and what its layers said. One object serves all packets.

import type { Instant, PacketPlace } from '../model/index.ts'
import { digestOf } from './digest.ts'

const NOTHING = new Uint8Array(0)

/** What the walk through the layers ended at. */
export const NO_TRANSPORT = 0
export const ICMP = 1
export const TCP = 6
export const UDP = 17
export const ICMPV6 = 58
export const SCTP = 132

/** Fields of layers that were not there keep old values: look at `transport` and `family` first. */
export class Packet {
  /** Bytes the frame lies in, from `start`. */
  frame: Uint8Array = NOTHING
  start = 0
  captured = 0
  /** Length on the wire. */
  length = 0
  /** 1-based. */
  number = 0
  /** Of the packet data in the capture file. */
  offset = 0
  time: Instant = 0
  /** False where the capture does not say when: `time` is that of the packet before. */
  isTimed = true
  /** Whole seconds of `time`. */
  second = 0
  linkType = 0

  /** Bytes the walk reads: the frame's, or those of a reassembled datagram. */
  bytes: Uint8Array = NOTHING
  /** Where the next layer starts. */
  at = 0
  /** Where the captured bytes of this layer end. */
  end = 0
  /** Where the bytes of this layer ended on the wire; beyond `end` where the packet was cut. */
  reach = 0
  /** Of the Ethernet type, PPP or IP protocol number that no layer here knows; for messages. */
  unknown = 0
  /** A layer contradicted itself or was too short. */
  malformed = false

  /** 4, 6, or 0 before any IP header. */
  family = 0
  ttl = 0
  ipId = 0
  /** IPv4 addresses. */
  source4 = 0
  target4 = 0
  /** IPv6 addresses, four words each. */
  readonly source6 = new Int32Array(4)
  readonly target6 = new Int32Array(4)
  /** First part of a datagram whose rest is not at hand: lengths mean nothing. */
  fragmented = false
  /** Of a part of a datagram: where it belongs, what the whole is, and whether more parts follow. */
  fragmentProtocol = 0
  fragmentOffset = 0
  fragmentId = 0
  moreFragments = false
  /** Of a radio frame: its header is padded to four bytes. */
  isPadded = false
  /** Outermost VLAN tag. */
  vlan = 0

  transport = NO_TRANSPORT
  /** Where the header of the transport starts. */
  transportAt = 0
  sourcePort = 0
  targetPort = 0
  /** Payload as sent; -1 where the header forbids to know. */
  payload = 0
  payloadAt = 0

  sequence = 0
  acknowledgment = 0
  flags = 0
  window = 0
  headerLength = 0
  /** ICMP. */
  type = 0
  code = 0

  /** The walk starts at a link layer, with everything captured before it. */
  enter(): void {
    this.bytes = this.frame
    this.at = this.start
    this.end = this.start + this.captured
    this.reach = this.start + Math.max(this.length, this.captured)
    this.transport = NO_TRANSPORT
    this.family = 0
    this.vlan = 0
    this.isPadded = false
    this.unknown = 0
    this.malformed = false
    this.fragmented = false
  }

  /** Where it lies, with a digest of its bytes: costs a pass over them. */
  place(): PacketPlace {
    const { number, offset, captured: length } = this
    return { kind: 'packet', packet: number, offset, length, digest: digestOf(this.frame, this.start, length) }
  }
}
