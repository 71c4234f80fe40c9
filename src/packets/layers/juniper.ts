// Ethernet frames as Junos captures them, behind a header of its own.
import type { Packet } from '../packet.ts'
import { broken, DONE, ETHERNET, IPV4, IPV6, type Layer } from './layer.ts'

const MAGIC = 0x4d4743
const LENGTH = 4
const HAS_EXTENSIONS = 0x80
const WITHOUT_ETHERNET = 0x02
/** In the byte order of the router's host, of which the first byte tells all that matters. */
const PROTOCOL_LENGTH = 4
const PROTOCOL_IP = 2
const PROTOCOL_IP6 = 6

export function readJuniperEthernet(packet: Packet): Layer {
  const { bytes, at } = packet
  if (packet.end - at < LENGTH) return broken(packet)
  const magic = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
  // Early releases wrote none (Wireshark, packet-juniper.c).
  if (magic !== MAGIC) return ETHERNET
  const flags = bytes[at + 3] ?? 0
  const extensions = (flags & HAS_EXTENSIONS) === 0 ? 0 : 2 + (((bytes[at + 4] ?? 0) << 8) | (bytes[at + 5] ?? 0))
  const from = at + LENGTH + extensions
  packet.at = (flags & WITHOUT_ETHERNET) === 0 ? from : from + PROTOCOL_LENGTH
  if (packet.at > packet.end) return broken(packet)
  if (packet.at === from) return ETHERNET
  return bytes[from] === PROTOCOL_IP ? IPV4 : bytes[from] === PROTOCOL_IP6 ? IPV6 : DONE
}
