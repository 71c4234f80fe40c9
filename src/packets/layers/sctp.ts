// SCTP common headers (RFC 9260): the ports, so that associations are counted.
import { type Packet, SCTP } from '../packet.ts'
import { broken, DONE, type Layer } from './layer.ts'

const LENGTH = 12

export function readSctp(packet: Packet): Layer {
  const { bytes, at } = packet
  if (packet.end - at < LENGTH) return broken(packet)
  packet.transport = SCTP
  packet.transportAt = at
  packet.sourcePort = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
  packet.targetPort = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)
  packet.payloadAt = at + LENGTH
  packet.payload = packet.reach - packet.payloadAt
  return DONE
}
