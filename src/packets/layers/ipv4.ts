// IPv4 headers (RFC 791).
import type { Packet } from '../packet.ts'
import { wordAt } from '../word.ts'
import { readExtensions } from './ipv6.ts'
import { bound, broken, FRAGMENT, type Layer, ofIpProtocol } from './layer.ts'

const SHORTEST = 20
const TOTAL_LENGTH = 2
const IDENTIFICATION = 4
const FRAGMENT_OFFSET = 6
const TIME_TO_LIVE = 8
const PROTOCOL = 9
const SOURCE = 12
const TARGET = 16
/** Authentication header (RFC 4302): stands between IP and the transport in both versions. */
const AUTHENTICATION = 51
/** More-fragments flag and offset: any of them set makes it a part of a datagram. */
const PART = 0x3fff

export function readIpv4(packet: Packet): Layer {
  const { bytes, at } = packet
  if (packet.end - at < SHORTEST) return broken(packet)
  const first = bytes[at] ?? 0
  const header = (first & 0x0f) << 2
  if (first >> 4 !== 4 || header < SHORTEST) return broken(packet)
  const total = ((bytes[at + TOTAL_LENGTH] ?? 0) << 8) | (bytes[at + TOTAL_LENGTH + 1] ?? 0)
  // A length of 0 is a super-segment whose length the network card would have filled in.
  if (total !== 0 && total < header) return broken(packet)
  if (total !== 0) bound(packet, at + total)
  packet.family = 4
  packet.ttl = bytes[at + TIME_TO_LIVE] ?? 0
  packet.ipId = ((bytes[at + IDENTIFICATION] ?? 0) << 8) | (bytes[at + IDENTIFICATION + 1] ?? 0)
  packet.source4 = wordAt(bytes, at + SOURCE)
  packet.target4 = wordAt(bytes, at + TARGET)
  packet.at = at + header
  if (packet.at > packet.end) return broken(packet)
  const part = ((bytes[at + FRAGMENT_OFFSET] ?? 0) << 8) | (bytes[at + FRAGMENT_OFFSET + 1] ?? 0)
  const protocol = bytes[at + PROTOCOL] ?? 0
  if ((part & PART) === 0)
    return protocol === AUTHENTICATION ? readExtensions(packet, protocol) : ofIpProtocol(packet, protocol)
  // A part that claims more than the frame has is cut, whatever the frame says of its own length.
  if (total !== 0) packet.reach = Math.max(packet.reach, at + total)
  packet.fragmentProtocol = protocol
  packet.fragmentOffset = (part & 0x1fff) << 3
  packet.moreFragments = (part & 0x2000) !== 0
  packet.fragmentId = packet.ipId
  return FRAGMENT
}
