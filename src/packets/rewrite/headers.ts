// Headers without what names anybody: addresses renamed, options that carry data blanked, checksums right again.
import { hasRadioAddress } from '../layers/capwap.ts'
import * as L from '../layers/layer.ts'
import { hasChannel } from '../layers/macsec.ts'
import { hasFourAddresses } from '../layers/wlan.ts'
import type { Packet } from '../packet.ts'
import { sealIpv4, sealTransport } from './checksums.ts'
import { messageOf, stateLengths } from './domain-message.ts'
import type { NewNames } from './new-names.ts'
import { type Header, isIp, quotedTrailOf, type Trail } from './trail.ts'

const NO_OPERATION = 1
const MAC_LENGTH = 6
/** End, no-operation, MSS, window scale, SACK permitted, SACK, timestamps: what analysis needs and what is no secret. */
const TCP_OPTIONS_KEPT = new Set([0, 1, 2, 3, 4, 5, 8])
const ROUTING = 43
const IPV6_OPTIONS = new Set([0, ROUTING, 60, 135, 139, 140])
const ICMP_REDIRECT = 5
const ICMP_ERRORS = new Set([3, 4, ICMP_REDIRECT, 11, 12])
const ICMPV6_ERRORS = new Set([1, 2, 3, 4])
/** Neighbour solicitation, advertisement and redirect (RFC 4861): addresses behind the first eight bytes. */
const NEIGHBOUR_ADDRESSES: ReadonlyMap<number, number> = new Map([
  [135, 1],
  [136, 1],
  [137, 2],
])

export interface CleanPacket {
  readonly bytes: Buffer
  /** On the wire: longer where something was cut off. */
  readonly length: number
}

/** @returns the kept bytes of the frame that `packet` stands at, its trail already walked */
export function cleanHeaders(packet: Packet, trail: Trail, names: NewNames): CleanPacket {
  const domain = messageOf(packet, trail, names)
  const message = trail.headers.at(-1)
  const quoted = message === undefined ? null : quotedIn(packet, message, trail)
  const cut = Math.max(trail.cut, quoted?.cut ?? 0, message === undefined ? 0 : neighbourEnd(packet, message))
  const kept = packet.bytes.subarray(packet.start, cut)
  const bytes = domain === null ? Buffer.from(kept) : Buffer.concat([kept, domain])
  const own = shifted(trail.headers, packet.start)
  const inner = quoted === null ? [] : shifted(quoted.headers, packet.start)
  if (trail.arp >= 0) renameArp(bytes, trail.arp - packet.start, names)
  for (const header of [...own, ...inner]) clean(bytes, header, names)
  for (const header of own.slice(-1)) renameMessage(bytes, header, names)
  if (domain !== null) stateLengths(bytes, own)
  sealAll(bytes, inner)
  sealAll(bytes, own)
  return { bytes, length: domain === null ? packet.length : bytes.length }
}

function shifted(headers: readonly Header[], start: number): Header[] {
  return headers.map(({ layer, at, next, reach }) => ({
    layer,
    at: at - start,
    next: next - start,
    reach: reach - start,
  }))
}

/** The packet that an ICMP error is about. */
function quotedIn(packet: Packet, { layer, at }: Header, { cut }: Trail): Trail | null {
  const type = packet.bytes[at] ?? -1
  const isError =
    (layer === L.ICMP_MESSAGE && ICMP_ERRORS.has(type)) || (layer === L.ICMPV6_MESSAGE && ICMPV6_ERRORS.has(type))
  return isError && cut === at + 8 && cut < packet.end ? quotedTrailOf(packet, cut) : null
}

function neighbourEnd(packet: Packet, { layer, at }: Header): number {
  const count = layer === L.ICMPV6_MESSAGE ? (NEIGHBOUR_ADDRESSES.get(packet.bytes[at] ?? -1) ?? 0) : 0
  const end = at + 8 + count * 16
  return count > 0 && end <= packet.end ? end : 0
}

