// Geneve (RFC 8926): a tunnel in UDP with options.
import type { Packet } from '../packet.ts'
import { broken, type Layer, ofEtherType } from './layer.ts'

export const GENEVE_PORT = 6081
const LENGTH = 8

export function readGeneve(packet: Packet): Layer {
  const { bytes, at } = packet
  const length = LENGTH + ((bytes[at] ?? 0) & 0x3f) * 4
  if (packet.end - at < length) return broken(packet)
  packet.at = at + length
  return ofEtherType(packet, ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0))
}

/** Version 0, reserved bits 0. */
export function isGeneve(packet: Packet): boolean {
  const { bytes, at } = packet
  return packet.end - at >= LENGTH && (bytes[at] ?? 0) >> 6 === 0 && ((bytes[at + 1] ?? 0) & 0x3f) === 0
}
