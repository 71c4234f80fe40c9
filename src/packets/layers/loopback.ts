// BSD loopback headers: an address family in the byte order of the machine that captured; those of enc(4) go on.
import type { Packet } from '../packet.ts'
import { broken, DONE, IPV4, IPV6, type Layer, ofEtherType } from './layer.ts'

const LENGTH = 4
const IPSEC_TAP_LENGTH = 12
const AF_INET = 2
/** AF_INET6 of Linux, NetBSD and OpenBSD, FreeBSD, macOS, and Windows. */
const AF_INET6 = [10, 24, 28, 30, 23]
const SMALLEST_ETHERTYPE = 0x600

export function readLoopback(packet: Packet): Layer {
  const { bytes, at } = packet
  if (packet.end - at < LENGTH) return broken(packet)
  const high = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
  const low = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)
  const family = high === 0 ? low : low === 0 ? ((high & 0xff) << 8) | (high >> 8) : -1
  packet.at = at + LENGTH
  return family >= SMALLEST_ETHERTYPE ? ofEtherType(packet, family) : ofFamily(family)
}

/** The interface on which the BSDs show packets of IPsec in the clear: family, index of the association, flags. */
export function readIpsecTap(packet: Packet): Layer {
  if (packet.end - packet.at < IPSEC_TAP_LENGTH) return broken(packet)
  const from = packet.at
  const inner = readLoopback(packet)
  packet.at = from + IPSEC_TAP_LENGTH
  return inner
}

export function ofFamily(family: number): Layer {
  if (family === AF_INET) return IPV4
  return AF_INET6.includes(family) ? IPV6 : DONE
}
