// UDP headers (RFC 768), and the tunnels behind well-known ports.
import { type Packet, UDP } from '../packet.ts'
import { GENEVE_PORT, isGeneve } from './geneve.ts'
import { broken, DONE, GENEVE, type Layer, VXLAN } from './layer.ts'
import { isVxlan, VXLAN_PORT } from './vxlan.ts'

const LENGTH = 8

export function readUdp(packet: Packet): Layer {
  const { bytes, at } = packet
  if (packet.end - at < LENGTH) return broken(packet)
  const length = ((bytes[at + 4] ?? 0) << 8) | (bytes[at + 5] ?? 0)
  // A length of 0 is a jumbogram (RFC 2675) or a super-segment.
  if (length !== 0 && length < LENGTH) return broken(packet)
  packet.transport = UDP
  packet.transportAt = at
  packet.sourcePort = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
  packet.targetPort = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)
  if (length !== 0) packet.reach = Math.min(packet.reach, at + length)
  packet.end = Math.min(packet.end, packet.reach)
  packet.at = at + LENGTH
  packet.payloadAt = packet.at
  packet.payload = packet.reach - packet.at
  if (packet.targetPort === VXLAN_PORT && isVxlan(packet)) return VXLAN
  return packet.targetPort === GENEVE_PORT && isGeneve(packet) ? GENEVE : DONE
}

/** Of a header quoted in an ICMP error. */
export function readUdpPorts(packet: Packet): Layer {
  const { bytes, at } = packet
  if (packet.end - at < 4) return broken(packet)
  packet.transport = UDP
  packet.sourcePort = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
  packet.targetPort = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)
  return DONE
}
