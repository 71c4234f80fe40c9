// Network service headers (RFC 8300): what a chain of service functions puts before a packet.
import type { Packet } from '../packet.ts'
import { broken, type Layer, ofNextProtocol } from './layer.ts'

const SHORTEST = 8
/** In words of four bytes. */
const LENGTH_MASK = 0x3f

export function readNsh(packet: Packet): Layer {
  const { bytes, at } = packet
  const length = ((bytes[at + 1] ?? 0) & LENGTH_MASK) * 4
  if (length < SHORTEST || packet.end - at < length) return broken(packet)
  packet.at = at + length
  return ofNextProtocol(packet, bytes[at + 3] ?? 0)
}
