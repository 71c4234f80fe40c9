// What switches put between the addresses of a frame and its type, or around the whole frame.
import type { Packet } from '../packet.ts'
import { broken, ETHERNET, type Layer, LLC, ofEtherType } from './layer.ts'

const TYPE_LENGTH = 2
/** Up to here the field is a length (IEEE 802.3, 3.2.6). */
const LARGEST_LENGTH = 1500
const FABRIC_PATH_TAG = 2
const SERVICE_TAG = 4
const PORT_TAG = 4
const METADATA = 6
const TRILL_LENGTH = 6

/** Cisco's FabricPath: addresses of switches around the frame. */
export function readFabricPath(packet: Packet): Layer {
  return frameBehind(packet, FABRIC_PATH_TAG)
}

/** Provider backbone bridges (IEEE 802.1ah). */
export function readBackbone(packet: Packet): Layer {
  return frameBehind(packet, SERVICE_TAG)
}

/** TRILL (RFC 6325, 3.1): flags, with the length of options in words, and names of two switches. */
export function readTrill(packet: Packet): Layer {
  const { bytes, at } = packet
  const options = (((bytes[at] ?? 0) & 0x07) << 2) | ((bytes[at + 1] ?? 0) >> 6)
  return frameBehind(packet, TRILL_LENGTH + options * 4)
}

/** Virtual ports (VN-Tag), and frames that are sent twice: in rings (IEC 62439-3, HSR), on two ways (IEEE 802.1CB). */
export function readPortTag(packet: Packet): Layer {
  return typeBehind(packet, PORT_TAG)
}

/** Cisco's metadata: the security group of the sender. */
export function readMetadata(packet: Packet): Layer {
  return typeBehind(packet, METADATA)
}

/** @param length of what stands before the type */
export function typeBehind(packet: Packet, length: number): Layer {
  const { bytes } = packet
  const at = packet.at + length
  if (packet.end - at < TYPE_LENGTH) return broken(packet)
  const type = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
  packet.at = at + TYPE_LENGTH
  return type > LARGEST_LENGTH ? ofEtherType(packet, type) : LLC
}

function frameBehind(packet: Packet, length: number): Layer {
  if (packet.end - packet.at < length) return broken(packet)
  packet.at += length
  return ETHERNET
}
