// IEEE 802.1Q and 802.1ad tags.
import type { Packet } from '../packet.ts'
import { broken, type Layer, LLC, ofEtherType } from './layer.ts'

const LENGTH = 4
const LARGEST_LENGTH = 1500

export function readVlan(packet: Packet): Layer {
  const { bytes, at } = packet
  if (packet.end - at < LENGTH) return broken(packet)
  if (packet.vlan === 0) packet.vlan = (((bytes[at] ?? 0) & 0x0f) << 8) | (bytes[at + 1] ?? 0)
  const type = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)
  packet.at = at + LENGTH
  return type > LARGEST_LENGTH ? ofEtherType(packet, type) : LLC
}
