// IEEE 802.1AE frames that are signed and not encrypted.
import type { Packet } from '../packet.ts'
import { broken, DONE, type Layer, ofEtherType } from './layer.ts'

const SHORTEST = 6
/** System and port that sent it; left out where both ends know. */
const CHANNEL_LENGTH = 8
const TYPE_LENGTH = 2
/** Stands behind the payload. */
const CHECK_VALUE_LENGTH = 16
const VERSION = 0x80
const HAS_CHANNEL = 0x20
const ENCRYPTED_OR_CHANGED = 0x0c

export function readMacsec(packet: Packet): Layer {
  const { bytes, at } = packet
  const control = bytes[at] ?? 0
  const length = SHORTEST + (hasChannel(control) ? CHANNEL_LENGTH : 0) + TYPE_LENGTH
  if (packet.end - at < length) return broken(packet)
  if ((control & (VERSION | ENCRYPTED_OR_CHANGED)) !== 0) return DONE
  packet.at = at + length
  packet.reach = Math.max(packet.at, packet.reach - CHECK_VALUE_LENGTH)
  packet.end = Math.min(packet.end, packet.reach)
  return ofEtherType(packet, ((bytes[packet.at - 2] ?? 0) << 8) | (bytes[packet.at - 1] ?? 0))
}

/** Whether the address of the sender follows, SHORTEST bytes in. */
export function hasChannel(control: number): boolean {
  return (control & HAS_CHANNEL) !== 0
}
