// CAPWAP data (RFC 5415): frames that access points send to their controller in UDP.
import type { Packet } from '../packet.ts'
import { broken, DONE, ETHERNET, type Layer, WLAN } from './layer.ts'

export const CAPWAP_DATA_PORT = 5247
const SHORTEST = 8
/** Of the bits behind the lengths: a radio frame as it is, a part of a frame, and no frame but a sign of life. */
const NATIVE = 0x100
const FRAGMENT = 0x80
const RADIO_ADDRESS = 0x10
const KEEP_ALIVE = 0x08
const WLAN_BINDING = 1

/** Version 0, not encrypted; a header as long as it says. */
export function isCapwap(packet: Packet): boolean {
  const length = lengthOf(packet)
  return packet.bytes[packet.at] === 0 && length >= SHORTEST && packet.end - packet.at >= length
}

export function readCapwap(packet: Packet): Layer {
  const { bytes, at } = packet
  if (packet.end - at < lengthOf(packet)) return broken(packet)
  const binding = ((bytes[at + 2] ?? 0) >> 1) & 0x1f
  const flags = (((bytes[at + 2] ?? 0) & 1) << 8) | (bytes[at + 3] ?? 0)
  packet.at = at + lengthOf(packet)
  if ((flags & (FRAGMENT | KEEP_ALIVE)) !== 0) return DONE
  if ((flags & NATIVE) === 0) return ETHERNET
  return binding === WLAN_BINDING ? WLAN : DONE
}

/** Whether the address of the radio follows the first eight bytes, behind its length. */
export function hasRadioAddress(bytes: Uint8Array, at: number): boolean {
  return ((bytes[at + 3] ?? 0) & RADIO_ADDRESS) !== 0 && bytes[at + 8] === 6
}

function lengthOf({ bytes, at }: Packet): number {
  return ((bytes[at + 1] ?? 0) >> 3) * 4
}
