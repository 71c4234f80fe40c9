// MPLS label stacks (RFC 3032), in UDP as well (RFC 7510).
import type { Packet } from '../packet.ts'
import { broken, ETHERNET, IPV4, IPV6, type Layer } from './layer.ts'

export const MPLS_PORT = 6635
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

/** Whether a datagram to the port is a stack that ends before an IP packet: other traffic uses the number as well. */
export function isMpls({ bytes, at, end }: Packet): boolean {
  let from = at
  while (from + LABEL_LENGTH < end && ((bytes[from + 2] ?? 0) & BOTTOM) === 0) from += LABEL_LENGTH
  const nibble = (bytes[from + LABEL_LENGTH] ?? 0) >> 4
  return from + LABEL_LENGTH < end && (nibble === 4 || nibble === 6)
}
