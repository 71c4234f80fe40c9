// UDP headers (RFC 768), and the tunnels behind well-known ports.
import { type Packet, UDP } from '../packet.ts'
import { CAPWAP_DATA_PORT, isCapwap } from './capwap.ts'
import { GENEVE_PORT, isGeneve } from './geneve.ts'
import { GTP_PORT, isGtp } from './gtp.ts'
import { isL2tp, L2TP_PORT } from './l2tp.ts'
import { broken, CAPWAP, DONE, GENEVE, GTP, L2TP, type Layer, MPLS, TEREDO, VXLAN, VXLAN_GPE } from './layer.ts'
import { isMpls, MPLS_PORT } from './mpls.ts'
import { isTeredo, TEREDO_PORT } from './teredo.ts'
import { isStrictVxlan, isVxlan, isVxlanGpe, VXLAN_GPE_PORT, VXLAN_OLD_PORT, VXLAN_PORT } from './vxlan.ts'

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

interface Tunnel {
  readonly port: number
  readonly layer: Layer
  /** Other traffic uses these numbers as well: whether the payload looks like it. */
  readonly has: (packet: Packet) => boolean
}

const TUNNELS: readonly Tunnel[] = [
  { port: VXLAN_PORT, layer: VXLAN, has: isVxlan },
  { port: VXLAN_OLD_PORT, layer: VXLAN, has: isStrictVxlan },
  { port: VXLAN_GPE_PORT, layer: VXLAN_GPE, has: isVxlanGpe },
  { port: GENEVE_PORT, layer: GENEVE, has: isGeneve },
  { port: GTP_PORT, layer: GTP, has: isGtp },
  { port: L2TP_PORT, layer: L2TP, has: isL2tp },
  { port: TEREDO_PORT, layer: TEREDO, has: isTeredo },
  { port: MPLS_PORT, layer: MPLS, has: isMpls },
  { port: CAPWAP_DATA_PORT, layer: CAPWAP, has: isCapwap },
]

const IS_TUNNEL = new Uint8Array(65_536)
for (const { port } of TUNNELS) IS_TUNNEL[port] = 1

function ofTunnel(packet: Packet): Layer {
  const { sourcePort, targetPort } = packet
  const isIts = ({ port, has }: Tunnel) => (sourcePort === port || targetPort === port) && has(packet)
  return TUNNELS.find(isIts)?.layer ?? DONE
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
