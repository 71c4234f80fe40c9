// UDP headers (RFC 768), and the tunnels behind well-known ports.
import { type Packet, UDP } from '../packet.ts'
import { GENEVE_PORT, isGeneve } from './geneve.ts'
import { GTP_PORT, isGtp } from './gtp.ts'
import { isL2tp, L2TP_PORT } from './l2tp.ts'
import { broken, DONE, GENEVE, GTP, L2TP, type Layer, TEREDO, VXLAN } from './layer.ts'
import { isTeredo, TEREDO_PORT } from './teredo.ts'
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
  return IS_TUNNEL[packet.targetPort] === 1 || IS_TUNNEL[packet.sourcePort] === 1 ? ofTunnel(packet) : DONE
}

const IS_TUNNEL = new Uint8Array(65_536)
for (const port of [VXLAN_PORT, GENEVE_PORT, GTP_PORT, L2TP_PORT, TEREDO_PORT]) IS_TUNNEL[port] = 1

/** Other traffic uses these numbers as well: the payload must look like it. */
function ofTunnel(packet: Packet): Layer {
  const { sourcePort, targetPort } = packet
  const isOf = (port: number) => sourcePort === port || targetPort === port
  if (isOf(VXLAN_PORT) && isVxlan(packet)) return VXLAN
  if (isOf(GENEVE_PORT) && isGeneve(packet)) return GENEVE
  if (isOf(GTP_PORT) && isGtp(packet)) return GTP
  if (isOf(L2TP_PORT) && isL2tp(packet)) return L2TP
  return isOf(TEREDO_PORT) && isTeredo(packet) ? TEREDO : DONE
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
