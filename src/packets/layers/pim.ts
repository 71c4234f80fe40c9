// PIM registers (RFC 7761, 4.9.3): what a router sends on to the root of a multicast tree, whole.
import type { Packet } from '../packet.ts'
import { broken, DONE, type Layer, RAW_IP } from './layer.ts'

const LENGTH = 8
const REGISTER = 1

export function readPim(packet: Packet): Layer {
  const { bytes, at } = packet
  if (packet.end - at < 1) return broken(packet)
  if (((bytes[at] ?? 0) & 0x0f) !== REGISTER) return DONE
  if (packet.end - at < LENGTH) return broken(packet)
  packet.at = at + LENGTH
  return packet.at === packet.reach ? DONE : RAW_IP
}
