// VXLAN (RFC 7348): Ethernet frames in UDP; its extension for other protocols (draft-ietf-nvo3-vxlan-gpe).
import type { Packet } from '../packet.ts'
import { broken, ETHERNET, type Layer, ofNextProtocol } from './layer.ts'

export const VXLAN_PORT = 4789
/** Linux took it before there was one: flannel and Cilium do still. */
export const VXLAN_OLD_PORT = 8472
export const VXLAN_GPE_PORT = 4790
const LENGTH = 8
const HAS_NETWORK = 0x08
const HAS_PROTOCOL = 0x04

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

export function readVxlanGpe(packet: Packet): Layer {
  const { bytes, at } = packet
  if (packet.end - at < LENGTH) return broken(packet)
  packet.at = at + LENGTH
  return ofNextProtocol(packet, bytes[at + 3] ?? 0)
}

export function isVxlanGpe(packet: Packet): boolean {
  return isVxlan(packet) && ((packet.bytes[packet.at] ?? 0) & HAS_PROTOCOL) !== 0
}

/** On a port that is nobody's: no bit is set but the one, and what is reserved is 0. */
export function isStrictVxlan(packet: Packet): boolean {
  const { bytes, at } = packet
  if (packet.end - at < LENGTH || bytes[at] !== HAS_NETWORK) return false
  return bytes[at + 1] === 0 && bytes[at + 2] === 0 && bytes[at + 3] === 0 && bytes[at + 7] === 0
}