function clean(bytes: Buffer, header: Header, names: NewNames): void {
  const { layer, at, next } = header
  const room = bytes.length - at
  for (const field of hardwareAddresses(bytes, header)) if (room >= field + MAC_LENGTH) names.mac(bytes, at + field)
  if (layer === L.IPV4 && room >= 20) {
    for (const field of [12, 16]) names.ipv4(bytes, at + field)
    bytes.fill(NO_OPERATION, at + 20, at + (((bytes[at] ?? 0) & 0x0f) << 2))
  }
  if (layer === L.IPV6 && room >= 40) {
    for (const field of [8, 24]) names.ipv6(bytes, at + field)
    blankExtensions(bytes, at, Math.min(next, bytes.length))
  }
  if (layer === L.TCP_SEGMENT && room >= 20) blankTcpOptions(bytes, at)
}

/** Where they stand in a header. */
function hardwareAddresses(bytes: Buffer, { layer, at }: Header): readonly number[] {
  switch (layer) {
    case L.ETHERNET:
      return [0, 6]
    case L.WLAN:
      return [4, 10, 16, 24].slice(0, hasFourAddresses(bytes, at) ? 4 : 3)
    case L.MACSEC:
      return hasChannel(bytes[at] ?? 0) ? [6] : []
    case L.CAPWAP:
      return hasRadioAddress(bytes, at) ? [9] : []
    default:
      return []
  }
}

/** Zeros are padding there, and a route of no further stations. */
function blankExtensions(bytes: Buffer, ip: number, end: number): void {
  let type = bytes[ip + 6] ?? 0
  for (let at = ip + 40; at + 8 <= end; ) {
    const length = type === 44 ? 8 : type === 51 ? ((bytes[at + 1] ?? 0) + 2) * 4 : ((bytes[at + 1] ?? 0) + 1) * 8
    if (IPV6_OPTIONS.has(type)) bytes.fill(0, at + 2, Math.min(at + length, end))
    type = bytes[at] ?? 0
    at += length
  }
}

function blankTcpOptions(bytes: Buffer, at: number): void {
  const end = Math.min(bytes.length, at + ((bytes[at + 12] ?? 0) >> 4) * 4)
  for (let option = at + 20; option < end; ) {
    const kind = bytes[option] ?? 0
    if (kind === 0) bytes.fill(0, option, end)
    if (kind === 0) return
    const length = kind === NO_OPERATION ? 1 : Math.max(2, bytes[option + 1] ?? 2)
    if (!TCP_OPTIONS_KEPT.has(kind)) bytes.fill(NO_OPERATION, option, Math.min(option + length, end))
    option += length
  }
}

function renameArp(bytes: Buffer, at: number, names: NewNames): void {
  for (const field of [8, 18]) names.mac(bytes, at + field)
  for (const field of [14, 24]) names.ipv4(bytes, at + field)
}

/** Addresses that a message gives beside what it quotes. */
function renameMessage(bytes: Buffer, { layer, at }: Header, names: NewNames): void {
  if (at + 8 > bytes.length) return
  if (layer === L.ICMP_MESSAGE && bytes[at] === ICMP_REDIRECT) names.ipv4(bytes, at + 4)
  if (layer !== L.ICMPV6_MESSAGE || !NEIGHBOUR_ADDRESSES.has(bytes[at] ?? -1)) return
  for (let field = at + 8; field + 16 <= bytes.length; field += 16) names.ipv6(bytes, field)
}

/** From the innermost outwards: a checksum covers those within. */
function sealAll(bytes: Buffer, headers: readonly Header[]): void {
  for (const [index, header] of [...headers.entries()].reverse()) {
    if (header.layer === L.IPV4 && header.at + 20 <= bytes.length) sealIpv4(bytes, header.at)
    const carrier = headers.slice(0, index).findLast(({ layer }) => isIp(layer))
    if (carrier !== undefined) sealTransport(bytes, header, carrier)
  }
}
