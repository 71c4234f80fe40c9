// PPP frames (RFC 1661, RFC 1662) and Cisco HDLC.
import type { Packet } from '../packet.ts'
import { broken, CISCO_HDLC, DONE, IPV4, IPV6, type Layer, MPLS, ofEtherType, PPP_PROTOCOL } from './layer.ts'

const ALL_STATIONS = 0xff
const UNNUMBERED = 0x03
const CISCO_LENGTH = 4
const CISCO_UNICAST = 0x0f
const CISCO_MULTICAST = 0x8f

/** Address and control field may be left out (RFC 1661, 6.6); the addresses of Cisco HDLC tell it on the same lines. */
export function readPpp(packet: Packet): Layer {
  const { bytes, at } = packet
  if (packet.end - at < 2) return broken(packet)
  if (bytes[at] === CISCO_UNICAST || bytes[at] === CISCO_MULTICAST) return CISCO_HDLC
  if (bytes[at] === ALL_STATIONS && bytes[at + 1] === UNNUMBERED) packet.at = at + 2
  return PPP_PROTOCOL
}

/** The protocol field is one byte long where its first byte is odd (RFC 1661, 6.5). */
export function readPppProtocol(packet: Packet): Layer {
  const { bytes, at } = packet
  if (packet.end - at < 2) return broken(packet)
  const first = bytes[at] ?? 0
  const isShort = (first & 1) === 1
  const protocol = isShort ? first : (first << 8) | (bytes[at + 1] ?? 0)
  packet.at = at + (isShort ? 1 : 2)
  if (protocol === 0x0021) return IPV4
  if (protocol === 0x0057) return IPV6
  if (protocol === 0x0281 || protocol === 0x0283) return MPLS
  packet.unknown = protocol
  return DONE
}

export function readCiscoHdlc(packet: Packet): Layer {
  const { bytes, at } = packet
  if (packet.end - at < CISCO_LENGTH) return broken(packet)
  packet.at = at + CISCO_LENGTH
  return ofEtherType(packet, ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0))
}
