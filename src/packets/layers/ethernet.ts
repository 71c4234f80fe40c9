// Ethernet II and IEEE 802.3 headers, and Cisco's FabricPath around them.
import type { Packet } from '../packet.ts'
import { broken, ETHERNET, type Layer, LLC, ofEtherType } from './layer.ts'

const TYPE = 12
const LENGTH = 14
const FABRIC_PATH_TAG = 2
/** Up to here the field is a length (IEEE 802.3, 3.2.6). */
const LARGEST_LENGTH = 1500

export function readEthernet(packet: Packet): Layer {
  const { bytes, at } = packet
  if (packet.end - at < LENGTH) return broken(packet)
  const type = ((bytes[at + TYPE] ?? 0) << 8) | (bytes[at + TYPE + 1] ?? 0)
  packet.at = at + LENGTH
  if (type > LARGEST_LENGTH) return ofEtherType(packet, type)
  packet.reach = Math.min(packet.reach, packet.at + type)
  packet.end = Math.min(packet.end, packet.reach)
  return LLC
}

/** A type and a tag of two bytes stand between the addresses of the switches and the frame. */
export function readFabricPath(packet: Packet): Layer {
  if (packet.end - packet.at < FABRIC_PATH_TAG) return broken(packet)
  packet.at += FABRIC_PATH_TAG
  return ETHERNET
}
