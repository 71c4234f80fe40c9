// Teredo (RFC 4380): IPv6 packets in UDP, perhaps behind indications.
import type { Packet } from '../packet.ts'
import { broken, IPV6, type Layer } from './layer.ts'

export const TEREDO_PORT = 3544
const AUTHENTICATION = 0x0001
const AUTHENTICATION_LENGTH = 13
const ORIGIN = 0x0000
const ORIGIN_LENGTH = 8

export function isTeredo(packet: Packet): boolean {
  const at = inside(packet)
  return at < packet.end && (packet.bytes[at] ?? 0) >> 4 === 6
}

export function readTeredo(packet: Packet): Layer {
  const at = inside(packet)
  if (at > packet.end) return broken(packet)
  packet.at = at
  return IPV6
}

/** Where the IPv6 packet starts. */
function inside({ bytes, at }: Packet): number {
  let from = at
  if (word(bytes, from) === AUTHENTICATION)
    from += AUTHENTICATION_LENGTH + (bytes[from + 2] ?? 0) + (bytes[from + 3] ?? 0)
  return word(bytes, from) === ORIGIN ? from + ORIGIN_LENGTH : from
}

function word(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
}
