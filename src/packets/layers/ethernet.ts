// Ethernet II and IEEE 802.3 headers, in IP as well.
import type { Packet } from '../packet.ts'
import { broken, ETHERNET, type Layer, LLC, ofEtherType } from './layer.ts'

const TYPE = 12
const LENGTH = 14
const ETHER_IP_LENGTH = 2
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

/** Frames in IP (RFC 3378), behind a version. */
export function readEtherIp(packet: Packet): Layer {
  if (packet.end - packet.at < ETHER_IP_LENGTH) return broken(packet)
  packet.at += ETHER_IP_LENGTH
  return ETHERNET
}
