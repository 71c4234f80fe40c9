// VXLAN (RFC 7348): Ethernet frames in UDP.
import type { Packet } from '../packet.ts'
import { broken, ETHERNET, type Layer } from './layer.ts'

export const VXLAN_PORT = 4789
const LENGTH = 8
const HAS_NETWORK = 0x08

export function readVxlan(packet: Packet): Layer {
  if (packet.end - packet.at < LENGTH) return broken(packet)
  packet.at += LENGTH
  return ETHERNET
}

/** Whether a datagram to the port is one: other traffic uses the number as well. */
export function isVxlan(packet: Packet): boolean {
  const { bytes, at } = packet
  return packet.end - at >= LENGTH && ((bytes[at] ?? 0) & HAS_NETWORK) !== 0
}
