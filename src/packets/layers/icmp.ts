// ICMP (RFC 792) and ICMPv6 (RFC 4443) messages.
import { ICMP, ICMPV6, type Packet } from '../packet.ts'
import { broken, DONE, type Layer } from './layer.ts'

/** Type and code. */
const NEEDED = 2
/** With its checksum. */
const SHORTEST = 4

export function readIcmp(packet: Packet): Layer {
  return readMessage(packet, ICMP)
}

export function readIcmpv6(packet: Packet): Layer {
  return readMessage(packet, ICMPV6)
}

function readMessage(packet: Packet, transport: number): Layer {
  const { bytes, at } = packet
  if (packet.end - at < NEEDED || packet.reach - at < SHORTEST) return broken(packet)
  packet.transport = transport
  packet.transportAt = at
  packet.type = bytes[at] ?? 0
  packet.code = bytes[at + 1] ?? 0
  return DONE
}
