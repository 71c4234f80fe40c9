// Checksums of the internet protocols (RFC 1071), as if every byte that was cut off were zero.
import { folded, sum } from '../internet-sum.ts'
import * as L from '../layers/layer.ts'
import type { Header } from './trail.ts'

const IPV4_CHECKSUM = 10
const PROTOCOL_TCP = 6
const PROTOCOL_UDP = 17
const PROTOCOL_ICMPV6 = 58

/** Of an IPv4 header. */
export function sealIpv4(bytes: Buffer, at: number): void {
  bytes.writeUInt16BE(0, at + IPV4_CHECKSUM)
  const length = ((bytes[at] ?? 0) & 0x0f) << 2
  bytes.writeUInt16BE(~folded(sum(bytes, at, at + length)) & 0xffff, at + IPV4_CHECKSUM)
}

/**
 * Of a transport's header and what is kept behind it. Payload leaves nothing in it: 16 bits could be tried against guesses.
 * @param ip the header that carries it; its addresses are final
 */
export function sealTransport(bytes: Buffer, { layer, at, reach }: Header, ip: Header): void {
  switch (layer) {
    case L.TCP_SEGMENT:
      seal(bytes, { at, field: at + 16, carried: pseudo(bytes, ip, PROTOCOL_TCP, reach - at) })
      break
    case L.UDP_DATAGRAM:
      sealUdp(bytes, at, ip)
      break
    case L.ICMP_MESSAGE:
      seal(bytes, { at, field: at + 2, carried: 0 })
      break
    case L.ICMPV6_MESSAGE:
      seal(bytes, { at, field: at + 2, carried: pseudo(bytes, ip, PROTOCOL_ICMPV6, reach - at) })
      break
    case L.SCTP_PACKET:
      // Its CRC-32c covers what was cut; zero is what nobody takes for right.
      if (at + 12 <= bytes.length) bytes.writeUInt32BE(0, at + 8)
      break
  }
}

/** Zero stands for no checksum in IPv4, so a sum of zero is written as ones (RFC 768). */
function sealUdp(bytes: Buffer, at: number, ip: Header): void {
  if (at + 8 > bytes.length || (ip.layer === L.IPV4 && bytes.readUInt16BE(at + 6) === 0)) return
  seal(bytes, { at, field: at + 6, carried: pseudo(bytes, ip, PROTOCOL_UDP, bytes.readUInt16BE(at + 4)) })
  if (bytes.readUInt16BE(at + 6) === 0) bytes.writeUInt16BE(0xffff, at + 6)
}

interface Covered {
  readonly at: number
  readonly field: number
  /** Sum of the pseudo header. */
  readonly carried: number
}

function seal(bytes: Buffer, { at, field, carried }: Covered): void {
  if (field + 2 > bytes.length) return
  bytes.writeUInt16BE(0, field)
  bytes.writeUInt16BE(~folded(carried + sum(bytes, at, bytes.length)) & 0xffff, field)
}

/** RFC 9293, 3.1 and RFC 8200, 8.1. */
function pseudo(bytes: Buffer, ip: Header, protocol: number, length: number): number {
  const [from, to] = ip.layer === L.IPV4 ? [ip.at + 12, ip.at + 20] : [ip.at + 8, ip.at + 40]
  return sum(bytes, from, to) + protocol + (length >>> 16) + (length & 0xffff)
}
