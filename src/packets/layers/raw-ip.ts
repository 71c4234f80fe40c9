// Packets that start with an IP header of either version.
import type { Packet } from '../packet.ts'
import { broken, IPV4, IPV6, type Layer } from './layer.ts'

export function readRawIp(packet: Packet): Layer {
  if (packet.end - packet.at < 1) return broken(packet)
  const version = (packet.bytes[packet.at] ?? 0) >> 4
  return version === 4 ? IPV4 : version === 6 ? IPV6 : broken(packet)
}
