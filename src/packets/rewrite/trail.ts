// The trail through a packet: every header on the way to the innermost transport, and how much of it is header.
import { step } from '../layers/index.ts'
import * as L from '../layers/layer.ts'
import { NO_TRANSPORT, type Packet } from '../packet.ts'

/** Layers of one packet, as in the walk. */
const LAYER_LIMIT = 32
const ARP = 0x0806
const ARP_LENGTH = 28
const UDP_LENGTH = 8
const SCTP_LENGTH = 12
const ICMP_LENGTH = 8
/** A quoted packet shows ports and sequence number in these. */
const QUOTED_TRANSPORT = 8

export interface Header {
  readonly layer: L.Layer
  readonly at: number
  /** Where its payload starts. */
  readonly next: number
  /** Where its bytes and those of its payload ended on the wire. */
  readonly reach: number
}

export interface Trail {
  readonly headers: readonly Header[]
  /** Where the last header ends: what follows is payload. */
  readonly cut: number
  /** Where an ARP message for IPv4 over Ethernet starts; -1 without one. */
  readonly arp: number
}

/** Of a frame that `packet` stands at. */
export function trailOf(packet: Packet, link: L.Layer): Trail {
  packet.enter()
  const headers: Header[] = []
  let layer = link
  for (let depth = 0; layer !== L.DONE && depth < LAYER_LIMIT; depth++) {
    const { at, reach } = packet
    const next = step(layer, packet)
    headers.push({ layer, at, next: packet.at, reach: isTransport(layer) ? reach : packet.reach })
    layer = next === L.FRAGMENT ? firstPart(packet) : next
  }
  const arp = packet.unknown === ARP && isArp(packet) ? packet.at : -1
  return { headers, arp, cut: arp < 0 ? cutOf(packet, headers) : arp + ARP_LENGTH }
}

/** Of a packet that an ICMP error quotes, from `at` to the packet's end. */
export function quotedTrailOf(packet: Packet, at: number): Trail {
  packet.at = at
  packet.unknown = 0
  const headers: Header[] = []
  let layer = L.RAW_IP
  for (let depth = 0; layer !== L.DONE && !isTransport(layer) && depth < LAYER_LIMIT; depth++) {
    const from = packet.at
    const next = step(layer, packet)
    headers.push({ layer, at: from, next: packet.at, reach: packet.reach })
    layer = next === L.FRAGMENT ? firstPart(packet) : next
  }
  const whole = packet.at <= packet.end && layer !== L.DONE
  if (whole) headers.push({ layer, at: packet.at, next: packet.at, reach: packet.reach })
  return { headers, arp: -1, cut: whole ? Math.min(packet.end, packet.at + QUOTED_TRANSPORT) : cutOf(packet, headers) }
}

export function isIp(layer: L.Layer): boolean {
  return layer === L.IPV4 || layer === L.IPV6
}

function isTransport(layer: L.Layer): boolean {
  switch (layer) {
    case L.TCP_SEGMENT:
    case L.UDP_DATAGRAM:
    case L.ICMP_MESSAGE:
    case L.ICMPV6_MESSAGE:
    case L.SCTP_PACKET:
      return true
    default:
      return false
  }
}

/** The first part of a datagram shows its transport. */
function firstPart(packet: Packet): L.Layer {
  packet.fragmented = true
  return packet.fragmentOffset === 0 ? L.ofIpProtocol(packet, packet.fragmentProtocol) : L.DONE
}

/** Hardware type 1, protocol IPv4, addresses of six and four bytes. */
function isArp({ bytes, at, end }: Packet): boolean {
  const head = [0, 1, 8, 0, 6, 4]
  return end - at >= ARP_LENGTH && head.every((byte, index) => bytes[at + index] === byte)
}

/** A header that is broken is payload. */
function cutOf(packet: Packet, headers: readonly Header[]): number {
  const last = headers.at(-1)
  if (last === undefined) return packet.start
  if (isTransport(last.layer)) {
    const isRead = packet.transport !== NO_TRANSPORT && packet.transportAt === last.at
    return isRead ? Math.min(packet.end, last.at + lengthOf(last.layer, packet)) : last.at
  }
  return last.next > last.at && last.next <= packet.end ? last.next : last.at
}

function lengthOf(layer: L.Layer, packet: Packet): number {
  if (layer === L.TCP_SEGMENT) return Math.max(packet.headerLength, 20)
  if (layer === L.UDP_DATAGRAM) return UDP_LENGTH
  return layer === L.SCTP_PACKET ? SCTP_LENGTH : ICMP_LENGTH
}
