// Packets that the packet filter of the BSDs logs, behind what it did with them.
import type { Packet } from '../packet.ts'
import { broken, type Layer } from './layer.ts'
import { ofFamily } from './loopback.ts'

const FAMILY = 1
const SHORTEST = 48

export function readPflog(packet: Packet): Layer {
  const { bytes, at } = packet
  // OpenBSD's length leaves out the padding to four bytes.
  const length = ((bytes[at] ?? 0) + 3) & ~3
  if (length < SHORTEST || packet.end - at < length) return broken(packet)
  packet.at = at + length
  return ofFamily(bytes[at + FAMILY] ?? 0)
}
