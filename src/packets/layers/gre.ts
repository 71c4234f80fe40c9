// GRE (RFC 2784, RFC 2890), PPTP's version of it (RFC 2637) and the ERSPAN mirrors inside it.
import type { Packet } from '../packet.ts'
import { broken, DONE, ERSPAN, ETHERNET, IPV4, type Layer, ofEtherType } from './layer.ts'

const LENGTH = 4
const CHECKSUM = 0x8000
const ROUTING = 0x4000
const KEY = 0x2000
const SEQUENCE = 0x1000
const ACKNOWLEDGMENT = 0x0080
const VERSION = 0x0007
const ERSPAN_2 = 0x88be
const ERSPAN_3 = 0x22eb
/** Packets that routers redirect to a web cache, since version 2 behind four bytes. */
const WCCP = 0x883e
const WCCP_LENGTH = 4
/** Source routes (RFC 1701) are not followed. */
const UNREADABLE = ROUTING

export function readGre(packet: Packet): Layer {
  const { bytes, at } = packet
  if (packet.end - at < LENGTH) return broken(packet)
  const flags = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
  const type = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)
  const version = flags & VERSION
  if (version > 1 || (flags & UNREADABLE) !== 0) return DONE
  let length = LENGTH
  if ((flags & CHECKSUM) !== 0) length += 4
  if ((flags & KEY) !== 0) length += 4
  if ((flags & SEQUENCE) !== 0) length += 4
  if (version === 1 && (flags & ACKNOWLEDGMENT) !== 0) length += 4
  if (packet.end - at < length) return broken(packet)
  packet.at = at + length
  if (type === WCCP) return readRedirected(packet)
  // Without a sequence number it is ERSPAN type I, which has no header of its own.
  if (type === ERSPAN_2) return (flags & SEQUENCE) === 0 ? ETHERNET : ERSPAN
  return type === ERSPAN_3 ? ERSPAN : ofEtherType(packet, type)
}

function readRedirected(packet: Packet): Layer {
  const isOld = (packet.bytes[packet.at] ?? 0) >> 4 === 4
  if (!isOld) packet.at += WCCP_LENGTH
  return IPV4
}
