// L2TP version 2 data messages (RFC 2661): PPP frames in UDP.
import type { Packet } from '../packet.ts'
import { broken, type Layer, PPP } from './layer.ts'

export const L2TP_PORT = 1701
const SHORTEST = 6
const CONTROL = 0x8000
const HAS_LENGTH = 0x4000
const HAS_SEQUENCE = 0x0800
const HAS_OFFSET = 0x0200
const VERSION = 0x000f

export function isL2tp(packet: Packet): boolean {
  const { bytes, at } = packet
  const flags = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
  return packet.end - at >= SHORTEST && (flags & VERSION) === 2 && (flags & CONTROL) === 0
}

export function readL2tp(packet: Packet): Layer {
  const { bytes } = packet
  const flags = ((bytes[packet.at] ?? 0) << 8) | (bytes[packet.at + 1] ?? 0)
  let at = packet.at + SHORTEST
  if ((flags & HAS_LENGTH) !== 0) at += 2
  if ((flags & HAS_SEQUENCE) !== 0) at += 4
  if ((flags & HAS_OFFSET) !== 0) at += 2 + (((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0))
  if (at > packet.end) return broken(packet)
  packet.at = at
  return PPP
}
