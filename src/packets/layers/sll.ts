// Linux cooked captures, as `tcpdump -i any` writes them: both versions.
import type { Packet } from '../packet.ts'
import { broken, ETHERNET, type Layer, LLC, ofEtherType } from './layer.ts'

const SLL_TYPE = 14
const SLL_LENGTH = 16
const SLL2_LENGTH = 20
/** Pseudo types below the EtherTypes (linux/if_ether.h). */
const ETH_P_802_2 = 4
const ETH_P_TEB = 0x6558

export function readSll(packet: Packet): Layer {
  if (packet.end - packet.at < SLL_LENGTH) return broken(packet)
  return readCooked(packet, SLL_TYPE, SLL_LENGTH)
}

export function readSll2(packet: Packet): Layer {
  if (packet.end - packet.at < SLL2_LENGTH) return broken(packet)
  return readCooked(packet, 0, SLL2_LENGTH)
}

function readCooked(packet: Packet, typeAt: number, length: number): Layer {
  const { bytes, at } = packet
  const type = ((bytes[at + typeAt] ?? 0) << 8) | (bytes[at + typeAt + 1] ?? 0)
  packet.at = at + length
  if (type === ETH_P_802_2) return LLC
  return type === ETH_P_TEB ? ETHERNET : ofEtherType(packet, type)
}
