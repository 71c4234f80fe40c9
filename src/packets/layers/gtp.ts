// GTP-U (3GPP TS 29.281): IP packets of mobile phones in UDP.
import type { Packet } from '../packet.ts'
import { broken, DONE, type Layer, RAW_IP } from './layer.ts'

export const GTP_PORT = 2152
const LENGTH = 8
const OPTIONAL_LENGTH = 4
const VERSION_1 = 0x30
const VERSION_MASK = 0xf0
const HAS_EXTENSION = 0x04
const HAS_OPTIONAL = 0x07
const USER_DATA = 0xff

export function isGtp(packet: Packet): boolean {
  const { bytes, at } = packet
  return packet.end - at >= LENGTH && ((bytes[at] ?? 0) & VERSION_MASK) === VERSION_1 && bytes[at + 1] === USER_DATA
}

export function readGtp(packet: Packet): Layer {
  const { bytes } = packet
  const flags = bytes[packet.at] ?? 0
  let at = packet.at + LENGTH + ((flags & HAS_OPTIONAL) !== 0 ? OPTIONAL_LENGTH : 0)
  let next = (flags & HAS_EXTENSION) !== 0 ? (bytes[at - 1] ?? 0) : 0
  while (next !== 0) {
    const words = bytes[at] ?? 0
    if (words === 0 || at + words * 4 > packet.end) return DONE
    at += words * 4
    next = bytes[at - 1] ?? 0
  }
  if (at > packet.end) return broken(packet)
  packet.at = at
  return RAW_IP
}
