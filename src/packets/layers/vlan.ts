// IEEE 802.1Q and 802.1ad tags.
import type { Packet } from '../packet.ts'
import type { Layer } from './layer.ts'
import { typeBehind } from './switch-tags.ts'

const TAG = 2

export function readVlan(packet: Packet): Layer {
  const { bytes, at } = packet
  if (packet.vlan === 0 && packet.end - at >= TAG) packet.vlan = (((bytes[at] ?? 0) & 0x0f) << 8) | (bytes[at + 1] ?? 0)
  return typeBehind(packet, TAG)
}
