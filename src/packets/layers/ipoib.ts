// IP over InfiniBand (RFC 4391) behind its global routing header.
import type { Packet } from '../packet.ts'
import { broken, type Layer, ofEtherType } from './layer.ts'

const TYPE = 40
const LENGTH = 44

export function readIpoib(packet: Packet): Layer {
  const { bytes, at } = packet
  if (packet.end - at < LENGTH) return broken(packet)
  packet.at = at + LENGTH
  return ofEtherType(packet, ((bytes[at + TYPE] ?? 0) << 8) | (bytes[at + TYPE + 1] ?? 0))
}
