// Packets between zones of Solaris, behind 24 bytes of who sent them.
import type { Packet } from '../packet.ts'
import { broken, type Layer, RAW_IP } from './layer.ts'

const LENGTH = 24

export function readIpnet(packet: Packet): Layer {
  if (packet.end - packet.at < LENGTH) return broken(packet)
  packet.at += LENGTH
  return RAW_IP
}
