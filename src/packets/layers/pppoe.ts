// PPPoE session packets (RFC 2516).
import type { Packet } from '../packet.ts'
import { broken, DONE, type Layer, PPP_PROTOCOL } from './layer.ts'

const LENGTH = 6
const VERSION_AND_TYPE = 0x11
const SESSION_DATA = 0

export function readPppoe(packet: Packet): Layer {
  const { bytes, at } = packet
  if (packet.end - at < LENGTH) return broken(packet)
  if (bytes[at] !== VERSION_AND_TYPE || bytes[at + 1] !== SESSION_DATA) return DONE
  packet.at = at + LENGTH
  packet.reach = Math.min(packet.reach, packet.at + (((bytes[at + 4] ?? 0) << 8) | (bytes[at + 5] ?? 0)))
  packet.end = Math.min(packet.end, packet.reach)
  return PPP_PROTOCOL
}
