// MPLS label stacks (RFC 3032).
import type { Packet } from '../packet.ts'
import { broken, ETHERNET, IPV4, IPV6, type Layer } from './layer.ts'

const LABEL_LENGTH = 4
const BOTTOM = 0x01
/** RFC 4385: a control word starts with the nibble 0. */
const CONTROL_WORD_LENGTH = 4

export function readMpls(packet: Packet): Layer {
  const { bytes } = packet
  let at = packet.at
  let bottom = false
  while (!bottom) {
    if (packet.end - at < LABEL_LENGTH) return broken(packet)
    bottom = ((bytes[at + 2] ?? 0) & BOTTOM) !== 0
    at += LABEL_LENGTH
  }
  if (packet.end - at < 1) return broken(packet)
  const nibble = (bytes[at] ?? 0) >> 4
  packet.at = nibble === 0 ? at + CONTROL_WORD_LENGTH : at
  return nibble === 4 ? IPV4 : nibble === 6 ? IPV6 : ETHERNET
}
