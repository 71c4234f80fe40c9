// IPv6 headers and their extension headers (RFC 8200).
import type { Packet } from '../packet.ts'
import { wordAt } from '../word.ts'
import { bound, broken, DONE, FRAGMENT, type Layer, ofIpProtocol } from './layer.ts'

const LENGTH = 40
const PAYLOAD_LENGTH = 4
const NEXT_HEADER = 6
const HOP_LIMIT = 7
const SOURCE = 8
const TARGET = 24
const EXTENSION_LIMIT = 10

const HOP_BY_HOP = 0
const ROUTING = 43
const FRAGMENT_HEADER = 44
const AUTHENTICATION = 51
const NONE = 59
const DESTINATION = 60
const MOBILITY = 135
const HIP = 139
const SHIM6 = 140

export function readIpv6(packet: Packet): Layer {
  const { bytes, at } = packet
  if (packet.end - at < LENGTH || (bytes[at] ?? 0) >> 4 !== 6) return broken(packet)
  const payload = ((bytes[at + PAYLOAD_LENGTH] ?? 0) << 8) | (bytes[at + PAYLOAD_LENGTH + 1] ?? 0)
  // A length of 0 is a jumbogram (RFC 2675) or a super-segment.
  if (payload !== 0) bound(packet, at + LENGTH + payload)
  packet.family = 6
  packet.ttl = bytes[at + HOP_LIMIT] ?? 0
  packet.ipId = 0
  for (let index = 0; index < 4; index++) {
    packet.source6[index] = wordAt(bytes, at + SOURCE + index * 4)
    packet.target6[index] = wordAt(bytes, at + TARGET + index * 4)
  }
  packet.at = at + LENGTH
  const inner = readExtensions(packet, bytes[at + NEXT_HEADER] ?? NONE)
  // A part that claims more than the frame has is cut, whatever the frame says of its own length.
  if (inner === FRAGMENT && payload !== 0) packet.reach = Math.max(packet.reach, at + LENGTH + payload)
  return inner
}

/** Also the road of a datagram put together from fragments, which may start with extension headers of its own. */
export function readExtensions(packet: Packet, first: number): Layer {
  const { bytes } = packet
  let next = first
  for (let count = 0; isExtension(next); count++) {
    const at = packet.at
    if (packet.end - at < 8 || count === EXTENSION_LIMIT) return broken(packet)
    const following = bytes[at] ?? NONE
    if (next === FRAGMENT_HEADER && isPart(packet)) return FRAGMENT
    const words = bytes[at + 1] ?? 0
    packet.at = at + (next === FRAGMENT_HEADER ? 8 : next === AUTHENTICATION ? (words + 2) * 4 : (words + 1) * 8)
    if (packet.at > packet.end) return broken(packet)
    next = following
  }
  return next === NONE ? DONE : ofIpProtocol(packet, next)
}

/** An atomic fragment (RFC 6946) is a whole datagram. */
function isPart(packet: Packet): boolean {
  const { bytes, at } = packet
  const part = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)
  if ((part & 0xfff9) === 0) return false
  packet.fragmentProtocol = bytes[at] ?? NONE
  packet.fragmentOffset = part & 0xfff8
  packet.moreFragments = (part & 1) !== 0
  packet.fragmentId = wordAt(bytes, at + 4)
  packet.at = at + 8
  return true
}

function isExtension(next: number): boolean {
  switch (next) {
    case HOP_BY_HOP:
    case ROUTING:
    case FRAGMENT_HEADER:
    case AUTHENTICATION:
    case DESTINATION:
    case MOBILITY:
    case HIP:
    case SHIM6:
      return true
    default:
      return false
  }
}
