// TCP headers (RFC 9293).
import { type Packet, TCP } from '../packet.ts'
import { wordAt } from '../word.ts'
import { broken, DONE, type Layer } from './layer.ts'

const PORTS = 4
/** Up to and with the window: what analysis needs. */
const NEEDED = 16
const SEQUENCE = 4
const ACKNOWLEDGMENT = 8
const OFFSET_AND_FLAGS = 12
const WINDOW = 14

export const FIN = 0x01
export const SYN = 0x02
export const RST = 0x04
export const PSH = 0x08
export const ACK = 0x10

export function readTcp(packet: Packet): Layer {
  const { bytes, at } = packet
  if (packet.end - at < NEEDED) return broken(packet)
  packet.transport = TCP
  packet.transportAt = at
  packet.sourcePort = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
  packet.targetPort = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)
  packet.sequence = wordAt(bytes, at + SEQUENCE)
  packet.acknowledgment = wordAt(bytes, at + ACKNOWLEDGMENT)
  packet.flags = (((bytes[at + OFFSET_AND_FLAGS] ?? 0) & 0x0f) << 8) | (bytes[at + OFFSET_AND_FLAGS + 1] ?? 0)
  packet.window = ((bytes[at + WINDOW] ?? 0) << 8) | (bytes[at + WINDOW + 1] ?? 0)
  const header = ((bytes[at + OFFSET_AND_FLAGS] ?? 0) >> 4) << 2
  packet.headerLength = header
  packet.payload = packet.fragmented || packet.reach - at < header ? -1 : packet.reach - at - header
  packet.payloadAt = at + header
  return DONE
}

/** Of a header quoted in an ICMP error, which may be cut after eight bytes: the ports, and a sequence number. */
export function readTcpPorts(packet: Packet): Layer {
  const { bytes, at } = packet
  if (packet.end - at < PORTS) return broken(packet)
  packet.transport = TCP
  packet.sourcePort = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
  packet.targetPort = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)
  return DONE
}
