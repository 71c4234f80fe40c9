// Linux netfilter log messages: attributes, one of which is the packet.
import type { Packet } from '../packet.ts'
import { broken, DONE, IPV4, IPV6, type Layer } from './layer.ts'

const HEADER_LENGTH = 4
const ATTRIBUTE_HEADER = 4
const PAYLOAD = 9
const AF_INET = 2
const AF_INET6 = 10

export function readNflog(packet: Packet): Layer {
  const { bytes } = packet
  if (packet.end - packet.at < HEADER_LENGTH) return broken(packet)
  const family = bytes[packet.at]
  let at = packet.at + HEADER_LENGTH
  while (packet.end - at >= ATTRIBUTE_HEADER) {
    // Attributes are in the byte order of the host that captured: in practice little endian.
    const length = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8)
    const type = (bytes[at + 2] ?? 0) | ((bytes[at + 3] ?? 0) << 8)
    if (length < ATTRIBUTE_HEADER) return broken(packet)
    if ((type & 0x7fff) === PAYLOAD) {
      packet.at = at + ATTRIBUTE_HEADER
      packet.reach = Math.min(packet.reach, at + length)
      packet.end = Math.min(packet.end, packet.reach)
      return family === AF_INET ? IPV4 : family === AF_INET6 ? IPV6 : DONE
    }
    at += (length + 3) & ~3
  }
  return broken(packet)
}
